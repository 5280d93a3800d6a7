import { epochAt } from '../domain/epochs.ts';
import { DewpointError } from '../domain/errors.ts';
import type { Program } from '../domain/program.ts';
import type { ChainTime } from '../ports/clock.ts';
import { builder } from './builder.ts';
import { pageRows, toPage } from './pages.ts';
import { RuleSetType, type RuleSetOfProgram } from './rule.ts';

const ONLY_READERS = { 'program:read': true } as const;
const MS_PER_SECOND = 1_000;

interface EpochClock {
  readonly program: Program;
  readonly time: ChainTime;
}

const EpochClockType = builder.objectRef<EpochClock>('EpochClock').implement({
  description: 'How time is cut into epochs: epoch n begins at startsAt + n * epochSeconds.',
  authScopes: ONLY_READERS,
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
  authScopes: ONLY_READERS,
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
    authScopes: ONLY_READERS,
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

const RuleSetEdge = builder.edgeObject({
  type: RuleSetType,
  name: 'RuleSetEdge',
  description: 'A version of the rules.',
  authScopes: ONLY_READERS,
});
const RuleSetConnection = builder.connectionObject(
  {
    type: RuleSetType,
    name: 'RuleSetConnection',
    description: 'Newest version first.',
    authScopes: ONLY_READERS,
  },
  RuleSetEdge,
);

/** Newest first, from below the version named by the cursor. */
function ruleSetsPage(
  program: Program,
  { first, after }: { first?: number | null | undefined; after?: string | null | undefined },
): ReturnType<typeof toPage<RuleSetOfProgram>> {
  const rows = pageRows(first);
  const cursor = after ?? null;
  if (cursor !== null && !/^\d{1,10}$/.test(cursor)) {
    throw new DewpointError({
      code: 'MALFORMED',
      message: 'after must be a cursor of this connection.',
      field: 'after',
    });
  }
  const below = cursor === null ? Number.POSITIVE_INFINITY : Number(cursor);
  const versions = program.ruleSets
    .filter(({ version }) => version < below)
    .toSorted((a, b) => b.version - a.version)
    .map((ruleSet) => ({ ...ruleSet, programId: program.id }));
  return toPage(versions.slice(0, rows), ({ version }) => String(version), versions.length > rows);
}

const programRef = builder.objectRef<Program>('Program');

/** The program of the key. */
export const ProgramType = builder.node(programRef, {
  description: "One operator's loyalty program. Source: its contract, unless a field says else.",
  authScopes: ONLY_READERS,
  id: { resolve: (program) => program.id },
  loadOne: (id, { program, key }) =>
    id === program.id && key.scopes.includes('program:read') ? program : null,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name of the points.' }),
    symbol: t.exposeString('symbol', { description: 'Symbol of the points.' }),
    address: t.expose('address', { type: 'Address', description: 'Its Points contract.' }),
    chainId: t.expose('chainId', { type: 'UInt', description: 'Chain of the contract.' }),
    transferable: t.exposeBoolean('transferable', {
      description: 'Whether members may pass points on. Never changes.',
    }),
    settlementWindow: t.expose('settlementWindow', {
      type: 'UInt',
      description: 'A statement of epoch e is taken until epoch e + settlementWindow has ended.',
    }),
    clock: t.field({
      type: EpochClockType,
      description: 'How time is cut into epochs, and which one runs.',
      resolve: async (program, _args, { clock }) => ({ program, time: await clock.now() }),
    }),
    ruleSets: t.field({
      type: RuleSetConnection,
      description: 'All versions of the rules, newest first. Errors: OUT_OF_RANGE, MALFORMED.',
      args: {
        first: t.arg.int({ description: 'Rows, 1 to 100; 20 when left out.' }),
        after: t.arg.string({ description: 'endCursor of the page before.' }),
      },
      resolve: (program, args) => ruleSetsPage(program, args),
    }),
    supply: t.field({
      type: SupplyType,
      description: 'Points of the whole program.',
      resolve: async (program, _args, { holdings }) => {
        // The position first: a later balance with an earlier position is true, the other way round is not.
        const { blockNumber, stale } = await holdings.asOf(program.chainId);
        return { ...(await holdings.supply(program.id)), asOfBlock: blockNumber, stale };
      },
    }),
    settlement: t.field({
      type: SettlementType,
      description: 'How far settling is.',
      resolve: (program, _args, { programs }) => programs.settlementProgress(program),
    }),
  }),
});

builder.queryField('program', (t) =>
  t.field({
    type: ProgramType,
    description: 'The program of the API key.',
    authScopes: ONLY_READERS,
    resolve: (_root, _args, { program }) => program,
  }),
);
