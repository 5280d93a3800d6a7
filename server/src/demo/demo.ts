import { setTimeout as delay } from 'node:timers/promises';
import type { Address } from '@dewpoint/contracts/statement.ts';
import type { BuybackTerms } from '../domain/terms/buybackTerms.ts';
import { epochAt, epochStartMs } from '../domain/epochs.ts';
import type { RuleSetTerms } from '../domain/terms/ruleSetTerms.ts';
import type { Program } from '../domain/program.ts';
import type { ChainClock } from '../ports/chain/clock.ts';
import { APP_SCOPES, type KeyScope } from '../domain/organisations/scopes.ts';
import { keyOwner, type ApiKeys } from '../services/access/apiKeys.ts';
import {
  DEMO_BUDGET_PER_EPOCH,
  DEMO_BUYBACK,
  DEMO_CLOCK,
  DEMO_DOCUMENT,
  DEMO_EPOCHS,
  DEMO_FIRST_ROUND_DAY,
  DEMO_MEMBER,
  DEMO_NAME,
  DEMO_ORGANISATION,
  DEMO_RULES,
  DEMO_SETTINGS,
  DEMO_SYMBOL,
  dayStartMs,
  demoActions,
} from './demoProgram.ts';
import { dressDemo } from './look/demoLook.ts';
import type { KeptKey } from './keptKey.ts';
import { createStage, type StageDeps } from './demoStage.ts';
import { demoScenes, type MintMoney } from './demoStory.ts';
import { ANCHOR_AFTER_MS } from '../domain/actions/anchoredEntry.ts';
import type { AnchoredLogs } from '../services/actions/anchoredLogs.ts';
import type { Looks } from '../services/programs/looks.ts';
import type { Documents } from '../services/terms/documents.ts';
import type { ReadSettlementProgress } from '../services/statements/settlementProgress.ts';
import type { RecordActions } from '../services/actions/recordActions.ts';

/** Keys and ids to try the demo with. */
export interface DemoAccess {
  readonly programName: string;
  readonly programAddress: Address;
  /** For the app: everything but the operator's writes. */
  readonly apiKey: string;
  /** For the operator's writes alone. */
  readonly operatorKey: string;
  /** The app's own id of a member who has points. */
  readonly memberId: string;
}

/** Calls of the chain that the demo makes. */
export interface DemoChain {
  readonly clock: ChainClock;
  /** Gives the service's accounts gas money, where that can be done. */
  fund(): Promise<void>;
  hasContract(address: Address): Promise<boolean>;
  /** Finds a program with these settings, or creates it. */
  createProgram(settings: {
    name: string;
    symbol: string;
    startsAtMs: number;
    epochLengthMs: number;
    settlementWindow: number;
    transferable: boolean;
    noticePeriodMs: number;
    objectionThresholdBps: number;
    objectionCap: bigint;
    firstRoundAtMs: number;
    roundPeriodMs: number;
    roundWindowMs: number;
    buybackTerms: BuybackTerms;
    orderDeadlineMs: number;
    opening: readonly [RuleSetTerms];
  }): Promise<Program>;
  /** Controls of a local chain; null on chains that keep their own time and money. */
  readonly local: {
    moveClockTo(ms: number): Promise<void>;
    /** Makes the call that mints the program's settlement token to an account. */
    mintMoney(program: Program): MintMoney;
  } | null;
}

