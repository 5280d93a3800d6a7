/** Top-ups by card on a real live chain, a real database and a stand-in for Stripe, in the production composition. */
import { randomUUID } from 'node:crypto';
import type { Address } from '@dewpoint/contracts/statement.ts';
import { AbiCoder, keccak256, toBeHex } from 'ethers';
import { composeBilling, type BillingParts } from '../../composition/composeBilling.ts';
import { composeTreasury } from '../../composition/composeTopUps.ts';
import type { Foundation } from '../../composition/composeServices.ts';
import type { TopUpConfig } from '../../config/topUps.ts';
import type { TopUp } from '../../domain/billing/topUp.ts';
import { ServiceError } from '../../domain/errors.ts';
import type { Program } from '../../domain/program.ts';
import { createStripePayments } from '../../payments/stripe/stripePayments.ts';
import type { Letter, Mail } from '../../ports/mail.ts';
import type { Teams } from '../../ports/people.ts';
import { TREASURY } from '../../ports/chain/signer.ts';
import type { Store } from '../../store/connect.ts';
import { BUYING, createProgramOn } from '../builders/program.ts';
import { openProgramChain } from '../chain.ts';
import { silentLogger, startFoundation, startProcess } from '../foundation.ts';
import {
  signatureOf,
  STAND_IN_SECRETS,
  startStripeStandIn,
  type SentEvent,
  type StripeStandIn,
} from './stripeStandIn.ts';
import type { StandInPayment } from './standInCards.ts';

/** Base units of one token. */
export const TOKEN = 1_000_000n;
/** In whole tokens. */
export const PROGRAM_LIMIT = 300n;
export const DAILY_LIMIT = 500n;

export interface TopUpStage {
  readonly store: Store;
  readonly standIn: StripeStandIn;
  readonly letters: readonly Letter[];
  readonly treasury: Address;
  /** The first process. */
  readonly parts: BillingParts;
  nowMs(): number;
  pass(ms: number): void;
  /** Another process, on a store that may fail. @param config Of top-ups, over that of the others; null for off. */
  process(store?: Store, config?: Partial<TopUpConfig> | null): BillingParts;
  /** A live program of an organisation of its own, or of one that there is. */
  newProgram(organisationId?: string): Promise<Program>;
  /** Begins a top-up. @param amount In whole tokens. */
  start(program: Program, amount: bigint): Promise<TopUp>;
  /** Has the card charged. @returns the payment, whose money is not available yet */
  pay(topUp: TopUp): StandInPayment;
  /** Has the money of a payment available, and tells of it. */
  clear(payment: StandInPayment): Promise<void>;
  /** A top-up that is paid and cleared, of which the service has not heard. */
  cleared(program: Program, amount: bigint): Promise<{ topUp: TopUp; payment: StandInPayment }>;
  /** Tells of a payment, by a message of this type. */
  tell(type: string, payment: StandInPayment): Promise<void>;
  receive(event: SentEvent): Promise<void>;
  /** A top-up whose tokens are with the buyback. */
  credited(program: Program, amount: bigint): Promise<{ topUp: TopUp; payment: StandInPayment }>;
  /** Lets a worker of billing do what it finds; nothing reaches the chain. */
  work(parts?: BillingParts): Promise<void>;
  /** Lets workers do what they find, on the chain too, until top-ups wait for something else than time or a block. */
  settle(parts?: BillingParts): Promise<void>;
  /** Sends what is queued on the live chain, and reads it. */
  driveChain(): Promise<void>;
  read(topUp: TopUp): Promise<TopUp>;
  /** Base units of the token that an account has. */
  money(account: Address): Promise<bigint>;
  /** Sets what the treasury has. Base units. */
  fill(units: bigint): Promise<void>;
  /** Whether nodes of the live chain answer the treasury. */
  setChain(answers: boolean): void;
  close(): Promise<void>;
}

const TIMEOUT_MS = 20_000;
const MAX_ROUNDS = 60;
/** Steps after which a worker that only waits for the chain is let be. */
const ENOUGH_STEPS = 10;
const BLOCK_MS = 1_500;
const GAS_MONEY = `0x${(10n ** 18n).toString(16)}`;

/** A chain whose nodes can be told not to answer. */
function withSwitch(live: Foundation): Foundation & { answers: boolean } {
  const switched = { ...live, answers: true };
  const gateway = new Proxy(live.chain.gateway, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (switched.answers || typeof value !== 'function') return value;
      const away = { message: 'No node answers.', retryAfterMs: 1_000 };
      return () => Promise.reject(new ServiceError({ code: 'CHAIN_UNAVAILABLE', ...away }));
    },
  });
  return Object.assign(switched, { chain: { ...live.chain, gateway } });
}

