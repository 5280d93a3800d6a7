import type { Address } from '@dewpoint/contracts/statement.ts';
import { UserError } from '../../domain/errors.ts';
import { epochAt, ruleSetOf } from '../../domain/epochs.ts';
import type { Program } from '../../domain/program.ts';
import type { ChainTime } from '../../ports/chain/clock.ts';
import type { TotalsStore } from '../../ports/stores/indexer.ts';
import { asOfNow } from '../../services/page.ts';
import { builder, ofOwnProgram, PUBLIC } from '../core/builder.ts';
import {
  AFTER,
  projectionConnection,
  FIRST,
  type ProjectionConnection,
  type PageArguments,
} from '../core/connection.ts';
import type { GraphqlContext } from '../core/context.ts';
import { ChainMomentType } from '../core/chainMoment.ts';
import { decodeGlobalId } from '../core/globalId.ts';
import { numberCursor, pageRows, toPage } from '../core/pages.ts';
import { DOCUMENT_COST, DocumentType } from '../terms/document.ts';
import { RuleSetType, type RuleSetOfProgram } from '../terms/rule.ts';

const MS_PER_SECOND = 1_000;

interface EpochClock {
  readonly program: Program;
  readonly time: ChainTime;
}

const EpochClockType = builder.objectRef<EpochClock>('EpochClock').implement({
  description: 'Division of time into epochs: epoch n begins at `startsAt` + n * `epochSeconds`.',
  authScopes: PUBLIC,
  fields: (t) => ({
    startsAt: t.field({
      type: 'DateTime',
      description: 'Start of epoch 0; never changes. Source: the contract.',
      resolve: ({ program }) => program.startsAtMs,
    }),
    epochSeconds: t.field({
      type: 'UInt',
      description: 'Length of an epoch in seconds; never changes. Source: the contract.',
      resolve: ({ program }) => program.epochLengthMs / MS_PER_SECOND,
    }),
    currentEpoch: t.field({
      type: 'UInt',
      description: 'Number of the current epoch.',
      resolve: ({ program, time }) => Math.max(0, epochAt(program, time.nowMs)),
    }),
    now: t.field({
      type: 'DateTime',
      description:
        'Current time by which the service decides: that of the chain on a local chain, else that of the server.',
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
  description:
    'Points of all holders of the program. Source: Transfer events of the chain up to `asOfBlock`.',
  authScopes: PUBLIC,
  fields: (t) => ({
    issued: t.expose('issued', { type: 'Points', description: 'Points minted so far.' }),
    burned: t.expose('burned', { type: 'Points', description: 'Points burned so far.' }),
    outstanding: t.field({
      type: 'Points',
      description: 'Points in existence: `issued` less `burned`.',
      resolve: ({ issued, burned }) => issued - burned,
    }),
    asOfBlock: t.expose('asOfBlock', {
      type: 'UInt',
      description: 'Block up to which the chain has been read for this answer.',
    }),
    stale: t.exposeBoolean('stale', {
      description: 'Whether the answer may be out of date, as no node of the chain answers.',
    }),
  }),
});

const SettlementType = builder
  .objectRef<{ open: number; oldestOpenEpoch: number | null }>('Settlement')
  .implement({
    description: 'Progress of settling statements on chain. Source: the statements of the service.',
    authScopes: { 'program:read': true },
    fields: (t) => ({
      open: t.expose('open', {
        type: 'UInt',
        description: 'Number of statements that are not settled in full.',
      }),
      oldestOpenEpoch: t.expose('oldestOpenEpoch', {
        type: 'UInt',
        nullable: true,
        description: 'Oldest epoch with such a statement; null when all are settled.',
      }),
    }),
  });

const RuleSetConnection = projectionConnection(RuleSetType, {
  name: 'RuleSet',
  order: 'Page of versions of the rule set, newest first.',
  scopes: PUBLIC,
});

/** Newest first, from below the version named by the cursor. */
async function ruleSetsPage(
  program: Program,
  { first, after }: PageArguments,
  totals: Pick<TotalsStore, 'asOf'>,
): Promise<ProjectionConnection<RuleSetOfProgram>> {
  const rows = pageRows(first);
  const list = ['RuleSet', program.id] as const;
  const below = numberCursor(list, after) ?? Number.POSITIVE_INFINITY;
  const versions = program.ruleSets
    .filter(({ version }) => version < below)
    .toSorted((a, b) => b.version - a.version)
    .map((ruleSet) => ({ ...ruleSet, programId: program.id }));
  const page = toPage(
    list,
    versions.slice(0, rows),
    ({ version }) => String(version),
    versions.length > rows,
  );
  return { ...page, ...(await asOfNow(totals, program)) };
}

const programRef = builder.objectRef<Program>('Program');

/**
 * Shows a program. Each field says for itself whether it is public, as what is on chain is; the others are for keys of this
 * program alone.
 */
export const ProgramType = builder.node(programRef, {
  description:
    'Loyalty program of one operator. Source: its contracts, unless a field names another.',
  id: { resolve: (program) => program.id, authScopes: PUBLIC },
  loadOne: (id, { program }) => (id === program.id ? program : null),
  fields: (t) => ({
    name: t.exposeString('name', { authScopes: PUBLIC, description: 'Name of the points.' }),
    symbol: t.exposeString('symbol', { authScopes: PUBLIC, description: 'Symbol of the points.' }),
    address: t.expose('address', {
      type: 'Address',
      authScopes: PUBLIC,
      description: 'Address of the Points contract.',
    }),
    chainId: t.expose('chainId', {
      type: 'UInt',
      authScopes: PUBLIC,
      description: 'Id of the chain of the contracts.',
    }),
    transferable: t.exposeBoolean('transferable', {
      authScopes: PUBLIC,
      description: 'Whether holders can transfer points; never changes.',
    }),
    settlementWindow: t.expose('settlementWindow', {
      type: 'UInt',
      authScopes: PUBLIC,
      description:
        'Settlement window in epochs: the contract accepts statements of epoch e until epoch e + `settlementWindow` has ended.',
    }),
    createdAt: t.field({
      type: ChainMomentType,
      authScopes: PUBLIC,
      description: 'Block and transaction in which its contracts were created.',
      resolve: ({ createdAtMs, createdAtBlock, createdBy }) => ({
        atMs: createdAtMs,
        blockNumber: createdAtBlock,
        transactionHash: createdBy,
      }),
    }),
    holders: t.field({
      extensions: { cost: 10 },
      type: 'UInt',
      authScopes: PUBLIC,
      description:
        'Number of accounts that have points outside of the escrows. Source: Transfer events of the chain.',
      resolve: (program, _args, { on }) =>
        on(program).totals.holders(program.id, [
          program.charter,
          program.buyback,
          program.catalogue,
        ]),
    }),
    clock: t.field({
      extensions: { cost: 10 },
      type: EpochClockType,
      authScopes: PUBLIC,
      description: 'Division of time into epochs, and the current epoch.',
      resolve: async (program, _args, { on }) => ({ program, time: await on(program).clock.now() }),
    }),
    ruleSets: t.field({
      extensions: { cost: 20 },
      type: RuleSetConnection,
      authScopes: PUBLIC,
      description: 'All versions of the rule set, newest first. Errors: OUT_OF_RANGE, MALFORMED.',
      args: {
        first: t.arg.int({ description: FIRST }),
        after: t.arg.string({ description: AFTER }),
      },
      resolve: (program, args, { totals }) => ruleSetsPage(program, args, totals),
    }),
    document: t.field({
      extensions: { cost: DOCUMENT_COST },
      type: DocumentType,
      nullable: true,
      authScopes: PUBLIC,
      description:
        'Small print in force in the current epoch; null when there is none, and when the service does not have its text. That of an announced change is in `pendingChange.proposedRules`.',
      resolve: async (program, _args, { on }) => {
        const { clock, documents } = on(program);
        const { nowMs } = await clock.now();
        const inForce = ruleSetOf(program, Math.max(0, epochAt(program, nowMs)));
        return inForce === null ? null : documents.find(inForce.documentHash);
      },
    }),
    supply: t.field({
      extensions: { cost: 20 },
      type: SupplyType,
      authScopes: PUBLIC,
      description: 'Points issued, burned and outstanding.',
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
      description: 'Progress of settling statements on chain.',
      resolve: (program, _args, { settlementProgress }) => settlementProgress(program),
    }),
  }),
});

function programAt(
  address: Address,
  id: unknown,
  { calls, programs }: GraphqlContext,
): Promise<Program | null> {
  const wrong =
    id != null
      ? 'address is given beside id; it must be one of the two.'
      : calls.checksummed(address) === null
        ? `address is ${address}, which has a wrong checksum; it must be in lower case or with the capital letters that npm start and explorers show.`
        : null;
  if (wrong === null) return programs.findByAddress(address);
  throw new UserError({ code: 'MALFORMED', field: 'address', message: wrong });
}

builder.queryField('program', (t) =>
  t.field({
    extensions: { cost: 20 },
    type: ProgramType,
    nullable: true,
    description:
      'Returns a program by the address of its Points contract or by its global id, which need no API key, or the program of the API key. Null when there is no such program. Errors: MALFORMED, UNAUTHENTICATED.',
    authScopes: PUBLIC,
    args: {
      id: t.arg.id({
        description:
          'Global id of a program; left out for `address` or for the program of the API key.',
      }),
      address: t.arg({
        type: 'Address',
        description:
          'Address of the Points contract of a program; left out for `id` or for the program of the API key.',
      }),
    },
    resolve: (_root, { id, address }, context) => {
      if (address != null) return programAt(address, id, context);
      if (id == null) return context.program;
      const { typename, id: programId } = decodeGlobalId(id);
      return typename === 'Program' ? context.programs.get(programId) : null;
    },
  }),
);
