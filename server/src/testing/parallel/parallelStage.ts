/** Two servers, and whoever calls mutations of them. */
import type { Address } from '@dewpoint/contracts/statement.ts';
import request from 'supertest';
import { setTimeout as delay } from 'node:timers/promises';
import { KEY_SCOPES } from '../../domain/organisations/scopes.ts';
import type { MemberRecord } from '../../ports/stores/members.ts';
import { programIdOf, type Program } from '../../domain/program.ts';
import { keyOwner } from '../../services/access/apiKeys.ts';
import { isRetryable } from '../../services/isRetryable.ts';
import { createProgramOn, MUTATION_SETTINGS, tokenOn } from '../builders/program.ts';
import { buyback, iso, rules } from '../builders/changeInput.ts';
import { DAY_MS } from '../builders/time.ts';
import { startProcess } from '../foundation.ts';
import { openMailbox } from '../people/mailbox.ts';
import {
  standInTopUpVariables,
  standInVariables,
  startStripeStandIn,
} from '../payments/stripeStandIn.ts';
import type { StandInState } from '../payments/standInState.ts';
import { openBrowser, PASSWORD, type Browser } from '../people/people.ts';
import {
  finalAnswer,
  startService,
  until,
  type Answer,
  type KeyedProgram,
  type MutationAnswer,
  type TestService,
} from '../service.ts';
import { inputTypeOf } from '../sampleInput.ts';
import type { Asker, Payload } from './parallelCall.ts';

/** A person who owns an organisation. */
export interface Owner {
  readonly browser: Browser;
  readonly organisationId: string;
  /** Asks for the organisation. */
  readonly ask: Asker;
  /** Asks for a program of the organisation. */
  askFor(program: Pick<Program, 'id'>): Asker;
}

export interface ParallelStage {
  readonly service: TestService;
  /** What the stand-in for the provider of payments keeps. */
  readonly paid: StandInState;
  /** Creates a program of its own for a call: no other call is in its way. Its first epoch is today by the clock of the chain. */
  newProgram(): Promise<KeyedProgram>;
  /** Creates a live program of an organisation; only where there is a live chain. */
  newLiveProgram(organisationId: string): Promise<Program>;
  /** Asks with a key, or with the token of a session. */
  withKey(key: string | null): Asker;
  /** Asks as a person. @param organisation Id or slug of whom it acts for; null for itself. @param program Left out for none. */
  asPerson(browser: Browser, organisation: string | null, program?: Pick<Program, 'id'>): Asker;
  /** Signs a person up and in. */
  person(name: string): Promise<Browser>;
  /** A person with a new organisation, whose slug is this name. */
  owner(name: string): Promise<Owner>;
  /** Calls a mutation until it is through. @throws Error when it is refused */
  act(by: Asker, name: string, input: object, selection?: string): Promise<MutationAnswer>;
  /** Gives a member settled points by the rule `visit`, at two points each. */
  earn(of: KeyedProgram, memberId: string, visits: number): Promise<MemberRecord>;
  /** Counts documents. */
  count(collection: string, filter: Payload): Promise<number>;
  /** Counts the transactions that mutations of this name have asked for, whatever came of them. */
  sent(mutation: string): Promise<number>;
  /** Counts the letters to an address. */
  letters(email: string): number;
  close(): Promise<void>;
}

/** As a worker rests that finds nothing to do: rounds without a rest would keep the calls from what they wait for. */
const ROUND_MS = 50;

/**
 * Does what a worker does, save what falls due by the clock: what the keeper would do first is left for the mutation that does it.
 *
 * @returns what ends it
 */
export function startWithoutKeeper({ foundation, services }: TestService): () => Promise<void> {
  const { indexer, registerCreated, settler, sender } = startProcess(foundation);
  let stopping = false;
  const round = async (): Promise<void> => {
    const { throughBlock, atHead } = await indexer.step();
    if (atHead) {
      await registerCreated.step();
      for (const program of await services.programs.list()) await settler.step(program);
    }
    if (throughBlock !== null) await sender.step(throughBlock);
  };
  const rounds = async (): Promise<void> => {
    while (!stopping) {
      await round().catch((error: unknown) => {
        // As a worker: a database that is slow to answer is asked again.
        if (!isRetryable(error)) throw error;
      });
      await delay(ROUND_MS);
    }
  };
  const running = rounds();
  return async () => {
    stopping = true;
    await running;
  };
}

const DAY_SECONDS = DAY_MS / 1_000;

/** The same as {@link MUTATION_SETTINGS}, with a name of its own: of two with the same settings the second one would be the first. */
const settingsOf = ({ key, mine }: TestService, startsAtMs: number): object => ({
  ...{ name: `Program ${key()}`, symbol: 'DEW', startsAt: iso(startsAtMs) },
  ...{ epochSeconds: DAY_SECONDS, settlementWindow: 40, transferable: true },
  ...{ noticeSeconds: 7 * DAY_SECONDS, objectionThresholdBps: 500, objectionCap: '100000' },
  settlementToken: mine.program.settlementToken.address,
  firstRoundAt: iso(startsAtMs + 3 * DAY_MS),
  roundPeriodSeconds: 14 * DAY_SECONDS,
  roundWindowSeconds: 3 * DAY_SECONDS,
  orderDeadlineSeconds: 7 * DAY_SECONDS,
  ...buyback(),
  opening: [{ budgetPerEpoch: '1000', rules: rules() }],
});

