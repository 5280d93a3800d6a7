/**
 * Adds up the log of statements in the database: memory is as much as there are rules, however long the log is. Most
 * statements have nothing but actions that count already, which takes a sum of stored fields; the others are added up
 * again with all that there is to tell apart, at twice to three times the cost.
 */
import type { mongo } from 'mongoose';
import type { LogSums, RuleSum } from '../../domain/statements/statement.ts';
import { statementId } from '../../domain/ids.ts';
import type { StatementKey } from '../../ports/stores/statements.ts';
import { epochMemberOf, statementKeyOf, type ActionDocument } from './actionDocument.ts';

type Actions = mongo.Collection<ActionDocument>;

/** A sum of amounts passes what a double holds exactly, so that millions and the rest are added up apart. */
const MILLION = 1_000_000;
/** Statements in one query. */
const STATEMENTS_PER_QUERY = 500;

/** 1 for an action; -1 for a void that came before its action matured, which takes the action away; 0 for what moves it. */
const SIGN = {
  $switch: {
    branches: [
      { case: { $eq: ['$kind', 'action'] }, then: 1 },
      { case: { $ne: ['$kind', 'void'] }, then: 0 },
      { case: { $eq: ['$maturesAtMs', null] }, then: 0 },
      { case: { $lt: ['$voidedAtMs', '$maturesAtMs'] }, then: -1 },
    ],
    default: 0,
  },
};
const ONE_IF_LATER = (time: string, asOfMs: number): mongo.Document => ({
  $cond: [{ $gt: [time, asOfMs] }, 1, 0],
});
/** Tells what moves an action, and has two times, from an action and its void. */
const IS_MOVE = { $in: ['$kind', ['hold', 'release']] };
/** What an entry adds to what is ahead: what moves an action takes it away from one time and puts it to the other. */
const SIGN_AHEAD = (asOfMs: number): mongo.Document => ({
  $cond: [
    IS_MOVE,
    {
      $subtract: [ONE_IF_LATER('$movedToMs', asOfMs), ONE_IF_LATER('$maturesAtMs', asOfMs)],
    },
    { $multiply: [SIGN, ONE_IF_LATER('$maturesAtMs', asOfMs)] },
  ],
});
/** The time from which an action counts by this entry alone. */
const COUNTS_FROM = { $cond: [IS_MOVE, '$movedToMs', '$maturesAtMs'] };

/** What an entry adds to the actions that mature at a time, or takes from them. */
const STEPS = {
  $cond: [
    IS_MOVE,
    [
      { atMs: '$movedToMs', sign: 1 },
      { atMs: '$maturesAtMs', sign: -1 },
    ],
    [{ atMs: '$maturesAtMs', sign: SIGN }],
  ],
};

interface RuleRow {
  readonly _id: { readonly of: string; readonly ruleId: number };
  readonly entries: number;
  readonly recent: number;
  readonly count: number;
  readonly millions: number;
  readonly rest: number;
  readonly aheadCount: number;
  readonly aheadMillions: number;
  readonly aheadRest: number;
  readonly nextMaturesAtMs: number | null;
  /** Decisions on actions that were ahead by then. */
  readonly decidedAhead: number;
}

interface PlainRow {
  readonly _id: { readonly of: string; readonly ruleId: number; readonly kind: string };
  readonly entries: number;
  readonly recent: number;
  readonly count: number;
  readonly amount: number;
  readonly latestMaturesAtMs: number | null;
}

interface At {
  readonly asOfMs: number;
  readonly recentFromMs: number;
}

const isRecent = (recentFromMs: number): mongo.Document => ({
  $cond: [{ $gte: ['$loggedAtMs', recentFromMs] }, 1, 0],
});

const plainPipeline = (match: mongo.Document, { recentFromMs }: At): mongo.Document[] => [
  { $match: match },
  {
    $group: {
      _id: { of: '$epochMember', ruleId: '$ruleId', kind: '$kind' },
      entries: { $sum: 1 },
      recent: { $sum: isRecent(recentFromMs) },
      count: { $sum: '$count' },
      amount: { $sum: '$amount' },
      latestMaturesAtMs: { $max: '$maturesAtMs' },
    },
  },
];

