import type { Language } from '../../graphql/errors/errorCatalogue.ts';
import type { ShownRound } from './demoOverview.ts';
import { html, type SafeHtml } from './html.ts';

/** Texts of the start page. Amounts, times and percentages are given as text. */
export interface HomeTexts {
  readonly title: string;
  readonly description: string;
  readonly headline: string;
  readonly lead: string;
  readonly memberDoor: string;
  readonly auditDoor: string;
  readonly anyAuditDoor: string;
  readonly tryIt: string;
  answersOf(name: string): string;
  readonly demoNote: string;
  readonly earning: {
    readonly question: string;
    answer(notice: string, percent: string): SafeHtml;
  };
  readonly selling: {
    readonly question: string;
    readonly none: string;
    answer(terms: {
      readonly price: string;
      readonly budget: string;
      readonly period: string;
      readonly window: string;
    }): SafeHtml;
  };
  readonly threshold: {
    readonly question: string;
    answer(minTender: string): SafeHtml;
  };
  /** Describes what one action earns. */
  each(points: string): string;
  /** Describes what 1,000 units of an amount earn. @param unit What amounts are counted in. */
  perAmount(points: string, unit: string): string;
  /** What amounts are counted in where nobody has said so. */
  readonly amountUnit: string;
  /** Names the length of an epoch, as in "3 a day". @param seconds Length of an epoch. */
  period(seconds: number): string;
  /** Names a length of time, as in "7 days". */
  duration(seconds: number): string;
  atMostTimes(count: string, period: string): string;
  atMostPoints(points: string, period: string): string;
  readonly comma: string;
  readonly changing: string;
  readonly changingYes: string;
  readonly changingNo: string;
  round(round: ShownRound): string;
  there(available: string, budget: string): string;
  readonly tooMuch: string;
  readonly sameShare: string;
  readonly freeze: string;
  readonly pause: string;
  readonly noneInCode: string;
  readonly supply: string;
  readonly operators: string;
  readonly operatorsNote: string;
  /** What an app's backend sends: five lines. */
  readonly code: string;
  readonly notPromised: string;
  readonly nots: readonly { readonly what: string; readonly why: string }[];
  readonly running: string;
  readonly contract: string;
  readonly epoch: string;
  readonly open: string;
  readonly chain: string;
  readonly block: string;
  readonly database: string;
  readonly answers: string;
  readonly silent: string;
  readonly version: string;
  readonly links: readonly { readonly href: string; readonly name: string }[];
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

/** The same in days where it is weeks: "7 days" is what people say of a notice. */
function durationOf(seconds: number): { readonly count: number; readonly unit: Unit } {
  const { count, unit } = lengthOf(seconds);
  return unit === 'week' ? { count: count * 7, unit: 'day' } : { count, unit };
}

const DAY_EN = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});
const DAY_ZH = new Intl.DateTimeFormat('zh-CN', {
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});

const CODE = `await fetch(DEWPOINT + '/graphql', {
  method: 'POST',
  headers: { 'content-type': 'application/json',
    authorization: 'Bearer ' + KEY },
  body: JSON.stringify({ query: RECORD_ACTIONS,
    variables: { input: { actions: [{
      memberId: 'mei', eventId: 'order-1841', rule: 'purchase',
      amount: '5200', occurredAt }] } } }),
});`;

