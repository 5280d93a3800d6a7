import type { Address } from '@dewpoint/contracts/statement.ts';
import { objectionsNeeded } from '../../domain/terms/change.ts';
import type { ReadEvent } from '../../domain/events.ts';
import type { Program } from '../../domain/program.ts';
import {
  clockTellings,
  erasureTelling,
  lowGasTelling,
  lowReserveTelling,
  mergeTelling,
  shareTelling,
  tellingOf,
  thresholdTelling,
  type Telling,
} from '../../domain/webhooks/telling.ts';
import { recent } from '../../lib/recent.ts';
import type { ChainReader } from '../../ports/chain/chain.ts';
import type { RoundStore } from '../../ports/stores/buyback.ts';
import type { ChainEventStore, StoredEvent, TotalsStore } from '../../ports/stores/indexer.ts';
import type { MemberStore } from '../../ports/stores/members.ts';
import type { ChangeStore } from '../../ports/stores/terms.ts';
import type { WebhookPlace } from '../../ports/webhooks.ts';
import type { Rounds } from '../buyback/rounds.ts';
import type { GasTank } from '../transactions/gasTank.ts';

/** Something to tell, with its time, and what tells it from all others of its kind in the program. */
export interface FoundTelling {
  readonly telling: Telling;
  readonly name: readonly (string | number)[];
  readonly atMs: number;
  readonly place: WebhookPlace | null;
}

/** Finds what is to be told of a program in its durable sources: the read model of the chain, its clock, and what is stored. */
export interface CollectTellings {
  /** Of events on chain, in chain order. At most {@link MAX_BLOCKS} blocks that have any. @returns up to which block */
  ofChain(
    program: Program,
    range: { readonly above: number; readonly through: number },
  ): Promise<{ readonly found: FoundTelling[]; readonly throughBlock: number }>;
  /** Of the clock of the chain, after one moment and up to another. */
  ofClock(
    program: Program,
    span: { readonly fromMs: number; readonly toMs: number },
  ): Promise<FoundTelling[]>;
  /** Of what is stored of members since a moment, by the clock on the wall. */
  ofRecords(program: Program, sinceMs: number): Promise<FoundTelling[]>;
  /** Of a reserve and accounts for gas that are low now. */
  ofStates(program: Program, nowMs: number): Promise<FoundTelling[]>;
}

/** Kinds of events on chain that something is told of. */
const TOLD_EVENTS: readonly ReadEvent['kind'][] = [
  ...(['StatementSettled', 'AccountMoved', 'OperatorOffered', 'OperatorChanged'] as const),
  ...(['RuleSetPublished', 'Anchored', 'RecorderRotated', 'RecorderRevoked'] as const),
  ...(['ChangeAnnounced', 'ChangeEnacted', 'ChangeStruckDown', 'ChangeWithdrawn'] as const),
  ...(['Objected', 'ObjectionReleased', 'TermsPublished', 'Tendered', 'Untendered'] as const),
  ...(['RoundSettled', 'PointsClaimed', 'MoneyClaimed', 'MoneySent'] as const),
  ...(['Deposited', 'Synced', 'Withdrawn', 'ItemAdded', 'PriceCut'] as const),
  ...(['PriceRiseScheduled', 'StockAdded', 'WithdrawalScheduled'] as const),
  ...(['WithdrawalCancelled', 'Redeemed', 'OrderFulfilled', 'OrderRefunded'] as const),
];
/** Blocks read at once; a full one has some hundred events. */
export const MAX_BLOCKS = 20;
const SHARES_AT_ONCE = 200;
const DAY_MS = 86_400_000;
const GAS_LOOK_MS = 60_000;

