/** Billing on a real database and a stand-in for Stripe, in its production composition, by a clock that the test sets. */
import { randomUUID } from 'node:crypto';
import { testDatabaseUri } from '@dewpoint/infra/testing/testDatabase.ts';
import { composeBilling, type BillingParts } from '../../composition/composeBilling.ts';
import type { Person } from '../../domain/organisations/person.ts';
import type { Program } from '../../domain/program.ts';
import type { Letter, Mail } from '../../ports/mail.ts';
import type { TeamMember, Teams } from '../../ports/people.ts';
import { createStripePayments } from '../../payments/stripe/stripePayments.ts';
import type { Payments } from '../../ports/payments.ts';
import { connectStore, type Store } from '../../store/connect.ts';
import { entry } from '../builders/log.ts';
import { RECORDED_PROGRAM } from '../builders/program.ts';
import { STARTS_AT_MS } from '../builders/time.ts';
import { silentLogger } from '../foundation.ts';
import {
  signatureOf,
  startStripeStandIn,
  STAND_IN_SECRETS,
  type SentEvent,
  type StripeStandIn,
} from './stripeStandIn.ts';

export interface BillingStage extends BillingParts {
  readonly store: Store;
  readonly standIn: StripeStandIn;
  readonly payments: Payments;
  readonly letters: readonly Letter[];
  nowMs(): number;
  setNow(ms: number): void;
  pass(ms: number): void;
  /** Another process, on a store that may fail. */
  process(store?: Store): BillingParts;
  /** A live program of an organisation of its own. */
  newProgram(organisationId?: string): Promise<Program>;
  /** Records so many live actions now. */
  record(program: Program, count: number): Promise<void>;
  /** Has the organisation of a program buy the plan. @returns its customer */
  buyPlan(program: Program): Promise<string>;
  /** Takes a message in as the route does. */
  receive(event: SentEvent): Promise<void>;
  /** Lets all workers' steps run until nothing moves. */
  settle(parts?: BillingParts): Promise<void>;
  close(): Promise<void>;
}

/** A machine that does everything at once must not be told to be wrong. */
const TIMEOUT_MS = 20_000;
const MAX_ROUNDS = 100;

/** Address of the owner of an organisation. */
export const ownerOf = (organisationId: string): string => `mei@${organisationId}.example`;

function teamOf(organisationId: string): TeamMember[] {
  const owner: Person = {
    ...{ id: 'usr_owner', name: 'Mei', email: ownerOf(organisationId) },
    ...{ isEmailVerified: true, hasTwoFactor: true },
  };
  const viewer: Person = { ...owner, id: 'usr_viewer', email: `viewer@${organisationId}.example` };
  const lost: Person = { ...owner, id: 'usr_lost', email: `unreachable@${organisationId}.example` };
  return [
    { person: lost, role: 'owner', joinedAtMs: 0 },
    { person: owner, role: 'owner', joinedAtMs: 0 },
    { person: viewer, role: 'viewer', joinedAtMs: 0 },
  ];
}

export async function startBillingStage(): Promise<BillingStage> {
  let nowMs = STARTS_AT_MS;
  const wallNowMs = (): number => nowMs;
  const store = await connectStore(testDatabaseUri(), { wallNowMs });
  const standIn = await startStripeStandIn();
  standIn.state.nowMs = wallNowMs;
  const letters: Letter[] = [];
  const mail: Mail = {
    isReal: true,
    send: (letter) => {
      if (letter.to.includes('unreachable')) {
        return Promise.reject(new Error('There is no such address.'));
      }
      letters.push(letter);
      return Promise.resolve();
    },
    close: () => undefined,
  };
  const teams = {
    team: (id: string) => Promise.resolve(teamOf(id)),
    organisation: (id: string) => Promise.resolve({ id, name: 'Shop', slug: id }),
  } as unknown as Teams;
  const payments = createStripePayments({
    secretKey: STAND_IN_SECRETS.secretKey,
    webhookSecrets: [STAND_IN_SECRETS.webhookSecret],
    ...{ pricePlan: 'price_plan', priceActions: 'price_actions', meter: 'mtr_actions' },
    ...{ apiBase: standIn.url, timeoutMs: TIMEOUT_MS },
  });
  const process = (other: Store = store): BillingParts =>
    composeBilling({
      foundation: { store: other, wallNowMs },
      live: null,
      people: { callers: { teams, people: {} as never }, mail },
      publicUrl: () => 'https://points.example',
      config: null,
      ...{ payments, logger: silentLogger },
    });
  const parts = process();
  let programs = 0;
  let events = 0;

  const stage: BillingStage = {
    ...parts,
    ...{ store, standIn, payments, letters, process },
    nowMs: wallNowMs,
    setNow: (ms) => {
      nowMs = ms;
    },
    pass: (ms) => {
      nowMs += ms;
    },
    newProgram: async (organisationId = `org_${randomUUID().slice(0, 8)}`) => {
      programs += 1;
      const address: Program['address'] = `0x${String(programs).padStart(40, '0')}`;
      const id = `prg_41337_${address.slice(2)}`;
      const program = { ...RECORDED_PROGRAM, id, address, organisationId };
      const live: Program = { ...program, environment: 'live', chainId: 41_337 };
      await store.programs.insert(live);
      return live;
    },
    record: async ({ id: programId }, count) => {
      const entries = Array.from({ length: count }, () => {
        events += 1;
        return entry({ programId, memberId: `m-${programId}`, eventId: `e-${events}` });
      });
      await store.actionLog.insert(entries);
    },
    buyPlan: async ({ organisationId }) => {
      await parts.graphql.billing.startCheckout(organisationId, randomUUID());
      const { account } = await store.billingAccounts.read(organisationId);
      const customerId = account.customerId ?? '';
      const open = [...standIn.state.sessions.values()].find(
        ({ customer, status }) => customer === customerId && status === 'open',
      );
      const subscription = standIn.state.complete(open?.id ?? '');
      const view = standIn.state.subscriptionView(subscription);
      await stage.receive(standIn.event('customer.subscription.created', view));
      await stage.settle();
      return customerId;
    },
    receive: async ({ body }) => {
      const signature = signatureOf(body);
      await parts.paymentEvents?.receive(Buffer.from(body), signature);
    },
    settle: async (of = parts) => {
      for (let round = 0; round < MAX_ROUNDS; round += 1) {
        if ((await of.worker?.step()) !== true) return;
      }
      throw new Error('billing never comes to rest');
    },
    close: async () => {
      await store.close();
      await standIn.close();
    },
  };
  return stage;
}