const EN: HomeTexts = {
  title: 'Dewpoint: loyalty points that keep their word',
  description:
    'Loyalty points whose rules, changes and buyback live in public contracts that anybody can check.',
  headline: 'Loyalty points that keep their word',
  lead: 'An app reports what its members did. Points are minted by rules in a public contract, bought back on a public schedule with money locked up front, and anybody can check both without asking anyone.',
  memberDoor: 'Try it as a member',
  auditDoor: 'Check it yourself',
  anyAuditDoor: 'Check a program yourself',
  tryIt: 'Try the API',
  answersOf: (name) => `Three questions, and what ${name} answers right now`,
  demoNote:
    'A demo, made up to try things out on this machine. Its members are invented, its answers are not: they come from the contracts.',
  earning: {
    question: 'How are points earned, am I told before it changes, and does my complaint count?',
    answer: (notice, percent) =>
      html`<b>By a formula that the contract computes.</b> What gets worse is told
        <b>${notice} before</b>, and holders of <b>${percent}%</b> of the points strike it down.`,
  },
  selling: {
    question: 'What exactly are the terms of the buyback?',
    none: 'There is no buyback at the moment.',
    answer: ({ price, budget, period, window }) =>
      html`<b>${price} a point</b>, up to <b>${budget} a round</b>. A round opens every ${period}
        for ${window}, by the clock: nobody opens, closes or prices it.`,
  },
  threshold: {
    question: 'What is the threshold to take part, and can I suddenly be kept out?',
    answer: (minTender) =>
      html`<b>${minTender} points. No.</b> There is no list: the code has no way to keep a holder
        out. A higher threshold is told before, like everything that gets worse.`,
  },
  each: (points) => `+${points} each`,
  perAmount: (points, unit) => `+${points} for 1,000 ${unit}`,
  amountUnit: 'units of the amount',
  period: (seconds) => {
    const { count, unit } = lengthOf(seconds);
    return count === 1 ? ONE_EN[unit] : `in ${count} ${unit}s`;
  },
  duration: (seconds) => {
    const { count, unit } = durationOf(seconds);
    return `${count} ${unit}${count === 1 ? '' : 's'}`;
  },
  atMostTimes: (count, period) => `${count} ${period} at most`,
  atMostPoints: (points, period) => `${points} ${period} at most`,
  comma: ', ',
  changing: 'Being made worse now',
  changingYes: 'a change is announced',
  changingNo: 'nothing',
  round: ({ number, isOpen, opensAtMs }) =>
    isOpen ? `Round ${number}, open now` : `Round ${number}, from ${DAY_EN.format(opensAtMs)}`,
  there: (available, budget) => `${available} of ${budget} there`,
  tooMuch: 'If too much is offered',
  sameShare: 'everybody the same share',
  freeze: 'Ways to freeze an account',
  pause: 'Ways to pause the program',
  noneInCode: 'none in the code',
  supply: 'Points outstanding',
  operators: 'In your app this afternoon',
  operatorsNote: 'Your backend reports what happened; sending it again never counts it twice.',
  code: CODE,
  notPromised: 'Not promised',
  nots: [
    { what: 'That an action happened.', why: 'The app says so, within the budget of its rules.' },
    { what: 'Money that is not there yet.', why: 'A round says how much of its budget is locked.' },
    { what: 'A good settlement token.', why: 'Who controls the token can stop payments in it.' },
  ],
  running: 'What runs here',
  contract: 'Points contract',
  epoch: 'Epoch',
  open: 'Statements to settle',
  chain: 'Chain id',
  block: 'Block',
  database: 'Database',
  answers: 'answers',
  silent: 'does not answer',
  version: 'Dewpoint',
  links: [
    { href: '/graphql', name: 'GraphiQL' },
    { href: '/audit/', name: 'Audit' },
    { href: '/errors', name: 'Error catalogue' },
    { href: '/healthz', name: 'Health' },
    { href: '/readyz', name: 'Readiness' },
    { href: '/metrics', name: 'Metrics' },
  ],
  footer: 'Apache-2.0. Points are loyalty points: nothing here is an offer of securities.',
};