/** Tells whether the plain sums are the whole truth: no voids, all matured, and small enough for a double to be exact. */
const isPlain = ({ _id, amount, latestMaturesAtMs }: PlainRow, asOfMs: number): boolean =>
  _id.kind === 'action' &&
  Number.isSafeInteger(amount) &&
  (latestMaturesAtMs === null || latestMaturesAtMs <= asOfMs);

function plainSums(rows: readonly PlainRow[]): LogSums {
  const matured = rows.map(({ _id: { ruleId }, count, amount }): RuleSum => {
    return { ruleId, count: BigInt(count), amount: BigInt(amount) };
  });
  return {
    matured,
    expected: matured,
    nextMaturesAtMs: null,
    entries: rows.reduce((all, { entries }) => all + entries, 0),
    recentEntries: rows.reduce((all, { recent }) => all + recent, 0),
  };
}

const sum = (field: string): mongo.Document => ({ $sum: `$${field}` });
/** What an entry adds to a sum, and to what of it is ahead. */
const signed = (field: 'count' | 'millions' | 'rest'): mongo.Document => ({
  [field]: { $multiply: ['$sign', `$${field}`] },
  [`ahead${field.charAt(0).toUpperCase()}${field.slice(1)}`]: {
    $multiply: ['$signAhead', `$${field}`],
  },
});

function pipeline(match: mongo.Document, { asOfMs, recentFromMs }: At): mongo.Document[] {
  return [
    { $match: match },
    {
      $project: {
        of: '$epochMember',
        ruleId: 1,
        maturesAtMs: 1,
        countsFromMs: COUNTS_FROM,
        count: 1,
        rest: { $mod: ['$amount', MILLION] },
        millions: {
          $divide: [{ $subtract: ['$amount', { $mod: ['$amount', MILLION] }] }, MILLION],
        },
        sign: SIGN,
        signAhead: SIGN_AHEAD(asOfMs),
        isAction: { $eq: ['$kind', 'action'] },
        isVoid: { $eq: ['$kind', 'void'] },
        recent: isRecent(recentFromMs),
      },
    },
    {
      $project: {
        of: 1,
        ruleId: 1,
        recent: 1,
        ...signed('count'),
        ...signed('millions'),
        ...signed('rest'),
        maturesNext: {
          $cond: [
            { $and: [{ $not: ['$isVoid'] }, { $gt: ['$countsFromMs', asOfMs] }] },
            '$countsFromMs',
            null,
          ],
        },
        decidedAhead: {
          $cond: [{ $and: [{ $not: ['$isAction'] }, { $gt: ['$maturesAtMs', asOfMs] }] }, 1, 0],
        },
      },
    },
    {
      $group: {
        _id: { of: '$of', ruleId: '$ruleId' },
        entries: { $sum: 1 },
        recent: sum('recent'),
        count: sum('count'),
        millions: sum('millions'),
        rest: sum('rest'),
        aheadCount: sum('aheadCount'),
        aheadMillions: sum('aheadMillions'),
        aheadRest: sum('aheadRest'),
        nextMaturesAtMs: { $min: '$maturesNext' },
        decidedAhead: sum('decidedAhead'),
      },
    },
  ];
}

const amountOf = (millions: number, rest: number): bigint =>
  BigInt(millions) * BigInt(MILLION) + BigInt(rest);

function sumsOfRows(rows: readonly RuleRow[], nextMaturesAtMs: number | null): LogSums {
  const expected = rows.map(({ _id: { ruleId }, count, millions, rest }): RuleSum => {
    return { ruleId, count: BigInt(count), amount: amountOf(millions, rest) };
  });
  const matured = rows.map((row, index): RuleSum => {
    const { ruleId, count, amount } = expected[index] as RuleSum;
    const ahead = amountOf(row.aheadMillions, row.aheadRest);
    return { ruleId, count: count - BigInt(row.aheadCount), amount: amount - ahead };
  });
  return {
    matured,
    expected,
    nextMaturesAtMs,
    entries: rows.reduce((all, { entries }) => all + entries, 0),
    recentEntries: rows.reduce((all, { recent }) => all + recent, 0),
  };
}

