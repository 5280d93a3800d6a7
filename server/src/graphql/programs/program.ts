import { epochAt } from '../../domain/epochs.ts';
import type { Program } from '../../domain/program.ts';
import type { ChainTime } from '../../ports/chain/clock.ts';
import type { TotalsStore } from '../../ports/stores/indexer.ts';
import { asOfNow } from '../../services/page.ts';
import { builder, ofOwnProgram, PUBLIC } from '../core/builder.ts';
import {
  AFTER,
  factConnection,
  FIRST,
  type FactConnection,
  type PageArguments,
} from '../core/connection.ts';
import { decodeGlobalId } from '../core/globalId.ts';
import { numberCursor, pageRows, toPage } from '../core/pages.ts';
import { RuleSetType, type RuleSetOfProgram } from '../terms/rule.ts';

const MS_PER_SECOND = 1_000;

interface EpochClock {
  readonly program: Program;
  readonly time: ChainTime;
}

const EpochClockType = builder.objectRef<EpochClock>('EpochClock').implement({
  description: 'How time is cut into epochs: epoch n begins at startsAt + n * epochSeconds.',
  authScopes: PUBLIC,
  fields: (t) => ({
    startsAt: t.field({
      type: 'DateTime',
      description: 'Start of epoch 0. Source: the contract; never changes.',
      resolve: ({ program }) => program.startsAtMs,
    }),
    epochSeconds: t.field({
      type: 'UInt',
      description: 'Length of an epoch. Source: the contract; never changes.',
      resolve: ({ program }) => program.epochLengthMs / MS_PER_SECOND,
    }),
    currentEpoch: t.field({
      type: 'UInt',
      description: 'The epoch that runs now.',
      resolve: ({ program, time }) => Math.max(0, epochAt(program, time.nowMs)),
    }),
    now: t.field({
      type: 'DateTime',
      description: 'The time that decides: that of the chain on a local chain.',
      resolve: ({ time }) => time.nowMs,
    }),
  }),
});

interface Supply {
  readonly issued: bigint;
  readonly burned: bigint;
  readonly asOfBlock: number;
  readonly stale: boolean;
}

const SupplyType = builder.objectRef<Supply>('Supply').implement({
  description: "Points of the whole program. Source: the chain's Transfer events as of asOfBlock.",
  authScopes: PUBLIC,
  fields: (t) => ({
    issued: t.expose('issued', { type: 'Points', description: 'Minted so far.' }),
    burned: t.expose('burned', { type: 'Points', description: 'Burned so far.' }),
    outstanding: t.field({
      type: 'Points',
      description: 'Issued less burned: what the operator owes for.',
      resolve: ({ issued, burned }) => issued - burned,
    }),
    asOfBlock: t.expose('asOfBlock', {
      type: 'UInt',
      description: 'Block up to which the chain was read.',
    }),
    stale: t.exposeBoolean('stale', {
      description: 'True while no node of the chain answers: the numbers may be old.',
    }),
  }),
});

const SettlementType = builder
  .objectRef<{ open: number; oldestOpenEpoch: number | null }>('Settlement')
  .implement({
    description: 'How far settling is. Source: the statements of the server.',
    authScopes: { 'program:read': true },
    fields: (t) => ({
      open: t.expose('open', {
        type: 'UInt',
        description: 'Statements with something that is not settled yet.',
      }),
      oldestOpenEpoch: t.expose('oldestOpenEpoch', {
        type: 'UInt',
        nullable: true,
        description: 'Oldest epoch among them; null when all is settled.',
      }),
    }),
  });

const RuleSetConnection = factConnection(RuleSetType, {
  name: 'RuleSet',
  order: 'Versions of the rules, newest first.',
  scopes: PUBLIC,
});