export interface Demo {
  /**
   * Creates the demo program and its members' actions where they are missing. Any part of it can be repeated, also after
   * a crash.
   */
  prepare(): Promise<{ readonly program: Program; readonly access: DemoAccess }>;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** A worker reads a new program within a second; a chain that is far ahead of the indexer takes longer. */
const RULES_WITHIN_MS = 30_000;
const LOOK_AGAIN_MS = 50;
const OPERATOR_SCOPES = [
  ...(['orders:write', 'program:read', 'program:write', 'webhooks:write'] as const),
];

export function createDemo(
  deps: StageDeps & {
    chain: DemoChain;
    chainId: number;
    recordActions: RecordActions;
    settlementProgress: ReadSettlementProgress;
    apiKeys: ApiKeys;
    documents: Documents;
    looks: Pick<Looks, 'of' | 'set'>;
    anchoredLogs: Pick<AnchoredLogs, 'anchorOf'>;
    /** The app's. */
    keptKey: Pick<KeptKey, 'read' | 'write'>;
    keptOperatorKey: Pick<KeptKey, 'read' | 'write'>;
  },
): Demo {
  const { chain, chainId, programs, recordActions, apiKeys, keptKey, keptOperatorKey, wallNowMs } =
    deps;
  const { documents } = deps;

  async function findProgram(): Promise<Program | null> {
    for (const program of await programs.list()) {
      const isDemo = program.chainId === chainId && program.name === DEMO_NAME;
      // A database may outlive the local chain that it was filled from.
      if (isDemo && (await chain.hasContract(program.address))) return program;
    }
    return null;
  }

  async function createProgram(): Promise<Program> {
    await chain.fund();
    const { hash: documentHash } = await documents.put(
      { organisationId: DEMO_ORGANISATION },
      DEMO_DOCUMENT,
    );
    const { nowMs } = await chain.clock.now();
    const created = await chain.createProgram({
      name: DEMO_NAME,
      symbol: DEMO_SYMBOL,
      startsAtMs: dayStartMs(nowMs),
      ...DEMO_CLOCK,
      ...DEMO_SETTINGS,
      firstRoundAtMs: dayStartMs(nowMs) + DEMO_FIRST_ROUND_DAY * DEMO_CLOCK.epochLengthMs,
      buybackTerms: DEMO_BUYBACK,
      transferable: true,
      opening: [
        { notBefore: 0, budgetPerEpoch: DEMO_BUDGET_PER_EPOCH, documentHash, rules: DEMO_RULES },
      ],
    });
    return programs.register(created);
  }

  /** Records what has happened so far in the current epoch. */
  async function recordEpoch(program: Program): Promise<void> {
    const { nowMs } = await chain.clock.now();
    const actions = demoActions(program, epochAt(program, nowMs)).filter(
      ({ occurredAtMs }) => occurredAtMs <= nowMs,
    );
    if (actions.length === 0) return;
    const rejected = (await recordActions.record(program, actions)).find(
      ({ status }) => status === 'REJECTED',
    );
    if (rejected?.status === 'REJECTED') {
      throw new Error(`The demo's own action was refused: ${rejected.refusal.message}`);
    }
  }

  /**
   * Plays what happens on one day of the story, at its hours. What the clock has passed already, after a start that was
   * interrupted, is left out: it can't happen at its own time any more.
   */
  async function playDay(program: Program, epoch: number): Promise<void> {
    const { local } = chain;
    if (local === null) return;
    const stage = createStage(deps, program);
    for (const scene of demoScenes(local.mintMoney(program))) {
      const atMs = epochStartMs(program, epoch) + scene.hour * HOUR_MS;
      if (scene.day !== epoch || atMs > wallNowMs()) continue;
      const { nowMs } = await chain.clock.now();
      if (nowMs > atMs) continue;
      await local.moveClockTo(atMs);
      await stage.until('the days before are settled', async () => {
        const { oldestOpenEpoch } = await deps.settlementProgress(program);
        return oldestOpenEpoch === null || oldestOpenEpoch >= epoch;
      });
      await scene.play(stage);
    }
  }

  /** A log is anchored in the day after it, or never. */
  async function untilAnchored(program: Program, epoch: number): Promise<void> {
    const { nowMs } = await chain.clock.now();
    if (nowMs < epochStartMs(program, epoch + 1) + ANCHOR_AFTER_MS) return;
    await createStage(deps, program).until(
      `the log of day ${epoch} is anchored`,
      async () => (await deps.anchoredLogs.anchorOf(program, epoch)) !== null,
    );
  }

  /** On a local chain that was started in the past, the first days pass now; elsewhere there is today only. */
  async function liveThroughDays(program: Program): Promise<void> {
    const { local } = chain;
    for (;;) {
      const { nowMs } = await chain.clock.now();
      const epoch = epochAt(program, nowMs);
      if (epoch >= DEMO_EPOCHS) return;
      await playDay(program, epoch);
      const endMs = epochStartMs(program, epoch + 1);
      if (local === null || endMs > wallNowMs()) break;
      await local.moveClockTo(endMs - MINUTE_MS);
      await recordEpoch(program);
      await local.moveClockTo(Math.min(endMs + ANCHOR_AFTER_MS, wallNowMs()));
      await untilAnchored(program, epoch);
    }
    await local?.moveClockTo(wallNowMs());
    await recordEpoch(program);
  }

  async function keyFor(
    program: Program,
    keeper: Pick<KeptKey, 'read' | 'write'>,
    name: string,
    scopes: readonly KeyScope[],
  ): Promise<string> {
    const kept = await keeper.read();
    const record = kept === null ? null : await apiKeys.authenticate(kept);
    if (kept !== null && record?.programId === program.id) return kept;
    const { key } = await apiKeys.create(keyOwner(program), name, scopes);
    await keeper.write(key);
    return key;
  }

  /** The rules come from the chain, by whichever worker reads it. */
  async function withRules(program: Program): Promise<Program> {
    const giveUpAtMs = wallNowMs() + RULES_WITHIN_MS;
    for (;;) {
      const known = (await programs.list()).find(({ id }) => id === program.id);
      if (known !== undefined && known.ruleSets.length > 0) return known;
      if (wallNowMs() > giveUpAtMs) {
        throw new Error('No worker has read the rules of the demo program; does one run?');
      }
      await delay(LOOK_AGAIN_MS);
    }
  }

  return {
    async prepare() {
      const program = await withRules((await findProgram()) ?? (await createProgram()));
      await dressDemo(deps.looks, program);
      await liveThroughDays(program);
      const access = {
        programName: program.name,
        programAddress: program.address,
        apiKey: await keyFor(program, keptKey, 'demo', APP_SCOPES),
        operatorKey: await keyFor(program, keptOperatorKey, 'demo operator', OPERATOR_SCOPES),
        memberId: DEMO_MEMBER,
      };
      return { program, access };
    },
  };
}