export async function startTopUpStage(): Promise<TopUpStage> {
  const foundation = await startFoundation({ hasLive: true });
  const { store } = foundation;
  if (foundation.live === null) throw new Error('there is no live chain');
  const live = withSwitch(foundation.live);
  const standIn = await startStripeStandIn();
  let aheadMs = 0;
  const wallNowMs = (): number => Date.now() + aheadMs;
  standIn.state.nowMs = wallNowMs;
  const letters: Letter[] = [];
  const mail: Mail = {
    isReal: true,
    send: (letter) => Promise.resolve(void letters.push(letter)),
    close: () => undefined,
  };
  const teams = {
    team: (id: string) =>
      Promise.resolve([{ person: { email: `mei@${id}.example` }, role: 'owner', joinedAtMs: 0 }]),
    organisation: (id: string) => Promise.resolve({ id, name: 'Shop', slug: id }),
  } as unknown as Teams;
  const payments = createStripePayments({
    ...{ secretKey: STAND_IN_SECRETS.secretKey, webhookSecrets: [STAND_IN_SECRETS.webhookSecret] },
    ...{ pricePlan: 'price_plan', priceActions: 'price_actions', meter: 'mtr_actions' },
    ...{ apiBase: standIn.url, timeoutMs: TIMEOUT_MS, topUps: null },
  });
  let programs = 0;
  const newProgram = async (
    organisationId = `org_${randomUUID().slice(0, 8)}`,
  ): Promise<Program> => {
    programs += 1;
    const settings = { ...BUYING, name: `Top-up ${programs}` };
    const program = await createProgramOn(live, settings, organisationId);
    await store.programs.insert(program);
    return program;
  };
  const first = await newProgram();
  const token = first.settlementToken.address;
  const chain = openProgramChain(live.chain, first);
  const treasury = live.keystore.signer.addressOf(TREASURY);
  // What a relayer gives it otherwise: see the test of the whole service.
  await chain.rpc('anvil_setBalance', treasury, GAS_MONEY);
  const common: TopUpConfig = {
    ...{ token, currency: 'eur' },
    ...{ programDailyLimit: PROGRAM_LIMIT, dailyLimit: DAILY_LIMIT },
  };
  const process: TopUpStage['process'] = (other = store, config = {}) =>
    composeBilling({
      ...{ foundation: { store: other, wallNowMs }, live: null, config: null },
      treasury: composeTreasury({ ...live, store: other, wallNowMs }, 0),
      people: { callers: { teams, people: {} as never }, mail },
      publicUrl: () => 'https://points.example',
      ...{ payments, logger: silentLogger },
      ...(config !== null && { topUps: { ...common, ...config } }),
    });
  const parts = process();
  const worker = startProcess(live);
  const database = store.peopleDatabase;

  /** Sends what is queued on the live chain, and reads it. */
  async function drive(): Promise<void> {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const { throughBlock } = await worker.indexer.step();
      await worker.sender.step(throughBlock ?? 0);
      if ((await store.transactions.listSending(live.chain.chainId)).length === 0) break;
    }
    const { throughBlock } = await worker.indexer.step();
    await worker.sender.step(throughBlock ?? 0);
  }
  const moves = async (): Promise<boolean> => {
    const moving = { reason: { $in: ['TREASURY_BUSY', 'NOT_MINED'] } };
    return (await database.collection('topUps').countDocuments(moving)) > 0;
  };

  const stage: TopUpStage = {
    ...{ store, standIn, letters, treasury, parts, process, newProgram },
    driveChain: drive,
    setChain: (answers) => {
      live.answers = answers;
    },
    nowMs: wallNowMs,
    pass: (ms) => {
      aheadMs += ms;
    },
    start: async (program, amount) =>
      (await parts.graphql.topUps.start(program, String(amount), randomUUID())).topUp,
    pay: ({ checkoutId }) => standIn.state.pay(checkoutId ?? ''),
    cleared: async (program, amount) => {
      const topUp = await stage.start(program, amount);
      const payment = stage.pay(topUp);
      payment.isAvailable = true;
      return { topUp, payment };
    },
    clear: async (payment) => {
      payment.isAvailable = true;
      await stage.tell('charge.updated', payment);
    },
    tell: async (type, { id, customer }) => {
      const about = { object: 'charge', id: `ch_${id}`, customer, payment_intent: id };
      await stage.receive(standIn.event(type, about));
    },
    receive: async ({ body }) => {
      await parts.paymentEvents?.receive(Buffer.from(body), signatureOf(body));
    },
    credited: async (program, amount) => {
      const made = await stage.cleared(program, amount);
      await stage.tell('charge.succeeded', made.payment);
      await stage.settle();
      const { state } = await stage.read(made.topUp);
      if (state !== 'CREDITED') throw new Error(`the top-up is ${state}`);
      return made;
    },
    work: async (of = parts) => {
      for (let steps = 0; steps < MAX_ROUNDS; steps += 1) {
        if ((await of.worker?.step()) !== true) return;
        // On a busy machine a step takes longer than what waits for the chain pauses: it is due again and again until a block is made.
        if (steps >= ENOUGH_STEPS && (await moves())) return;
      }
      throw new Error('billing never comes to rest');
    },
    settle: async (of = parts) => {
      for (let round = 0; round < MAX_ROUNDS; round += 1) {
        await stage.work(of);
        await drive();
        if (!(await moves())) return;
        aheadMs += BLOCK_MS;
      }
      throw new Error('top-ups never come to rest');
    },
    read: async ({ id }) => {
      const found = await store.topUps.find(id);
      if (found === null) throw new Error(`there is no top-up ${id}`);
      return found.topUp;
    },
    money: async (account) => (await chain.view.money('balanceOf', account))[0] as bigint,
    fill: async (units) => {
      // Where OpenZeppelin keeps a balance: a transfer by the key of the treasury would take a nonce of the service.
      const slot = keccak256(
        AbiCoder.defaultAbiCoder().encode(['address', 'uint256'], [treasury, 0]),
      );
      await chain.rpc('anvil_setStorageAt', token, slot, toBeHex(units, 32));
      await chain.rpc('evm_mine');
    },
    close: async () => {
      await foundation.close();
      await standIn.close();
    },
  };
  return stage;
}