const ZH: HomeTexts = {
  title: 'Dewpoint：说到做到的会员积分',
  description: '规则、变更和回购都写在公开合约里的会员积分，人人都能核对。',
  headline: '说到做到的会员积分',
  lead: '应用上报会员做了什么；积分按公开合约里的规则发放，按公开的日程回购，钱提前锁好。任何人都可以自己核对，不需要经过谁同意。',
  memberDoor: '以会员身份试试',
  auditDoor: '自己来核对',
  anyAuditDoor: '自己核对一个项目',
  tryIt: '试用接口',
  answersOf: (name) => `三个问题，${name}此刻的回答`,
  demoNote: '这是在本机试用的演示。会员是虚构的，回答不是：它们来自合约。',
  earning: {
    question: '积分怎么得来？变更前会不会告诉我？我的意见算数吗？',
    answer: (notice, percent) =>
      html`<b>按合约计算的公式。</b>变差的规则要<b>提前 ${notice}</b>公示，持有
        <b>${percent}%</b> 积分的人反对，就能否决它。`,
  },
  selling: {
    question: '回购的条件到底是什么？',
    none: '目前没有回购。',
    answer: ({ price, budget, period, window }) => {
      const clock = `。每 ${period}开放一轮，每轮 ${window}，按钟点自动进行：没有人能决定何时开、何时关、什么价。`;
      return html`<b>每个积分 ${price}</b>，每轮最多 <b>${budget}</b>${clock}`;
    },
  },
  threshold: {
    question: '参与的门槛是多少？会不会突然不让我参加？',
    answer: (minTender) =>
      html`<b>${minTender} 积分。不会。</b
        >没有名单：代码里没有把谁挡在外面的办法。门槛要提高，也得像其他变差的条件一样提前公示。`,
  },
  each: (points) => `每次 +${points}`,
  perAmount: (points, unit) => `每 1,000 ${unit} +${points}`,
  amountUnit: '单位金额',
  period: (seconds) => {
    const { count, unit } = lengthOf(seconds);
    return count === 1 ? `每${UNITS_ZH[unit]}` : `每 ${count} ${UNITS_ZH[unit]}`;
  },
  duration: (seconds) => {
    const { count, unit } = durationOf(seconds);
    return `${count} ${UNITS_ZH[unit]}`;
  },
  atMostTimes: (count, period) => `${period}最多 ${count} 次`,
  atMostPoints: (points, period) => `${period}最多 ${points} 积分`,
  comma: '，',
  changing: '正在变差的',
  changingYes: '有一项变更在公示',
  changingNo: '没有',
  round: ({ number, isOpen, opensAtMs }) =>
    isOpen ? `第 ${number} 轮，开放中` : `第 ${number} 轮，${DAY_ZH.format(opensAtMs)}起`,
  there: (available, budget) => `已到位 ${available}（共 ${budget}）`,
  tooMuch: '提交的太多时',
  sameShare: '人人同一比例',
  freeze: '冻结账户的办法',
  pause: '暂停项目的办法',
  noneInCode: '代码里没有',
  supply: '流通积分',
  operators: '今天下午就能接入',
  operatorsNote: '后端上报发生了什么；重复发送绝不会重复计算。',
  code: CODE,
  notPromised: '没有承诺的',
  nots: [
    { what: '行为真的发生过。', why: '这由应用说了算，但超不出规则的预算。' },
    { what: '还没有到位的钱。', why: '每一轮都会写明预算里有多少已经锁好。' },
    { what: '结算代币一定可靠。', why: '控制代币的人可以让它停止支付。' },
  ],
  running: '正在运行',
  contract: '积分合约',
  epoch: '周期',
  open: '待结算',
  chain: '链 ID',
  block: '区块',
  database: '数据库',
  answers: '正常',
  silent: '无响应',
  version: 'Dewpoint',
  links: [
    { href: '/graphql', name: 'GraphiQL' },
    { href: '/audit/', name: '核对页' },
    { href: '/errors', name: '错误目录' },
    { href: '/healthz', name: '存活检查' },
    { href: '/readyz', name: '就绪检查' },
    { href: '/metrics', name: '监控指标' },
  ],
  footer: 'Apache-2.0 许可。这里的积分是会员积分，不构成任何证券要约。',
};

export const HOME_TEXTS: Readonly<Record<Language, HomeTexts>> = { en: EN, zh: ZH };
