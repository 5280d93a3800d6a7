import type { ErrorCode } from '../../domain/errors.ts';
import type { ErrorText } from './errorCatalogue.ts';

export const CHINESE: Readonly<Record<ErrorCode, ErrorText>> = {
  UNAUTHENTICATED: {
    wrong: '请求没有带 API 密钥或会员会话令牌，或它不存在、已过期、已被撤销。',
    remedy: '请在请求头中加上 "Authorization: Bearer dw_test_..."，使用本项目的密钥。',
  },
  FORBIDDEN: {
    wrong: '密钥、人员或会员身份有效，但没有访问该字段所需的权限；或会员指定了别的会员。',
    remedy: '请使用带有该权限的密钥，或请组织的所有者授予相应角色。',
  },
  PROGRAM_NOT_NAMED: {
    wrong: '调用方可以使用多个积分计划，而请求没有说明是哪一个。',
    remedy: '请在请求头 "dewpoint-program" 中写明积分计划的 id。',
  },
  ORGANISATION_NOT_NAMED: {
    wrong: '调用方可能属于多个组织，而请求没有说明是哪一个。',
    remedy: '请在请求头 "dewpoint-organisation" 中写明组织的 id 或短名称。',
  },
  INVALID_SIGN_IN: {
    wrong: '用于登录的消息针对的是另一个页面、另一条链或另一段时间。',
    remedy: '请让页面自己生成消息：它自己的域名和 URI、计划所在的链，以及新的 nonce。',
  },
  USED_OR_EXPIRED: {
    wrong: '凭证或 nonce 已经用过、已经过期，或从未发放。',
    remedy: '请重新获取一个；每个只能用一次：nonce 有效期 10 分钟，凭证有效期 15 分钟。',
  },
  RATE_LIMITED: {
    wrong:
      '该 API 密钥、会话或（两者都没有时）该地址一分钟内的请求次数已达上限，没有执行任何操作。',
    remedy:
      '请在 "retryAfterMs" 之后原样重试；响应头 RateLimit 和 RateLimit-Policy 给出剩余次数。请把多个行为合并到一次请求中上报。',
  },
  TOO_MANY_KEYS: {
    wrong: '该组织在此环境中已有 100 个有效的 API 密钥。',
    remedy: '请撤销不再使用的密钥；"apiKeys" 会显示每个密钥最后一次使用的时间。',
  },
  TWO_FACTOR_REQUIRED: {
    wrong: '未启用身份验证器的所有者请求了正式环境中的操作。',
    remedy: '请先启用身份验证器，再重新发送请求。',
  },
  SLUG_TAKEN: { wrong: '该短名称已属于另一个组织。', remedy: '请换一个短名称。' },
  ALREADY_IN_TEAM: { wrong: '此人已在团队中。', remedy: '请改为修改此人的角色。' },
  LAST_OWNER: {
    wrong: '组织将不再有所有者。',
    remedy: '请先将团队中的另一人设为所有者。',
  },
  BAD_USER_INPUT: {
    wrong: '某个值缺失或类型不对，没有执行任何操作。',
    remedy: '请修改 "field" 指出的字段；可接受的值见接口文档。',
  },
  REQUIRED: { wrong: '必填字段为空。', remedy: '请填写 "field" 指出的字段。' },
  TOO_LONG: {
    wrong: '文本超过长度上限。',
    remedy: '请把 "field" 指出的字段缩短到提示中的长度以内。',
  },
  OUT_OF_RANGE: {
    wrong: '数字小于最小值或大于最大值。',
    remedy: '请让 "field" 指出的字段落在提示的范围内。',
  },
  MALFORMED: {
    wrong: '值的格式不符合该字段的要求。',
    remedy: '请修改 "field" 指出的字段；具体要求见提示。',
  },
  LIMIT_EXCEEDED: {
    wrong: '一次请求的数量超过上限，没有执行任何操作。',
    remedy: '请拆开：每次请求最多 500 个行为、每页最多 100 行、每次请求最多 40 张凭据。',
  },
  PAYLOAD_TOO_LARGE: {
    wrong: '请求体超过 1 MB（不带密钥时为 50 kB），没有执行任何操作。',
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
    remedy: '请使用 "program.ruleSets" 中某条规则的名称。',
  },
  IN_FUTURE: {
    wrong: '"occurredAt" 比现在晚 5 分钟以上。',
    remedy: '请检查时钟以及 "occurredAt" 的时区。',
  },
  BEFORE_START: {
    wrong: '"occurredAt" 早于项目的开始时间。',
    remedy: '只能上报项目开始之后的行为。',
  },
  EPOCH_CLOSED: {
    wrong: '行为所属的周期已不再接收行为。',
    remedy: '请在周期结束后 6 小时内上报；更晚的请作为新的行为上报，使用更晚的 "occurredAt"。',
  },
  MATURES_TOO_LATE: {
    wrong: '"maturesAt" 离行为所属周期的结算窗口关闭太近。',
    remedy: '请选择更早的 "maturesAt"；提示中给出了最晚时间。',
  },
  TOO_MANY_ACTIONS: {
    wrong: '该会员在这个周期里的行为数量已达上限 10,000。',
    remedy: '请把多个相同的行为合并成一个，用 "count" 表示次数。',
  },
  UNKNOWN_ACTION: {
    wrong: '该会员没有这个 eventId 的行为。',
    remedy: '请检查 "memberId" 和 "eventId"，必须与 actionsRecord 中一致。',
  },
  ALREADY_MATURED: {
    wrong: '该行为已经生效，或将在 2 分钟内生效，不能再作废、暂扣或放行。',
    remedy: '可能作废的行为请设置 "maturesAt"，并在它之前至少 2 分钟作废或暂扣。',
  },
  ALREADY_VOIDED: {
    wrong: '该行为已作废，不会生效，不能再暂扣或放行。',
    remedy: '如果它仍应生效，请用新的 "eventId" 再记录一次。',
  },
  NOT_FOUND: {
    wrong: '本项目中没有使用这个 ID、编号或地址的对象。',
    remedy: '请检查 ID；此 API 密钥看不到其他项目的对象。',
  },
  NOTHING_TO_SETTLE: { wrong: '该会员的积分已全部结算。', remedy: '无需处理。' },
  IDEMPOTENCY_KEY_REUSED: {
    wrong: '这个 idempotencyKey 已经用于另一份输入。',
    remedy: '每次写操作请使用各自的键；重试时请原样重发。',
  },
  BUSY: {
    wrong: '该会员的另一个写操作尚未完成，或等待处理的写操作太多。',
    remedy: '请在 "retryAfterMs" 之后原样重试；相同的 idempotencyKey 只会写入一次。',
  },
  QUOTA_USED_UP: {
    wrong:
      '该会员一小时内由服务代付的写操作次数已用完，或 24 小时内仅有的一次密钥导出已用完，或该组织一天内可保存的新文本已用完。',
    remedy: '请在 "retryAfterMs" 之后重试；会员的写操作也可使用没有次数限制的 "ownWallet"。',
  },
  NOT_OPERATOR: {
    wrong: '本服务的密钥不是该项目在链上的运营方。',
    remedy: '请用拥有运营方角色的钱包发送该调用。',
  },
  REFUSED_BY_CONTRACT: {
    wrong: '合约拒绝了该调用，原因没有单独的代码。',
    remedy: '请按提示修改；如果仍然失败，请提供 "requestId"。',
  },
  INSUFFICIENT_POINTS: {
    wrong: '账户中已结算的积分少于该写操作所需的数量。',
    remedy: '请用 dropsCollect 结算已获得的积分，或减少数量。',
  },
  INVALID_MOVE: {
    wrong: '新账户没有为这次迁移签名，或不能接收积分。',
    remedy:
      '请用新账户对 accountMoveTypedData 给出的数据签名；新账户不能是项目合约，也不能与旧账户相同。',
  },
  INVALID_SIGNATURE: {
    wrong: '签名不是由所要求的钱包作出的。',
    remedy: '请用数据中写明的账户，对给出的数据原样签名。',
  },
  OUTDATED_SIGNATURE: {
    wrong: '所签内容已无法执行：时间已过，或该钱包签署的另一请求先被执行。',
    remedy: '请用相同的 idempotencyKey 重新调用该变更，并对新的数据签名。',
  },
  INVALID_MERGE: {
    wrong: '这两个会员不能合并。',
    remedy: '请指定两个不同的会员，且后一个会员的账户不能是其他会员的账户。',
  },
  ALREADY_MERGED: {
    wrong: '其中一个会员此前已合并过。',
    remedy: '每个会员只能合并一次。请合并到其他合并所指向的会员；Member.mergedInto 会给出它。',
  },
  RULE_NAME_TAKEN: {
    wrong: '这个名称已属于另一条规则（在本规则集或已发布的规则集中）。',
    remedy: '每条规则请使用各自的名称。',
  },
  RULE_WORDS_FIXED: {
    wrong: '这个规则编号发布时用的是另一个名称或说明。',
    remedy: '请使用该编号发布时的名称和说明，或换一个从未用过的编号。',
  },
  NOT_A_TOKEN: { wrong: '结算代币不是一个 ERC-20 合约。', remedy: '请检查代币地址和所在的链。' },
  PROGRAM_EXISTS: {
    wrong: '使用这些设置和这个 idempotencyKey 的项目已在链上。',
    remedy: '要用相同设置再创建一个，请换一个 idempotencyKey。',
  },
  CHANGE_PENDING: {
    wrong:
      '有一项不利于会员或持有人的变更尚未结束。另一项不利变更，或对同一条款的改善，都要等它结束后才能宣布。',
    remedy: '请等待该变更生效、被否决或失效，或先撤回它。',
  },
  COOLDOWN: {
    wrong:
      '变更被否决、撤回或失效后，一个公示期内不能再宣布不利于会员或持有人的变更；连续被否决后最长为八个公示期。',
    remedy: '请在提示中的时间之后再宣布该变更。',
  },
  NOT_BEFORE_TOO_LATE: {
    wrong: '规则集必须在 14 天内开始生效：从现在算起；不利于会员或持有人的，从公示结束算起。',
    remedy: '请选择更早的 "notBefore"；提示中给出了最晚的周期。',
  },
  NOT_PENDING: {
    wrong: '该变更不是待定状态：已生效、被否决、撤回或失效。',
    remedy: '如仍需要，请宣布一项新的变更。',
  },
  NOTICE_RUNS: { wrong: '该变更的公示期尚未结束。', remedy: '请在提示中的时间之后再试。' },
  NOTICE_OVER: {
    wrong: '该变更的公示期已结束，持有人不能再提出异议。',
    remedy: '请在公示期内提出异议。',
  },
  LAST_ROUND_OWED: {
    wrong: '公示结束以来，还没有一轮按旧条款、且储备足额的回购结束。',
    remedy: '请在提示所列的轮次结束前把预算存入储备，并在其结束后再执行该变更。',
  },
  OUTDATED: { wrong: '该变更宣布之后，条款已经变化。', remedy: '请撤回该变更并重新宣布。' },
  NOTHING_TO_RELEASE: {
    wrong: '该账户没有为这项变更锁定的积分。',
    remedy: '无需处理：积分已经解锁。',
  },
  NO_CHANGE: {
    wrong: '这些条款与最新版本相同；只改 "notBefore" 不算变更。',
    remedy: '无需处理；如果本来想修改什么，请对照 "outlook.differences"。',
  },
  IMPROVED_ALREADY: {
    wrong: '下一轮的回购条款已经改善过一次；每一轮只能改善一次。',
    remedy: '请在提示中的那一轮开放之后再宣布改善。',
  },
  NEWEST_NOT_IN_FORCE: {
    wrong: '最新的规则集尚未生效，进一步的改善须等它生效。',
    remedy: '请在提示中的周期或之后再宣布改善。',
  },
  NOT_COVERED: {
    wrong: '提高预算，或由储备足额担保的项目（backed）提高价格，都要求储备中已有相应的资金。',
    remedy: '请向储备存入资金，直到储备中除应付款以外的金额达到提示中的数目，然后重试。',
  },
  DRAFT_CHANGED: {
    wrong: '草稿已被他人或在另一个窗口中保存或删除。',
    remedy: '请重新读取草稿，并使用其 "revision"。',
  },
  UNKNOWN_DOCUMENT: {
    wrong: '该组织没有保存具有这个哈希的细则文本，会员将无法阅读。',
    remedy: '请先用 documentPut 保存文本，并使用它返回的哈希。',
  },
  ROUND_NOT_OPEN: {
    wrong: '这一轮现在没有开放。',
    remedy: '请使用开放轮次的编号：即 "program.currentRound" 的编号，且其状态为 OPEN。',
  },
  ROUND_NOT_SETTLED: {
    wrong: '这一轮还没有结束，或没有持有人参与。',
    remedy: '请在该轮结束后领取。',
  },
  BELOW_MIN_TENDER: {
    wrong: '账户在这一轮中会有一些积分，但少于最低提交数量。',
    remedy: '请至少提交提示中的最低数量，或全部撤回。',
  },
  INSUFFICIENT_TENDER: {
    wrong: '账户在这一轮中的积分少于要撤回的数量。',
    remedy: '最多只能撤回提示中的数量。',
  },
  NOTHING_TO_CLAIM: {
    wrong: '该账户在这一轮中没有可领取的内容。',
    remedy: '无需处理：份额已经领取，或没有份额。',
  },
  INSUFFICIENT_MONEY: {
    wrong: '运营方账户中的结算代币少于该金额。',
    remedy: '请先向提示中的运营方账户转入结算代币。',
  },
  EXCEEDS_WITHDRAWABLE: {
    wrong:
      '金额超过可提取的数量：其余部分是应付款、当前开放及下一轮的预算，或由储备足额担保的项目（backed）中担保积分的资金。',
    remedy: '最多只能提取提示中的金额。',
  },
  UNEXPECTED_TRANSFER: {
    wrong: '结算代币实际转移的数量与要求的不符。',
    remedy: '请使用不收转账手续费的代币；其他代币不能存入储备。',
  },
  INVALID_RECIPIENT: {
    wrong: '不能把钱转到这个账户。',
    remedy: '请使用能接收结算代币的账户：不能是零地址，也不能是回购合约。',
  },
  NOTHING_TO_SEND: {
    wrong: '该会员没有钱：没有应付款，会员的账户也是空的。',
    remedy: '请查看 "member.money"：一轮结算之后，应付款会显示在那里。',
  },
  ITEM_WITHDRAWN: { wrong: '该商品已下架，不能再兑换。', remedy: '请选择其他商品。' },
  NO_WITHDRAWAL_SCHEDULED: {
    wrong: '该商品没有可以取消的下架安排。',
    remedy: '无需处理；已下架的商品请用 itemAdd 重新添加。',
  },
  OUT_OF_STOCK: { wrong: '该商品的剩余件数少于兑换的数量。', remedy: '最多只能兑换提示中的数量。' },
  PRICE_TOO_HIGH: {
    wrong: '该商品现在的价格高于会员同意的价格。',
    remedy: '请向会员展示新价格并重新确认。',
  },
  ORDER_REF_USED: {
    wrong: '该账户已有另一个订单使用这个 idempotencyKey 作为编号。',
    remedy: '每个订单请使用各自的 idempotencyKey。',
  },
  ORDER_NOT_OPEN: { wrong: '该订单已完成或已退款。', remedy: '无需处理。' },
  DEADLINE_PASSED: {
    wrong: '订单或签名的期限已过。',
    remedy: '请为订单退款，或用更晚的期限重新签名。',
  },
  DEADLINE_NOT_REACHED: {
    wrong: '期限之前只有运营方可以为该订单退款。',
    remedy: '请在提示中的时间之后再试。',
  },
  PAYMENTS_OFF: {
    wrong: '本服务未启用付款，因此没有可购买的内容；不会计费，也不会停止任何功能。',
    remedy: '由服务运营者按文档中关于计费的说明启用付款。',
  },
  RECORDING_STOPPED: {
    wrong: '该组织未按时付款，因此不再记录正式环境中的行为。已记录的内容安全无虞。',
    remedy:
      '请由所有者通过 "billingCheckoutStart" 或 "billingPortalOpen" 付款；之后在其周期仍接受时重新发送同样的行为。',
  },
  PAYMENTS_UNAVAILABLE: {
    wrong: '付款服务商未能正常响应。',
    remedy: '请在 "retryAfterMs" 所示时间后重新发送同样的请求。记录及其他功能照常进行。',
  },
  ALREADY_SUBSCRIBED: {
    wrong: '该组织已有套餐。',
    remedy: '请通过 "billingPortalOpen" 修改银行卡、套餐和账单。',
  },
  NOT_SUBSCRIBED: {
    wrong: '该组织尚未购买任何套餐。',
    remedy: '请先调用 "billingCheckoutStart"。',
  },
  INVALID_WEBHOOK: {
    wrong: '该消息没有付款服务商的有效签名，或已过期。',
    remedy: '请核对端点的密钥与提供给本服务的密钥是否一致。',
  },
  TOP_UPS_OFF: {
    wrong: '本服务不提供用银行卡为储备金充值。',
    remedy: '请用 "reserveDeposit" 存入储备金；由服务运营者按文档中关于计费的说明启用充值。',
  },
  TOP_UP_NOT_OFFERED: {
    wrong: '该计划的储备金不能用银行卡充值：计划不在正式环境，或其结算代币与服务金库的代币不同。',
    remedy: '请用 "reserveDeposit" 存入储备金。',
  },
  TOP_UPS_STOPPED: {
    wrong: '该组织有一笔充值在入账后被争议或退款，尚有欠款，因此不能再充值。',
    remedy: '请与服务运营者结清 "reserveTopUps" 中显示的欠款。',
  },
  TOP_UP_LIMIT: {
    wrong: '充值金额超过今天（UTC）剩余的限额。',
    remedy: '请按提示中的剩余额度充值，或改天再试。',
  },
  TOO_MANY_ENDPOINTS: {
    wrong: '该组织在此环境中已有 16 个 webhook 端点。',
    remedy: '请删除不再使用的端点；"webhookEndpoints" 会列出全部端点。',
  },
  URL_NOT_ALLOWED: {
    wrong: '不能向这样的 URL 发送 webhook。',
    remedy: '请使用以 https:// 开头、端口只能是 443、不含密码的 URL；其域名必须指向公网地址。',
  },
  ENDPOINT_NOT_ENABLED: {
    wrong: '该 webhook 端点已停用或已失效，不会向它发送任何内容。',
    remedy: '请先用 "webhookEndpointUpdate" 启用它。',
  },
  CLOCK_FIXED: {
    wrong: '该时钟属于正式计划、非本地链，或由多个组织共用的链，任何人都不能拨动。',
    remedy: '请使用自己的本地测试链，例如 "npm start" 启动的链。',
  },
  STATEMENTS_OPEN: {
    wrong: '还有积分未结算，拨动时钟会越过其结算期限。',
    remedy: '请先拨到下一天，等 "settlement { open }" 回到 0 后再重试。',
  },
  OVERLOADED: {
    wrong: '服务收到的请求超过了能写入的数量，或该请求处理时间过长。',
    remedy: '请在 "retryAfterMs" 之后原样重试；重复发送的行为只计算一次。',
  },
  CHAIN_UNAVAILABLE: {
    wrong: '没有可用的区块链节点，无法写入区块链。',
    remedy: '请稍后重试；在此期间仍可记录行为。',
  },
  CHAIN_STALE: {
    wrong: '已知的最新区块太旧，无法判断行为是否已经生效。',
    remedy: '请在区块链有新区块后重试。',
  },
  DATABASE_UNAVAILABLE: {
    wrong: '服务的数据库没有响应。',
    remedy: '请在 "retryAfterMs" 之后原样重试；请求可能已经生效，重复发送不会重复计算。',
  },
  INTERNAL: {
    wrong: '服务发生了意外错误，详情见服务日志。',
    remedy: '请重试；如果仍然失败，请提供 "requestId"。',
  },
};
