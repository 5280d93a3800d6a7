import type { Language } from '../../graphql/errors/errorCatalogue.ts';

/** Texts of the start page. */
export interface HomeTexts {
  readonly title: string;
  readonly description: string;
  readonly headline: string;
  readonly lead: string;
  readonly tryIt: string;
  readonly errors: string;
  readonly demoNote: string;
  readonly rules: string;
  /** Describes what one action earns; amounts are given as text. */
  each(points: string): string;
  /** Describes what 1,000 units of an amount earn. @param unit What amounts are counted in. */
  perAmount(points: string, unit: string): string;
  /** What amounts are counted in where nobody has said so. */
  readonly amountUnit: string;
  /** Names the length of an epoch, as in "3 a day". @param seconds Length of an epoch. */
  period(seconds: number): string;
  atMostTimes(count: string, period: string): string;
  atMostPoints(points: string, period: string): string;
  readonly comma: string;
  readonly running: string;
  readonly runningNote: string;
  readonly contract: string;
  readonly epoch: string;
  readonly open: string;
  readonly supply: string;
  readonly chain: string;
  readonly block: string;
  readonly database: string;
  readonly answers: string;
  readonly silent: string;
  readonly version: string;
  readonly node: string;
  readonly whereTo: string;
  readonly links: readonly {
    readonly href: string;
    readonly name: string;
    readonly text: string;
  }[];
  readonly footer: string;
}

type Unit = 'week' | 'day' | 'hour' | 'minute' | 'second';
const SECONDS: readonly (readonly [Unit, number])[] = [
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];
const ONE_EN: Readonly<Record<Unit, string>> = {
  week: 'a week',
  day: 'a day',
  hour: 'an hour',
  minute: 'a minute',
  second: 'a second',
};
const UNITS_ZH: Readonly<Record<Unit, string>> = {
  week: '周',
  day: '天',
  hour: '小时',
  minute: '分钟',
  second: '秒',
};

/** The largest unit that a length is a whole number of. */
function lengthOf(seconds: number): { readonly count: number; readonly unit: Unit } {
  const [unit, length] = SECONDS.find(([, each]) => seconds % each === 0) ?? ['second', 1];
  return { count: seconds / length, unit };
}

const EN: HomeTexts = {
  title: 'Dewpoint: loyalty points that keep their word',
  description: 'The API of a loyalty program whose rules live in a public contract.',
  headline: 'Loyalty points that keep their word',
  lead: 'An app reports what its members did. Points are computed and minted by rules in a public contract, and anyone can check every number without asking.',
  tryIt: 'Try the API',
  errors: 'Error catalogue',
  demoNote: 'Made up to try things out on this machine. Its members are invented.',
  rules: 'Rules in force',
  each: (points) => `+${points} each`,
  perAmount: (points, unit) => `+${points} for 1,000 ${unit}`,
  amountUnit: 'units of the amount',
  period: (seconds) => {
    const { count, unit } = lengthOf(seconds);
    return count === 1 ? ONE_EN[unit] : `in ${count} ${unit}s`;
  },
  atMostTimes: (count, period) => `${count} ${period} at most`,
  atMostPoints: (points, period) => `${points} ${period} at most`,
  comma: ', ',
  running: 'What runs here',
  runningNote: 'As of this page load.',
  contract: 'Points contract',
  epoch: 'Epoch',
  open: 'Statements to settle',
  supply: 'Points outstanding',
  chain: 'Chain id',
  block: 'Block',
  database: 'Database',
  answers: 'answers',
  silent: 'does not answer',
  version: 'Dewpoint',
  node: 'Node.js',
  whereTo: 'Where to go',
  links: [
    { href: '/graphql', name: 'GraphiQL', text: 'Queries, mutations and the docs of every field.' },
    { href: '/errors', name: 'Error catalogue', text: 'Every error: what is wrong, what to do.' },
    { href: '/healthz', name: 'Health', text: 'Whether the process is up.' },
    { href: '/readyz', name: 'Readiness', text: 'Whether chain and database answer.' },
    { href: '/metrics', name: 'Metrics', text: 'Counts and durations for Prometheus.' },
  ],
  footer: 'Apache-2.0. Points are loyalty points: nothing here is an offer of securities.',
};

const ZH: HomeTexts = {
  title: 'Dewpoint：说到做到的会员积分',
  description: '会员积分项目的接口，规则写在公开合约里。',
  headline: '说到做到的会员积分',
  lead: '应用上报会员做了什么，积分由公开合约里的规则计算并发放；任何人都可以核对每一个数字，不需要经过谁同意。',
  tryIt: '试用接口',
  errors: '错误目录',
  demoNote: '仅供在本机试用，会员均为虚构。',
  rules: '现行规则',
  each: (points) => `每次 +${points}`,
  perAmount: (points, unit) => `每 1,000 ${unit} +${points}`,
  amountUnit: '单位金额',
  period: (seconds) => {
    const { count, unit } = lengthOf(seconds);
    return count === 1 ? `每${UNITS_ZH[unit]}` : `每 ${count} ${UNITS_ZH[unit]}`;
  },
  atMostTimes: (count, period) => `${period}最多 ${count} 次`,
  atMostPoints: (points, period) => `${period}最多 ${points} 积分`,
  comma: '，',
  running: '正在运行',
  runningNote: '以打开本页时为准。',
  contract: '积分合约',
  epoch: '周期',
  open: '待结算',
  supply: '流通积分',
  chain: '链 ID',
  block: '区块',
  database: '数据库',
  answers: '正常',
  silent: '无响应',
  version: 'Dewpoint',
  node: 'Node.js',
  whereTo: '可以去哪里',
  links: [
    { href: '/graphql', name: 'GraphiQL', text: '查询、变更，以及每个字段的说明。' },
    { href: '/errors', name: '错误目录', text: '每个错误：问题在哪，怎么处理。' },
    { href: '/healthz', name: '存活检查', text: '进程是否在运行。' },
    { href: '/readyz', name: '就绪检查', text: '区块链和数据库是否正常。' },
    { href: '/metrics', name: '监控指标', text: '供 Prometheus 采集的计数与耗时。' },
  ],
  footer: 'Apache-2.0 许可。这里的积分是会员积分，不构成任何证券要约。',
};

export const HOME_TEXTS: Readonly<Record<Language, HomeTexts>> = { en: EN, zh: ZH };