/** Newest first, from below the version named by the cursor. */
async function ruleSetsPage(
  program: Program,
  { first, after }: PageArguments,
  totals: Pick<TotalsStore, 'asOf'>,
): Promise<FactConnection<RuleSetOfProgram>> {
  const rows = pageRows(first);
  const below = numberCursor(after) ?? Number.POSITIVE_INFINITY;
  const versions = program.ruleSets
    .filter(({ version }) => version < below)
    .toSorted((a, b) => b.version - a.version)
    .map((ruleSet) => ({ ...ruleSet, programId: program.id }));
  const page = toPage(
    versions.slice(0, rows),
    ({ version }) => String(version),
    versions.length > rows,
  );
  return { ...page, ...(await asOfNow(totals, program)) };
}

const programRef = builder.objectRef<Program>('Program');

/**
 * A program. Anybody may read what the chain says of it, so each field says for itself whether it is public; what is not
 * is for keys of this program alone.
 */
export const ProgramType = builder.node(programRef, {
  description: "One operator's loyalty program. Source: its contracts, unless a field says else.",
  id: { resolve: (program) => program.id, authScopes: PUBLIC },
  loadOne: (id, { program }) => (id === program.id ? program : null),
  fields: (t) => ({
    name: t.exposeString('name', { authScopes: PUBLIC, description: 'Name of the points.' }),
    symbol: t.exposeString('symbol', { authScopes: PUBLIC, description: 'Symbol of the points.' }),
    address: t.expose('address', {
      type: 'Address',
      authScopes: PUBLIC,
      description: 'Its Points contract.',
    }),
    chainId: t.expose('chainId', {
      type: 'UInt',
      authScopes: PUBLIC,
      description: 'Chain of its contracts.',
    }),
    transferable: t.exposeBoolean('transferable', {
      authScopes: PUBLIC,
      description: 'Whether members may pass points on. Never changes.',
    }),
    settlementWindow: t.expose('settlementWindow', {
      type: 'UInt',
      authScopes: PUBLIC,
      description: 'A statement of epoch e is taken until epoch e + settlementWindow has ended.',
    }),
    clock: t.field({
      extensions: { cost: 10 },
      type: EpochClockType,
      authScopes: PUBLIC,
      description: 'How time is cut into epochs, and which one runs.',
      resolve: async (program, _args, { clock }) => ({ program, time: await clock.now() }),
    }),
    ruleSets: t.field({
      type: RuleSetConnection,
      authScopes: PUBLIC,
      description: 'All versions of the rules, newest first. Errors: OUT_OF_RANGE, MALFORMED.',
      args: {
        first: t.arg.int({ description: FIRST }),
        after: t.arg.string({ description: AFTER }),
      },
      resolve: (program, args, { totals }) => ruleSetsPage(program, args, totals),
    }),
    supply: t.field({
      extensions: { cost: 20 },
      type: SupplyType,
      authScopes: PUBLIC,
      description: 'Points of the whole program.',
      resolve: async (program, _args, { totals }) => {
        // The position first: a later balance with an earlier position is true, the other way round is not.
        const asOf = await asOfNow(totals, program);
        return { ...(await totals.supply(program.id)), ...asOf };
      },
    }),
    settlement: t.field({
      extensions: { cost: 50 },
      type: SettlementType,
      authScopes: ofOwnProgram('program:read'),
      description: 'How far settling is.',
      resolve: (program, _args, { programs }) => programs.settlementProgress(program),
    }),
  }),
});

builder.queryField('program', (t) =>
  t.field({
    extensions: { cost: 5 },
    type: ProgramType,
    nullable: true,
    description:
      'A program by its global id, for anybody; without an id the program of the API key. Null when there is no such program. Errors: MALFORMED, UNAUTHENTICATED.',
    authScopes: PUBLIC,
    args: { id: t.arg.id({ description: 'Global id of a program; that of the key if left out.' }) },
    resolve: (_root, { id }, context) => {
      if (id === null || id === undefined) return context.program;
      const { typename, id: programId } = decodeGlobalId(id);
      return typename === 'Program' ? context.programs.get(programId) : null;
    },
  }),
);
