import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT_DIR } from '@dewpoint/infra/paths.ts';
import { isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createProgramOn,
  SERVICE_SETTINGS,
  TEST_ORGANISATION,
} from '../testing/builders/program.ts';
import {
  placesBeyond,
  placesOf,
  placesOfMembers,
  type Place,
} from '../testing/isolation/places.ts';
import { startPeopled, type PeopledService } from '../testing/isolation/team.ts';
import {
  INSIDERS,
  PEOPLE_THIEVES,
  PROGRAM_THIEVES,
  UNKNOWN_THIEVES,
  type Thief,
} from '../testing/isolation/thieves.ts';
import { createVictim, type Victim } from '../testing/isolation/victim.ts';
import { walk } from '../testing/isolation/walk.ts';
import { KEY_SCOPES } from '../domain/organisations/scopes.ts';
import { keyOwner } from '../services/access/apiKeys.ts';
import { turnOnTwoFactor } from '../testing/people/people.ts';
import { until, type KeyedProgram } from '../testing/service.ts';
import { schema } from './schema.ts';

/** Three programs are filled; on a busy machine that takes its time. */
const SETUP_TIMEOUT_MS = 600_000;

let peopled: PeopledService;
/** Of another organisation; of the other environment; and of the same organisation in test, for a live key. */
let victims: { theirs: Victim; live: Victim; second: Victim };
/** What the other organisation has, before anybody else asks for it. */
let before: unknown;
const types = new Set<string>();

async function createSecond(): Promise<KeyedProgram> {
  const { foundation, services } = peopled.service;
  const { id: _, ...created } = await createProgramOn(
    foundation,
    { ...SERVICE_SETTINGS, name: 'Second' },
    TEST_ORGANISATION,
  );
  const program = await services.programs.register(created);
  const { key } = await services.apiKeys.create(keyOwner(program), 'test', KEY_SCOPES);
  await until('the rules are read', async () => {
    const known = await services.programs.get(program.id);
    return known !== null && known.ruleSets.length > 0;
  });
  return { program, key };
}

beforeAll(async () => {
  peopled = await startPeopled({ hasLive: true });
  const { service, team, theirOwner } = peopled;
  if (service.live === null) throw new Error('there is no live program');
  const mineToo = await createSecond();
  // Beside a live program, an owner changes the team with an authenticator app only.
  await turnOnTwoFactor(team.owner.browser);
  // Who is to ask has fewer than who is asked for, so that the highest numbers are of the latter alone.
  const [theirs, live, second] = await Promise.all([
    createVictim(service, service.theirs, { tag: 'theirs', items: 2, owner: theirOwner }),
    createVictim(service, service.live, { tag: 'live', items: 1, owner: team.owner }),
    createVictim(service, mineToo, { tag: 'second', items: 2, owner: team.owner }),
  ]);
  victims = { theirs, live, second };
  before = await theirs.state();
}, SETUP_TIMEOUT_MS);
afterAll(() => peopled.close());

/**
 * Keys last: what is then called under them is done in the program of who asks, which has numbers of its own from then on.
 */
const isKey = ({ kind }: Place): boolean => kind === 'idempotencyKey';
const keys = placesOf().filter(isKey);
const places = placesOf().filter((place) => !isKey(place));

async function walkAs(
  name: string,
  headers: Thief['headers'] | undefined,
  victim: Victim,
  asked: readonly Place[] = places,
): Promise<void> {
  if (headers === undefined) throw new Error(`there is no ${name}`);
  const { url } = peopled.service;
  const thief = { name, headers };
  expect(await walk({ url, thief, victim, places: asked, types })).toEqual([]);
}
function liveProgram(): KeyedProgram {
  if (peopled.service.live === null) throw new Error('there is no live program');
  return peopled.service.live;
}

