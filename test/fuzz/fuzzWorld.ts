import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NO_COUNT_CAP, NO_END, NO_POINTS_CAP } from '@dewpoint/contracts/formula.ts';
import type { Address } from '@dewpoint/contracts/statement.ts';
import { NO_BUDGET_CAP } from '@dewpoint/contracts/terms.ts';
import { openMailbox } from '@dewpoint/server/testing/people/mailbox.ts';
import { createWorld, type World } from '../world/world.ts';
import type { FuzzCaller } from './callers.ts';
import { settleNeighbour, type Neighbour } from './neighbour.ts';
import { createTenant, resultOf, signUp, type Reached, type Tenant } from './tenant.ts';

/** 2026-01-01, 00:00 UTC. */
const STARTS_AT = 1_767_225_600;

/** A service with programs of three organisations, and what it logged as failures. */
export interface FuzzWorld {
  readonly world: World;
  readonly failures: readonly string[];
  /** Gives one of each kind that there is, with sessions that are good. None of them has a right in the neighbour's organisation. */
  readonly callers: () => Promise<readonly FuzzCaller[]>;
  /** Addresses of all programs. */
  readonly programs: readonly Address[];
  readonly neighbour: Neighbour;
  stop(): Promise<void>;
}

/** Starts a service for requests that are made up. */
export async function startFuzzWorld(): Promise<FuzzWorld> {
  const dir = mkdtempSync(join(tmpdir(), 'dewpoint-fuzz-'));
  const failures: string[] = [];
  const mailbox = await openMailbox();
  const rule = { perAction: 100n, perUnit: 1_000_000n, maxCount: NO_COUNT_CAP };
  const world = await createWorld({
    ...{ dir, startsAt: STARTS_AT, budgetPerEpoch: NO_BUDGET_CAP },
    rules: [
      { id: 0, name: 'visit', text: '', ...rule, maxPoints: NO_POINTS_CAP, untilEpoch: NO_END },
    ],
    logLevel: 'error',
    onLog: (line) => failures.push(line),
    env: () => ({
      SMTP_URL: mailbox.url,
      DEWPOINT_MAIL_FROM: 'Dewpoint <points@shop.example>',
      DEWPOINT_TRUSTED_PROXIES: '1',
      DEWPOINT_SESSION_RATE_LIMIT: '0',
      DEWPOINT_ADDRESS_RATE_LIMIT: '0',
    }),
  });
  const stop = async (): Promise<void> => {
    await world.stop();
    await mailbox.close();
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    await world.startServer();
    const reached = { url: new URL(world.apiUrl()).origin, mailbox };
    const token = await moneyOf(world);
    const ours = await createTenant(reached, { slug: 'ours', token });
    const neighbour = await settleNeighbour(reached, token);
    const programs = [world.program.address, ours.address, neighbour.address];
    const lasting = await callersOf(world, reached, ours);
    const callers = async (): Promise<FuzzCaller[]> => [...lasting, await memberOf(world)];
    return { world, failures, callers, programs, neighbour, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What asks for what, without a person. */
type AskBy = (key: string, query: string) => Promise<Record<string, unknown>>;

const askAt =
  (apiUrl: string): AskBy =>
  async (key, query) => {
    const response = await fetch(apiUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ query }),
    });
    return resultOf((await response.json()) as never);
  };

/** Token that a program's buyback pays with. */
async function moneyOf({ program, apiUrl }: World): Promise<Address> {
  const query = '{ program { settings { settlementToken { address } } } }';
  const { settings } = (await askAt(apiUrl())(program.apiKey, query)) as {
    settings: { settlementToken: { address: Address } };
  };
  return settings.settlementToken.address;
}

let sessions = 0;
async function memberOf({ apiUrl, program }: World): Promise<FuzzCaller> {
  const idempotencyKey = `fuzz-${(sessions += 1)}`;
  const create = `mutation { memberSessionCreate(input: { memberId: "fuzzed", idempotencyKey: "${idempotencyKey}" }) { token userErrors { code } } }`;
  const { token } = await askAt(apiUrl())(program.apiKey, create);
  return { name: 'a member', headers: { authorization: `Bearer ${String(token)}` } };
}
const INVITE = `mutation ($input: InvitationCreateInput!) { invitationCreate(input: $input) { invitation { id } userErrors { code } } }`;
const ACCEPT = `mutation ($input: InvitationAcceptInput!) { invitationAccept(input: $input) { userErrors { code } } }`;

async function viewerOf(ours: Tenant, reached: Reached): Promise<FuzzCaller['headers']> {
  const email = 'viewer@ours.example';
  const input = { email, role: 'VIEWER', idempotencyKey: 'viewer' };
  const { invitation } = resultOf(await ours.ask(INVITE, { input })) as {
    invitation: { id: string };
  };
  const viewer = await signUp(reached, email);
  const accept = { id: invitation.id, idempotencyKey: 'viewer' };
  resultOf(await viewer.ask(ACCEPT, { input: accept }));
  return { cookie: viewer.cookie(), origin: reached.url };
}

async function callersOf(world: World, reached: Reached, ours: Tenant): Promise<FuzzCaller[]> {
  const { apiKey, operatorApiKey } = world.program;
  const stranger = await signUp(reached, 'nobody@elsewhere.example');
  const bearer = (key: string): FuzzCaller['headers'] => ({ authorization: `Bearer ${key}` });
  const origin = reached.url;
  const named = { 'dewpoint-organisation': ours.slug, 'dewpoint-program': ours.programId };
  return [
    { name: 'nobody', headers: {} },
    { name: "an app's key", headers: bearer(apiKey) },
    { name: "an operator's key", headers: bearer(operatorApiKey) },
    { name: 'a key with every scope', headers: bearer(ours.key) },
    {
      name: 'a key of an organisation',
      headers: { ...bearer(ours.wholeKey), 'dewpoint-program': ours.programId },
    },
    { name: 'an owner', headers: { cookie: ours.owner.cookie(), origin, ...named } },
    { name: 'a viewer', headers: { ...(await viewerOf(ours, reached)), ...named } },
    { name: 'a person in no team', headers: { cookie: stranger.cookie(), origin } },
  ];
}
