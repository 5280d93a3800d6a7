import type { WriteError } from '../../../../shared/transactions/transactionState.ts';
import { EPOCH_SECONDS, withBareNumbers, type ProgramDraft } from './draft.ts';

/** What is wrong, by the name of the field: a key of `bad` in the catalogue, or a code of the API. */
export type Wrong = Readonly<Record<string, string>>;

/** Fields of each step, as they begin. */
const FIELDS: readonly (readonly string[])[] = [
  ['name', 'symbol'],
  ['rules', 'budget'],
  ['price', 'roundBudget', 'minTender', 'periodDays', 'windowDays', 'firstDays'],
  [
    ...['backed', 'noticeDays', 'threshold', 'objectionCap', 'epoch', 'startHour'],
    ...['settlementWindow', 'deadlineDays', 'token', 'transferable'],
  ],
];
const DAY_S = 86_400;
const WEEK_S = 7 * DAY_S;
/** Bounds of the factory contract. */
const BYTES = { name: 64, symbol: 16, ruleName: 64, ruleText: 512 };
type Days = 'noticeDays' | 'deadlineDays' | 'windowDays' | 'periodDays' | 'firstDays';
const DAYS: Readonly<Record<Days, readonly [number, number]>> = {
  ...{ noticeDays: [7, 60], deadlineDays: [1, 60], windowDays: [2, 92] },
  ...{ periodDays: [2, 92], firstDays: [1, 92] },
};
const THRESHOLD = [1, 20] as const;
const LEAST_CAP = 100;
const WINDOW = { least: 8, most: 252, step: 4 };

const bytes = (text: string): number => new TextEncoder().encode(text).length;
const isPoints = (text: string): boolean => /^\d{1,18}(\.\d{1,2})?$/.test(text);
const isMoney = (text: string): boolean => /^\d{1,18}(\.\d{1,18})?$/.test(text);
const isCount = (text: string): boolean => /^[1-9]\d{0,8}$/.test(text);
const isZero = (text: string): boolean => /^0*(\.0*)?$/.test(text);

const words = (text: string, most: number): string | null =>
  text.trim() === '' ? 'empty' : bytes(text.trim()) > most ? 'long' : null;
const within = (text: string, [least, most]: readonly [number, number]): boolean =>
  /^\d{1,6}(\.\d{1,2})?$/.test(text) && Number(text) >= least && Number(text) <= most;

function wrongRules({ rules }: ProgramDraft): [string, string | null][] {
  return rules.flatMap(({ name, text, points, most, kind }, index): [string, string | null][] => {
    const isTaken = rules.some((rule, at) => at < index && rule.name.trim() === name.trim());
    const cap = kind === 'each' ? isCount(most) : isPoints(most) && !isZero(most);
    return [
      [`rules.${index}.name`, isTaken ? 'taken' : words(name, BYTES.ruleName)],
      [`rules.${index}.text`, words(text, BYTES.ruleText)],
      [`rules.${index}.points`, isPoints(points) && !isZero(points) ? null : 'points'],
      [`rules.${index}.most`, most === '' || cap ? null : kind === 'each' ? 'count' : 'points'],
    ];
  });
}

function wrongBuyback(draft: ProgramDraft): [string, string | null][] {
  const { hasBuyback, price, roundBudget, minTender, windowDays, periodDays } = draft;
  const days = (['windowDays', 'periodDays', 'firstDays'] as const).map(
    (name): [string, string | null] => [
      name,
      /^\d+$/.test(draft[name]) && within(draft[name], DAYS[name]) ? null : name,
    ],
  );
  const overlaps = Number(windowDays) > Number(periodDays);
  return [
    ...(hasBuyback
      ? ([
          ['price', isMoney(price) && !isZero(price) ? null : 'money'],
          ['roundBudget', isMoney(roundBudget) && !isZero(roundBudget) ? null : 'money'],
          ['minTender', isPoints(minTender) && Number(minTender) >= 1 ? null : 'minTender'],
        ] as [string, string | null][])
      : []),
    ...days,
    ...(overlaps ? ([['periodDays', 'overlaps']] as [string, string | null][]) : []),
  ];
}