const EVERYTHING = 'a key for everything';
/** Scopes narrow what a key may ask for, whatever it names: each has its walk above. */
const OF_ALL_SCOPES = [EVERYTHING, 'a key of the whole environment', 'a session of a member'];
async function ofProgram(name: string, keyed: KeyedProgram): Promise<Thief['headers'] | undefined> {
  return PROGRAM_THIEVES[name]?.({ service: peopled.service, keyed });
}

describe('what another organisation has is no different from what there is not', () => {
  it.each(Object.keys(UNKNOWN_THIEVES))('for %s', async (name) => {
    await walkAs(name, await UNKNOWN_THIEVES[name]?.(null), victims.theirs);
  });
  it.each(Object.keys(PROGRAM_THIEVES))('for %s', async (name) => {
    await walkAs(name, await ofProgram(name, peopled.service.mine), victims.theirs);
  });
  it.each(Object.keys(PEOPLE_THIEVES))('for %s', async (name) => {
    await walkAs(name, await PEOPLE_THIEVES[name]?.(peopled), victims.theirs);
  });
  it('for a live key', async () => {
    await walkAs('a live key', await ofProgram(EVERYTHING, liveProgram()), victims.theirs);
  });
});

describe('what an organisation has in one environment is no different from what there is not', () => {
  it.each(OF_ALL_SCOPES)('for %s of test, if it is live', async (name) => {
    await walkAs(name, await ofProgram(name, peopled.service.mine), victims.live);
  });
  it.each(OF_ALL_SCOPES)('for %s of live, if it is test', async (name) => {
    await walkAs(name, await ofProgram(name, liveProgram()), victims.second);
  });
});

describe('what a program has is no different from what there is not, for those in it', () => {
  it.each(Object.entries(INSIDERS))('%s, where it has not the scope', async (name, insider) => {
    const headers = await insider.headers(peopled, victims.second.keyed);
    await walkAs(name, headers, victims.second, placesBeyond(insider.scopes));
  });
});

describe('a key under which a mutation was called is free for everybody else', () => {
  it.each(Object.keys(PROGRAM_THIEVES))('for %s', async (name) => {
    await walkAs(name, await ofProgram(name, peopled.service.mine), victims.theirs, keys);
  });
  it.each(Object.keys(PEOPLE_THIEVES))('for %s', async (name) => {
    await walkAs(name, await PEOPLE_THIEVES[name]?.(peopled), victims.theirs, keys);
  });
  it('in the other environment', async () => {
    const test = await ofProgram(EVERYTHING, peopled.service.mine);
    await walkAs(EVERYTHING, test, victims.live, keys);
    const live = await ofProgram(EVERYTHING, liveProgram());
    await walkAs(EVERYTHING, live, victims.second, keys);
  });
});

it('after all of it, what another organisation has is what it was', async () => {
  expect(await victims.theirs.state()).toEqual(before);
});

describe('what a member has is no different from what there is not', () => {
  // After the others: its own session is another of the program.
  it('for another member of the same program', async () => {
    const headers = await ofProgram('a session of a member', victims.second.keyed);
    await walkAs('another member', headers, victims.second, placesOfMembers());
  });
});