function askersOf(service: TestService): Pick<ParallelStage, 'withKey' | 'asPerson' | 'act'> {
  const urlOf = (server: number): string => service.servers[server]?.url ?? '';
  return {
    withKey: (key) => async (server, query, variables) => {
      const call = request(urlOf(server)).post('/graphql');
      if (key !== null) call.set('authorization', `Bearer ${key}`);
      return (await call.send({ query, variables })).body as Answer;
    },
    asPerson: (browser, organisation, program) => (server, query, variables) => {
      const headers = {
        ...(organisation !== null && { 'dewpoint-organisation': organisation }),
        ...(program !== undefined && { 'dewpoint-program': program.id }),
      };
      return browser.on(urlOf(server)).ask(query, variables, headers);
    },
    act: async (by, name, input, selection = 'transaction { id status }') => {
      const query = `mutation ($input: ${inputTypeOf(name)}) { ${name}(input: $input) {
        ${selection} userErrors { field code message } } }`;
      const keyed = { idempotencyKey: service.key(), ...input };
      const { data, errors } = await finalAnswer(() => by(0, query, { input: keyed }));
      const payload = data?.[name] as MutationAnswer | null | undefined;
      if (payload?.userErrors.length === 0) return payload;
      throw new Error(`${name}: ${JSON.stringify(payload ?? errors)}`);
    },
  };
}

export interface StageOptions {
  /** Whether the worker does by itself what falls due. */
  readonly hasKeeper: boolean;
  /** Whether all programs are of one organisation, which may move the clock of their chain then. */
  readonly hasOneOrganisation?: boolean;
  /** Whether there is a live chain besides, and reserves are topped up by card there. */
  readonly hasLive?: boolean;
}

export async function openParallelStage(options: StageOptions): Promise<ParallelStage> {
  const mailbox = await openMailbox();
  const standIn = await startStripeStandIn();
  const service = await startService({
    roles: options.hasKeeper ? ['both', 'both'] : ['api', 'api', 'worker'],
    settings: MUTATION_SETTINGS,
    hasOneOrganisation: options.hasOneOrganisation ?? false,
    hasLive: options.hasLive ?? false,
    env: async ({ live }) => ({
      SMTP_URL: mailbox.url,
      DEWPOINT_MAIL_FROM: 'Dewpoint <points@shop.example>',
      DEWPOINT_TRUSTED_PROXIES: '1',
      ...standInVariables(standIn.url),
      ...(live !== null && standInTopUpVariables(await tokenOn(live))),
    }),
  });
  let stopWorking = (): Promise<void> => Promise.resolve();
  if (!options.hasKeeper) {
    await service.servers[2]?.close();
    stopWorking = startWithoutKeeper(service);
  }
  const { foundation, services } = service;
  const database = foundation.store.peopleDatabase;
  const askers = askersOf(service);
  const person: ParallelStage['person'] = async (name) => {
    const [browser, email] = [openBrowser(service.url), `${name}@shop.example`];
    await browser.post('/auth/sign-up/email', { name, email, password: PASSWORD });
    const link = await mailbox.link(email, /verify-email/);
    await browser.get(link.slice(new URL(link).origin.length));
    await browser.post('/auth/sign-in/email', { email, password: PASSWORD });
    return browser;
  };
  const count: ParallelStage['count'] = (collection, filter) =>
    database.collection(collection).countDocuments(filter);
  return {
    ...{ service, paid: standIn.state, ...askers, person, count },
    letters: (email) => mailbox.to(email).length,
    sent: (requestKind) => count('transactions', { requestKind }),
    newProgram: async () => {
      const { nowMs } = await foundation.chain.clock.now();
      const startsAtMs = nowMs - (nowMs % DAY_MS);
      const by = askers.withKey(service.mine.key);
      const made = await askers.act(
        by,
        'programCreate',
        settingsOf(service, startsAtMs),
        'address',
      );
      const { chainId } = service.mine.program;
      const id = programIdOf({ chainId, address: made['address'] as Address });
      await until('the rules are read', async () => {
        const known = await services.programs.newest(id);
        return (known?.ruleSets.length ?? 0) > 0;
      });
      const program = await services.programs.newest(id);
      if (program === null) throw new Error(`there is no program ${id}`);
      const { key } = await services.apiKeys.create(keyOwner(program), 'test', KEY_SCOPES);
      return { program, key };
    },
    newLiveProgram: async (organisationId) => {
      if (foundation.live === null) throw new Error('there is no live chain');
      const name = { name: `Live ${service.key()}` };
      const { id: _, ...created } = await createProgramOn(foundation.live, name, organisationId);
      return services.programs.register(created);
    },
    owner: async (name) => {
      const browser = await person(name);
      const input = { name, slug: name };
      const made = await askers.act(
        askers.asPerson(browser, null),
        'organisationCreate',
        input,
        'organisation { id }',
      );
      const { id: organisationId } = made['organisation'] as { id: string };
      return {
        ...{ browser, organisationId, ask: askers.asPerson(browser, organisationId) },
        askFor: (program) => askers.asPerson(browser, organisationId, program),
      };
    },
    earn: async ({ program, key }, memberId, visits) => {
      const { nowMs } = await foundation.chain.clock.now();
      const by = askers.withKey(key);
      const occurredAt = new Date(nowMs).toISOString();
      const action = { memberId, eventId: service.key(), rule: 'visit', count: visits, occurredAt };
      const noKey = { idempotencyKey: undefined };
      const recording = { ...noKey, actions: [action] };
      await askers.act(by, 'actionsRecord', recording, 'results { status }');
      await askers.act(by, 'dropsCollect', { ...noKey, memberId }, '');
      const member = await services.members.find(program, memberId);
      if (member === null) throw new Error(`there is no member ${memberId}`);
      await until(`${memberId} has its points`, async () => {
        const { pending, settled } = await services.members.balance(program, member);
        return pending === 0n && settled > 0n;
      });
      return member;
    },
    close: async () => {
      await stopWorking();
      await service.close();
      await standIn.close();
      await mailbox.close();
    },
  };
}