function wrongForEver(draft: ProgramDraft): [string, string | null][] {
  const { settlementWindow, epoch } = draft;
  const window = Number(settlementWindow);
  const isWindow =
    /^\d{1,3}$/.test(settlementWindow) &&
    window >= WINDOW.least &&
    window <= WINDOW.most &&
    window % WINDOW.step === 0;
  const isLong = window * EPOCH_SECONDS[epoch] >= WEEK_S;
  return [
    ['noticeDays', within(draft.noticeDays, DAYS.noticeDays) ? null : 'noticeDays'],
    ['deadlineDays', within(draft.deadlineDays, DAYS.deadlineDays) ? null : 'deadlineDays'],
    ['threshold', within(draft.threshold, THRESHOLD) ? null : 'threshold'],
    [
      'objectionCap',
      isPoints(draft.objectionCap) && Number(draft.objectionCap) >= LEAST_CAP ? null : 'cap',
    ],
    ['settlementWindow', !isWindow ? 'window' : isLong ? null : 'shortWindow'],
    ['token', /^0x[0-9a-fA-F]{40}$/.test(draft.token.trim()) ? null : 'token'],
  ];
}

/** Says what is wrong in a step, and in nothing else. The last step looks at all of them. */
export function wrongIn(typed: ProgramDraft, step: number): Wrong {
  const draft = withBareNumbers(typed);
  const each: readonly [string, string | null][][] = [
    [
      ['name', words(draft.name, BYTES.name)],
      ['symbol', words(draft.symbol, BYTES.symbol)],
    ],
    [
      ...wrongRules(draft),
      ['budget', isPoints(draft.budget) && !isZero(draft.budget) ? null : 'points'],
    ],
    wrongBuyback(draft),
    wrongForEver(draft),
  ];
  const asked = each[step - 1] ?? each.flat();
  return Object.fromEntries(asked.filter((pair): pair is [string, string] => pair[1] !== null));
}

/** The step that a field is in. */
export function stepOf(field: string): number {
  const [start = ''] = field.split('.');
  const index = FIELDS.findIndex((fields) => fields.includes(start));
  return index < 0 ? FIELDS.length : index + 1;
}

/** Names of the API, as the draft has them. */
const OF_API: Readonly<Record<string, string>> = {
  ...{ settlementToken: 'token', noticeSeconds: 'noticeDays', epochSeconds: 'epoch' },
  ...{ objectionThresholdBps: 'threshold', orderDeadlineSeconds: 'deadlineDays' },
  ...{ firstRoundAt: 'firstDays', roundPeriodSeconds: 'periodDays', startsAt: 'startHour' },
  ...{ roundWindowSeconds: 'windowDays', 'buyback.pricePerPoint': 'price' },
  ...{ 'buyback.budgetPerRound': 'roundBudget', 'buyback.minTender': 'minTender' },
  'opening[0].budgetPerEpoch': 'budget',
};
const OF_RULE: Readonly<Record<string, string>> = {
  ...{ perAction: 'points', perMillionUnits: 'points', maxCount: 'most', maxPoints: 'most' },
};

/** Says what the API refused, by the fields of the draft; what is of no field is under "". */
export function wrongByApi(errors: readonly WriteError[]): Wrong {
  return Object.fromEntries(
    errors.map(({ code, field }) => {
      const [, index, part = ''] = /^opening\[0\]\.rules\[(\d+)\]\.(\w+)$/.exec(field ?? '') ?? [];
      if (index !== undefined) return [`rules.${index}.${OF_RULE[part] ?? part}`, code];
      return [field === null ? '' : (OF_API[field] ?? field), code];
    }),
  );
}