export function createCollectTellings(deps: {
  reader: Pick<ChainReader, 'header'>;
  chainEvents: Pick<ChainEventStore, 'nextBlock' | 'listRange'>;
  changes: Pick<ChangeStore, 'find' | 'findPending'>;
  rounds: Pick<RoundStore, 'listSharesIn'>;
  members: Pick<MemberStore, 'erasedSince' | 'mergedSince' | 'findByIds'>;
  totals: Pick<TotalsStore, 'supply'>;
  readRounds: Pick<Rounds, 'next'>;
  gasTank: GasTank;
}): CollectTellings {
  const { chainEvents, changes, members } = deps;

  const timeOf = async ({ blockTimeMs, at }: StoredEvent): Promise<number> => {
    if (blockTimeMs !== null) return blockTimeMs;
    const header = await deps.reader.header(at.blockNumber);
    if (header === null) throw new Error(`block ${at.blockNumber} is gone`);
    return header.timestampMs;
  };

  /** What every holder of a share in a settled round is told. */
  const sharesOf = async (program: Program, event: ReadEvent): Promise<Telling[]> => {
    if (event.kind !== 'RoundSettled') return [];
    const tellings: Telling[] = [];
    let afterHolder: Address | null = null;
    for (;;) {
      const page = { afterHolder, limit: SHARES_AT_ONCE };
      const shares = await deps.rounds.listSharesIn(program.id, event.round, page);
      for (const share of shares) {
        const telling = shareTelling(share, { tendered: event.tendered, result: event });
        if (telling !== null) tellings.push(telling);
      }
      afterHolder = shares.at(-1)?.holder ?? null;
      if (shares.length < SHARES_AT_ONCE) return tellings;
    }
  };

  /** That there are enough objections, once a change. */
  const thresholdOf = async (
    program: Program,
    event: ReadEvent,
  ): Promise<Omit<FoundTelling, 'atMs' | 'place'> | null> => {
    if (event.kind !== 'Objected') return null;
    const change = await changes.find(program.id, event.change);
    if (change === null) return null;
    const { issued, burned } = await deps.totals.supply(program.id);
    const needed = objectionsNeeded(program, change, issued - burned);
    if (event.objections < needed) return null;
    const telling = thresholdTelling({
      ...{ change: event.change, objections: event.objections, needed },
    });
    return { telling, name: [event.change] };
  };

  const ofEvent = async (program: Program, stored: StoredEvent): Promise<FoundTelling[]> => {
    const { event, at } = stored;
    const { blockNumber, transactionHash, logIndex } = at;
    const own = tellingOf(program, event);
    const shares = await sharesOf(program, event);
    const threshold = await thresholdOf(program, event);
    const all = [
      ...(own === null ? [] : [{ telling: own, name: [transactionHash, logIndex] }]),
      ...shares.map((telling) => ({
        telling,
        name: [transactionHash, logIndex, String(telling.account)],
      })),
      ...(threshold === null ? [] : [threshold]),
    ];
    if (all.length === 0) return [];
    const atMs = await timeOf(stored);
    return all.map((one) => ({ ...one, atMs, place: { blockNumber, transactionHash } }));
  };

  const ofReserve = async (program: Program, nowMs: number): Promise<FoundTelling[]> => {
    const { round, cover } = await deps.readRounds.next(program);
    if (cover === null || cover.available >= cover.budget) return [];
    const { available, budget } = cover;
    const telling = lowReserveTelling({ round, available, budget });
    return [{ telling, name: [round], atMs: nowMs, place: null }];
  };
  /** The same for all programs of the chain. */
  const lowTanks = recent(GAS_LOOK_MS, async () =>
    (await deps.gasTank.read()).filter(({ low }) => low),
  );
  const ofGas = async (nowMs: number): Promise<FoundTelling[]> => {
    return (await lowTanks()).map(({ account: payer, balanceWei }) => ({
      telling: lowGasTelling({ payer, balanceWei: String(balanceWei) }),
      name: [payer, Math.floor(nowMs / DAY_MS)],
      ...{ atMs: nowMs, place: null },
    }));
  };

  return {
    ofChain: async (program, { above, through }) => {
      const next = await chainEvents.nextBlock(program.id, TOLD_EVENTS, { above, through });
      if (next === null) return { found: [], throughBlock: through };
      const throughBlock = Math.min(through, next + MAX_BLOCKS - 1);
      const range = { above: next - 1, through: throughBlock };
      const found: FoundTelling[] = [];
      for (const stored of await chainEvents.listRange(program.id, TOLD_EVENTS, range)) {
        found.push(...(await ofEvent(program, stored)));
      }
      return { found, throughBlock };
    },
    ofClock: async (program, span) => {
      const pending = await changes.findPending(program.id);
      return clockTellings(program, span, pending).map(({ telling, atMs, name }) => ({
        ...{ telling, atMs, name: [name], place: null },
      }));
    },
    ofRecords: async (program, sinceMs) => {
      const [erased, merged] = await Promise.all([
        members.erasedSince(program.id, sinceMs),
        members.mergedSince(program.id, sinceMs),
      ]);
      const into = await members.findByIds(
        program.id,
        merged.flatMap(({ mergedInto }) => mergedInto?.memberId ?? []),
      );
      const tellings = merged.flatMap(({ id, account, mergedInto, mergedAtMs }): FoundTelling[] => {
        const intoAccount = into.get(mergedInto?.memberId ?? '')?.account;
        const fromEpoch = mergedInto?.fromEpoch ?? null;
        if (intoAccount === undefined || fromEpoch === null) return [];
        const telling = mergeTelling(account, { intoAccount, fromEpoch });
        return [{ telling, name: [id], atMs: mergedAtMs ?? 0, place: null }];
      });
      return [
        ...tellings,
        ...erased.map(({ id, account, erasedAtMs = 0 }) => ({
          ...{ telling: erasureTelling(account), name: [id], atMs: erasedAtMs, place: null },
        })),
      ].sort((a, b) => a.atMs - b.atMs);
    },
    ofStates: async (program, nowMs) => [
      ...(await ofReserve(program, nowMs)),
      ...(await ofGas(nowMs)),
    ],
  };
}
