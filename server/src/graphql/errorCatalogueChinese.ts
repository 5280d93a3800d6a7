import type { ErrorCode } from '../domain/errors.ts';
import type { ErrorText } from './errorCatalogue.ts';

export const CHINESE: Readonly<Record<ErrorCode, ErrorText>> = {
  UNAUTHENTICATED: {
    wrong: '请求没有带 API 密钥，或密钥不存在、已被撤销。',
    remedy: '请在请求头中加上 "Authorization: Bearer dw_test_..."，使用本项目的密钥。',
  },
  FORBIDDEN: {
    wrong: '密钥有效，但没有访问该字段所需的权限。',
    remedy: '请使用带有提示中所列权限的密钥，或向运营方申请。',
  },
  BAD_USER_INPUT: {
    wrong: '某个值缺失或类型不对。整个请求没有执行任何操作。',
    remedy: '请修改 "field" 指出的字段；可接受的值见接口文档。',
  },
  REQUIRED: { wrong: '必填字段为空。', remedy: '请填写 "field" 指出的字段。' },
  TOO_LONG: {
    wrong: '文本超过长度上限。',
    remedy: '请把 "field" 指出的字段缩短到提示中的长度以内。',
  },
  OUT_OF_RANGE: {
    wrong: '数字小于下限或大于上限。',
    remedy: '请让 "field" 指出的字段落在提示的范围内。',
  },
  MALFORMED: {
    wrong: '文本格式不符合该字段的要求。',
    remedy: 'ID 只能用可打印的 ASCII 字符，文本只能有一行；具体要求见提示。',
  },
  LIMIT_EXCEEDED: {
    wrong: '一次请求的数量超过上限。整个请求没有执行任何操作。',
    remedy: '请拆开：每次最多 500 个行为、每页最多 100 行、每次最多 100 张凭据。',
  },
  PAYLOAD_TOO_LARGE: {
    wrong: '请求体超过 1 MB，内容没有被读取。',
    remedy: '请减少每次提交的行为数量。',
  },
  MALFORMED_REQUEST: {
    wrong: '这不是一个 GraphQL 请求：方法、内容类型或 JSON 有误。',
    remedy: '请以 application/json 向 /graphql POST 一个 JSON 对象 {"query", "variables"}。',
  },
  INVALID_QUERY: {
    wrong: '查询有语法错误，或用到了接口中没有的内容。',
    remedy: '请按提示位置修改；/graphql 的 GraphiQL 可以自动补全名称。',
  },
  QUERY_TOO_COMPLEX: {
    wrong: '查询嵌套过深，或返回的内容过多。',
    remedy: '请减少字段、缩小分页，或拆成几个查询。',
  },
  EVENT_ID_REUSED: {
    wrong: '该会员已有另一个行为使用了相同的 eventId。',
    remedy: '每个行为请使用各自的 eventId；重试时请原样重发。',
  },
  UNKNOWN_RULE: {
    wrong: '本项目的任何规则版本里都没有这个名称的规则。',
    remedy: '请使用 program.ruleSets 中的名称；规则从其版本的生效周期起才有效。',
  },
  IN_FUTURE: {
    wrong: '行为发生的时间比现在晚 5 分钟以上。',
    remedy: '请检查时钟以及 "occurredAt" 的时区。',
  },
  BEFORE_START: {
    wrong: '行为发生在项目开始之前。',
    remedy: '只能上报项目开始之后的行为。',
  },
  EPOCH_CLOSED: {
    wrong: '行为所属的周期已不再接收行为。',
    remedy: '请在周期结束后的宽限期内上报；更晚的需要作为新的行为上报。',
  },
  MATURES_TOO_LATE: {
    wrong: '行为的生效时间离结算窗口关闭太近。',
    remedy: '请选择更早的 "maturesAt"；提示中给出了最晚时间。',
  },
  TOO_MANY_ACTIONS: {
    wrong: '该会员在这个周期里的行为数量已达上限。',
    remedy: '请把多个相同的行为合并成一个，用 "count" 表示次数。',
  },
  UNKNOWN_ACTION: {
    wrong: '该会员没有这个 eventId 的行为。',
    remedy: '请检查 memberId 和 eventId，必须与上报时一致。',
  },
  ALREADY_MATURED: {
    wrong: '该行为已经生效，已生效的不会被收回。',
    remedy: '可能撤销的行为请设置 "maturesAt"，并在它之前至少 2 分钟撤销。',
  },
  NOT_FOUND: {
    wrong: '本项目中没有这个 ID 或地址。',
    remedy: '请检查 ID；这里看不到其他项目的内容。',
  },
  NOTHING_TO_SETTLE: { wrong: '该会员没有尚未结算的积分。', remedy: '无需处理。' },
  OVERLOADED: {
    wrong: '请求量超过了当前能写入的速度，或处理时间过长。',
    remedy: '请在 "retryAfterMs" 之后原样重试；重试不会重复计算。',
  },
  CHAIN_UNAVAILABLE: {
    wrong: '没有可用的区块链节点。',
    remedy: '请稍后重试；在此期间行为的记录不受影响。',
  },
  CHAIN_STALE: {
    wrong: '已知的最新区块太旧，无法判断。',
    remedy: '请在区块链恢复出块后重试。',
  },
  INTERNAL: {
    wrong: '服务器发生了意外错误，详情在服务器日志中。',
    remedy: '请重试；如果仍然失败，请提供 "requestId"。',
  },
};
