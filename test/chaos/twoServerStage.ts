import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NO_COUNT_CAP, NO_END, NO_POINTS_CAP } from '@dewpoint/contracts/formula.ts';
import { NO_BUDGET_CAP } from '@dewpoint/contracts/terms.ts';
import { openBrowser, PASSWORD, type Browser } from '@dewpoint/server/testing/people/people.ts';
import type { Wallet } from 'ethers';
import { expect, vi } from 'vitest';
import { createLocalClock } from '../replay/play/localClock.ts';
import { createWorld, type World } from '../world/world.ts';
import { askServer, done, type Write } from './patientClient.ts';

/** Two server processes on one database and chain, with whoever asks them. */
export interface TwoServers {
  readonly world: World;
  /** An idempotency key that nothing else of the test has. */
  key(): string;
  /** URL of a server, without a path. */
  origin(server: number): string;
  /** What a key of an organisation without programs is answered: PROGRAM_NOT_NAMED while it is good. */
  keyState(server: number, text: string): Promise<string>;
  /** What a token of a member is answered: GOOD while it is. */
  sessionState(server: number, token: string): Promise<string>;
  /** Signs a person up and in. */
  person(name: string): Promise<Browser>;
  /** A person with a new organisation, whose slug is this name. */
  owner(name: string): Promise<{ readonly browser: Browser; readonly headers: Write['headers'] }>;
  /** Gives members settled points, one for each visit. */
  earn(members: readonly string[], visits: number): Promise<void>;
  close(): Promise<void>;
}

/** What a wallet is asked to sign (EIP-712). */
export interface TypedData {
  readonly domain: object;
  readonly types: Readonly<Record<string, { name: string; type: string }[]>>;
  readonly message: Readonly<Record<string, unknown>>;
}

/** Has a wallet sign. @param json As `eth_signTypedData_v4` takes it. */
export function signTyped(wallet: Pick<Wallet, 'signTypedData'>, json: string): Promise<string> {
  const { domain, types, message } = JSON.parse(json) as TypedData;
  const { EIP712Domain: _, ...own } = types;
  return wallet.signTypedData(domain, own, message);
}

export const bearer =
  (token: string): Write['headers'] =>
  () => ({ authorization: `Bearer ${token}` });

export const DAY_SECONDS = 86_400;
/** Any day will do: the chain's clock begins here. Unix seconds. */
export const STARTS_AT = 20_000 * DAY_SECONDS;
export const FIRST_ROUND_AT = STARTS_AT + 3 * DAY_SECONDS;
/** What takes a moment, and on a machine with much else to do minutes. */
export const WAIT = { timeout: 120_000, interval: 100 };

const VISIT = { id: 1, perAction: 100n, perUnit: 0n, name: 'visit', text: '' };
const RULES = [{ ...VISIT, maxCount: NO_COUNT_CAP, maxPoints: NO_POINTS_CAP, untilEpoch: NO_END }];
const VERIFY = /https?:\/\/[^\s"'\\]+(\/auth\/verify-email\?[^\s"'\\]+)/g;

export async function openTwoServers(): Promise<TwoServers> {
  const dir = mkdtempSync(join(tmpdir(), 'dewpoint-two-'));
  const logged: string[] = [];
  const world = await createWorld({
    ...{ dir, startsAt: STARTS_AT, rules: RULES, budgetPerEpoch: NO_BUDGET_CAP, servers: 2 },
    buyback: {
      ...{ firstRoundAt: FIRST_ROUND_AT, periodSeconds: 14 * DAY_SECONDS },
      windowSeconds: 3 * DAY_SECONDS,
      terms: { pricePerPoint: 10_000n, budgetPerRound: 0n, minTender: 100n },
    },
    ...{ logLevel: 'warn', onLog: (line) => logged.push(line) },
  });
  await Promise.all([world.startServer(0), world.startServer(1)]);
  let keys = 0;
  const key = (): string => `key-${(keys += 1)}`;
  const origin = (server: number): string => new URL(world.apiUrl(server)).origin;
  const codeOf = async (server: number, token: string, query: string): Promise<string> => {
    // One that was killed a moment ago has not said that anything is good.
    const body = await vi.waitFor(async () => {
      const answer = await askServer(world, server, bearer(token), query);
      if (answer === null) throw new Error(`server ${server} does not answer`);
      return answer;
    }, WAIT);
    return body.errors?.[0]?.extensions.code ?? 'GOOD';
  };
  const person: TwoServers['person'] = async (name) => {
    const email = `${name}@shop.example`;
    const browser = openBrowser(origin(0));
    await browser.post('/auth/sign-up/email', { name, email, password: PASSWORD });
    const link = (): string | undefined =>
      logged
        .filter((line) => line.includes(email))
        .flatMap((line) => [...line.matchAll(VERIFY)])
        .at(-1)?.[1];
    await vi.waitFor(() => expect(link()).toBeDefined(), WAIT);
    await browser.get(link() ?? '');
    const { status } = await browser.post('/auth/sign-in/email', { email, password: PASSWORD });
    expect(status).toBe(200);
    return browser;
  };
  return {
    ...{ world, key, origin, person },
    keyState: (server, text) => codeOf(server, text, '{ program { name } }'),
    sessionState: (server, token) => codeOf(server, token, '{ viewer { memberId } }'),
    owner: async (name) => {
      const browser = await person(name);
      const asPerson: Write['headers'] = (url) => ({ cookie: browser.cookie(), origin: url });
      await done(world, {
        name: 'organisationCreate',
        input: { name, slug: name, idempotencyKey: key() },
        ...{ selection: 'organisation { id }', headers: asPerson },
      });
      return {
        browser,
        headers: (url) => ({ ...asPerson(url), 'dewpoint-organisation': name }),
      };
    },
    earn: async (members, visits) => {
      const headers = bearer(world.program.apiKey);
      const { timestamp } = await createLocalClock(world.rpcUrl).now();
      const occurredAt = new Date(timestamp * 1_000).toISOString();
      const actions = members.map((memberId) => ({
        ...{ memberId, eventId: 'earned', rule: 'visit', count: visits, occurredAt },
      }));
      const selection = 'results { status }';
      await done(world, { name: 'actionsRecord', input: { actions }, selection, headers });
      for (const memberId of members) {
        const collect = { name: 'dropsCollect', input: { memberId }, selection: '', headers };
        await done(world, collect);
        const query = `{ member(memberId: "${memberId}") { balance { settled } } }`;
        await vi.waitFor(async () => {
          const body = await askServer(world, 0, headers, query);
          expect(body?.data?.['member']).toEqual({ balance: { settled: `${visits}.00` } });
        }, WAIT);
      }
    },
    close: async () => {
      await world.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