/** Types that need a story which the victims have not, and the test that shows who sees them. A new one is met here, or is listed. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  // The root types, and what only the answer to a call of one's own has.
  Query: 'server/src/graphql/schema.test.ts',
  Mutation: 'server/src/graphql/schema.test.ts',
  ContractCall: 'server/src/graphql/buyback/roundMutations.live.test.ts',
  DocumentPutPayload: 'server/src/graphql/terms/document.live.test.ts',
  SigningRequest: 'server/src/graphql/programs/operatorOffer.live.test.ts',
  WalletNonceCreatePayload: 'server/src/graphql/access/walletVerify.live.test.ts',
  ChangeOutlook: 'server/src/graphql/programs/operatorOffer.live.test.ts',
  TermsDifference: 'server/src/graphql/terms/document.live.test.ts',
  // What a day that is over leaves: logs, rounds and objections.
  ActionProof: 'server/src/graphql/actions/anchor.live.test.ts',
  Anchor: 'server/src/graphql/actions/anchor.live.test.ts',
  DropPart: 'server/src/graphql/complaints.live.test.ts',
  ExpectedResult: 'server/src/graphql/members/memberConnections.live.test.ts',
  LastRound: 'server/src/graphql/terms/pendingChange.live.test.ts',
  RoundEdge: 'server/src/graphql/scopes.live.test.ts',
  RoundResult: 'server/src/graphql/buyback/roundMutations.live.test.ts',
  Share: 'server/src/graphql/members/memberConnections.live.test.ts',
  ShareEdge: 'server/src/graphql/members/memberConnections.live.test.ts',
  Objection: 'server/src/graphql/members/memberConnections.live.test.ts',
  ObjectionEdge: 'server/src/graphql/members/memberConnections.live.test.ts',
  InvitationOffer: 'server/src/graphql/organisations/team.live.test.ts',
  MemberMerge: 'server/src/graphql/members/memberMerge.live.test.ts',
  Document: 'server/src/graphql/terms/document.live.test.ts',
  TermsDraft: 'server/src/graphql/terms/drafts/termsDraft.live.test.ts',
  TermsDraftDeletePayload: 'server/src/graphql/terms/drafts/termsDraft.live.test.ts',
  // What asks for a payment, an endpoint, or a rule set.
  BillingDay: 'server/src/graphql/billing/billing.live.test.ts',
  BillingInvoice: 'server/src/graphql/billing/billing.live.test.ts',
  BillingPlan: 'server/src/graphql/billing/billing.live.test.ts',
  ReserveTopUp: 'server/src/graphql/billing/reserveTopUps.live.test.ts',
  RecordingStop: 'server/src/graphql/billing/billing.live.test.ts',
  WebhookAttempt: 'server/src/graphql/webhooks/webhooks.live.test.ts',
  WebhookDelivery: 'server/src/graphql/webhooks/webhooks.live.test.ts',
  WebhookDeliveryConnection: 'server/src/graphql/webhooks/webhooks.live.test.ts',
  WebhookDeliveryEdge: 'server/src/graphql/webhooks/webhooks.live.test.ts',
  RuleSetPreview: 'server/src/graphql/terms/figures/ruleSetPreview.live.test.ts',
  PreviewedRule: 'server/src/graphql/terms/figures/ruleSetPreview.live.test.ts',
  PreviewedEpoch: 'server/src/graphql/terms/figures/ruleSetPreview.live.test.ts',
  PreviewedMember: 'server/src/graphql/terms/figures/ruleSetPreview.live.test.ts',
  PreviewSpreadStep: 'server/src/graphql/terms/figures/ruleSetPreview.live.test.ts',
  // What costs more than the walk may ask for at once.
  LiabilityDay: 'server/src/graphql/programs/liability.live.test.ts',
  LiabilityOnChain: 'server/src/graphql/programs/liability.live.test.ts',
  // What went wrong.
  AuditBreak: 'server/src/graphql/access/auditLog.live.test.ts',
  AuditError: 'server/src/graphql/access/auditLog.live.test.ts',
  RejectedAction: 'server/src/graphql/complaints.live.test.ts',
  RejectedActions: 'server/src/graphql/tenants.live.test.ts',
};

describe('the walk', () => {
  it('meets an object of every type of the schema', () => {
    for (const victim of Object.values(victims)) for (const type of victim.types) types.add(type);
    const all = Object.values(schema.getTypeMap()).filter(isObjectType);
    const unmet = all.map(({ name }) => name).filter((name) => !types.has(name));
    const listed = Object.keys(ELSEWHERE);
    const unsaid = unmet.filter((name) => !name.startsWith('__') && !listed.includes(name));
    expect(unsaid).toEqual([]);
    expect(listed.filter((name) => types.has(name))).toEqual([]);
  });

  it('names a test that is there for every other type', () => {
    const gone = Object.entries(ELSEWHERE).filter(([, file]) => !existsSync(join(ROOT_DIR, file)));
    expect(gone).toEqual([]);
  });
});