const matching = (programId: string, of: readonly string[]): mongo.Document => ({
  programId,
  epochMember: of.length === 1 ? of[0] : { $in: [...of] },
});

/** What the next maturity is asked for: each statement, or each rule. */
interface NextBy {
  readonly $epochMember: string;
  readonly $ruleId: number;
}

/** Finds when the next action matures that is not void, whatever was decided on it, in statements. */
export async function nextMaturities<By extends keyof NextBy>(
  actions: Actions,
  programId: string,
  { of, by }: { readonly of: readonly string[]; readonly by: By },
  asOfMs: number,
): Promise<Map<NextBy[By], number>> {
  if (of.length === 0) return new Map();
  const found = await actions
    .aggregate<{ _id: NextBy[By]; next: number }>([
      {
        $match: {
          ...matching(programId, of),
          $or: [{ maturesAtMs: { $gt: asOfMs } }, { movedToMs: { $gt: asOfMs } }],
        },
      },
      { $project: { of: by, steps: STEPS } },
      { $unwind: '$steps' },
      { $match: { 'steps.atMs': { $gt: asOfMs } } },
      {
        $group: {
          _id: { of: '$of', maturesAtMs: '$steps.atMs' },
          left: { $sum: '$steps.sign' },
        },
      },
      { $match: { left: { $gt: 0 } } },
      { $group: { _id: '$_id.of', next: { $min: '$_id.maturesAtMs' } } },
    ])
    .toArray();
  return new Map(found.map(({ _id, next }) => [_id, next]));
}

const smallest = (rows: readonly RuleRow[]): number | null =>
  rows.reduce<number | null>(
    (least, { nextMaturesAtMs: next }) =>
      next !== null && (least === null || next < least) ? next : least,
    null,
  );

const groupedBy = <Row extends { readonly _id: { readonly of: string } }>(
  rows: readonly Row[],
): Map<string, Row[]> => {
  const grouped = new Map<string, Row[]>();
  for (const row of rows) {
    const known = grouped.get(row._id.of);
    if (known === undefined) grouped.set(row._id.of, [row]);
    else known.push(row);
  }
  return grouped;
};

/** Adds up what is not plain. */
async function detailedSums(
  actions: Actions,
  programId: string,
  of: readonly string[],
  at: At,
): Promise<Map<string, LogSums>> {
  if (of.length === 0) return new Map();
  const rows = await actions.aggregate<RuleRow>(pipeline(matching(programId, of), at)).toArray();
  const grouped = groupedBy(rows);
  const decided = [...grouped].filter(([, own]) => own.some((row) => row.decidedAhead > 0));
  const next = await nextMaturities(
    actions,
    programId,
    { of: decided.map(([each]) => each), by: '$epochMember' },
    at.asOfMs,
  );
  const isDecided = new Set(decided.map(([each]) => each));
  return new Map(
    [...grouped].map(([each, own]) => [
      each,
      sumsOfRows(own, isDecided.has(each) ? (next.get(each) ?? null) : smallest(own)),
    ]),
  );
}

/** @see ActionLog.sumsOf */
export async function sumLog(
  actions: Actions,
  programId: string,
  keys: readonly StatementKey[],
  at: At,
): Promise<Map<string, LogSums>> {
  const sums = new Map<string, LogSums>();
  for (let from = 0; from < keys.length; from += STATEMENTS_PER_QUERY) {
    const part = keys.slice(from, from + STATEMENTS_PER_QUERY).map(epochMemberOf);
    const match = matching(programId, part);
    const rows = await actions.aggregate<PlainRow>(plainPipeline(match, at)).toArray();
    const grouped = groupedBy(rows);
    const isDetailed = (own: readonly PlainRow[]): boolean =>
      own.some((row) => !isPlain(row, at.asOfMs));
    const detailed = await detailedSums(
      actions,
      programId,
      [...grouped].filter(([, own]) => isDetailed(own)).map(([of]) => of),
      at,
    );
    for (const [of, own] of grouped) {
      const { memberId, epoch } = statementKeyOf(of);
      sums.set(statementId(memberId, epoch), detailed.get(of) ?? plainSums(own));
    }
  }
  return sums;
}
