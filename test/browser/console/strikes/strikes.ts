import { setTimeout as delay } from 'node:timers/promises';
import type { Page, Request, Route } from 'playwright-core';
import { expect, vi, type RunnerTask } from 'vitest';
import { sendOn } from '../../sendOn.ts';
import { rememberPressed, takeRole } from './roleTaken.ts';
import { STRUCK } from './struck.ts';

/** What happens to every write of a page on its way, once to each. */
const STRIKES = ['answerLost', 'sentTwice', 'sessionEnded', 'reloaded', 'roleTaken'] as const;
export type Strike = (typeof STRIKES)[number];

/** By the number of a variant. A story has all of them in the whole matrix, and two that differ in a normal run. */
const BY_TURN: readonly Strike[] = [
  ...(['answerLost', 'sentTwice', 'reloaded', 'sessionEnded'] as const),
  ...(['answerLost', 'sessionEnded', 'roleTaken', 'reloaded'] as const),
];

/** Set to the name of a strike to have it everywhere. */
const FORCED = STRIKES.find((strike) => strike === process.env['DEWPOINT_STRIKE']);

/** Chooses by turns. @param turn number of the variant */
export const strikeOf = (turn: number): Strike =>
  FORCED ?? BY_TURN[turn % BY_TURN.length] ?? 'answerLost';

/** Whose writes are struck, for the strikes that have to know. */
export interface StruckPerson {
  /** What the page says, in the person's language, when the role is too low. */
  readonly forbidden: string;
  /** What it offers, after it was loaded again, for a write that a wallet is to sign first. */
  readonly goOn: string;
  /** Takes the role away, and gives it back; left out where the person has none that can be taken. */
  readonly becomes?: (role: 'viewer' | 'own') => Promise<void>;
}

interface Struck {
  readonly page: Page;
  readonly route: Route;
  readonly person: StruckPerson;
  /** Whether the page has sent the same again. */
  readonly cameAgain: () => boolean;
  /** Waits for the answers to what else the page has asked, and holds up what it asks until something is done. */
  readonly whileHeld: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

/** How often the page is told that the person is back, and how long it has to take it in. */
const LOOKS = 100;
const LOOK_MS = 200;

/** The service does it, and the page never learns so. */
async function loseAnswer({ route }: Struck): Promise<void> {
  await sendOn(route);
  await route.abort('connectionreset');
}

/** Two of the same arrive within one moment; the page has the answer of the later one. */
async function sendTwice({ route }: Struck): Promise<void> {
  const [, second] = await Promise.all([sendOn(route), sendOn(route)]);
  await route.fulfill({ response: second });
}

/** The service turns it away, as the session is over; then the person has signed in again, in another tab. */
async function endSession({ page, route, cameAgain }: Struck): Promise<void> {
  const request = route.request();
  const { cookie: _, ...headers } = await request.allHeaders();
  // Past the browser, which would add the cookie: the page may ask for other things meanwhile.
  const answer = await fetch(request.url(), {
    ...{ method: 'POST', body: request.postData() },
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(':'))),
  });
  const body = await answer.text();
  if (!body.includes('UNAUTHENTICATED')) throw new Error(`the service did it for nobody: ${body}`);
  const contentType = answer.headers.get('content-type') ?? '';
  await route.fulfill({ status: answer.status, contentType, body });
  // The page first has to take in that it was turned away; one that is loaded anew asks again by itself.
  for (let looks = 0; looks < LOOKS && !cameAgain(); looks += 1) {
    await page.evaluate(() => void dispatchEvent(new Event('online')));
    await delay(LOOK_MS);
  }
}

const REFUSED = /"(errors|userErrors)":\[\{/;

/** The service does it, and the page is loaded again before its answer comes. What it refuses is answered: nothing was done. */
async function reload({ page, route, person: { goOn }, whileHeld }: Struck): Promise<void> {
  // Else the page could show by itself that it is done, and the story go on under the reload.
  const body = await whileHeld(async () => {
    const response = await sendOn(route);
    const text = await response.text();
    if (REFUSED.test(text)) await route.fulfill({ response, body: text });
    else await page.reload();
    return text;
  });
  // Nothing is signed of itself: the person says that it goes on.
  if (body.includes('"toSign":{')) {
    await page.getByRole('button', { name: goOn, exact: true }).first().click();
  }
}

/** The role is too low by the time that it arrives; then it is given back. */
async function loseRole({ page, route, person, whileHeld }: Struck): Promise<void> {
  const { forbidden, becomes } = person;
  if (becomes === undefined) return route.fallback();
  await takeRole({ page, route, forbidden, becomes, whileHeld });
}

const STRIKE: Readonly<Record<Strike, (struck: Struck) => Promise<void>>> = {
  ...{ answerLost: loseAnswer, sentTwice: sendTwice, sessionEnded: endSession },
  ...{ reloaded: reload, roleTaken: loseRole },
};

/** Tells whether a request writes anything: a dry run does not. */
function isWrite(body: string): boolean {
  const { query = '', variables } = JSON.parse(body) as {
    readonly query?: string;
    readonly variables?: { readonly input?: { readonly dryRun?: boolean } };
  };
  return variables?.input?.dryRun !== true && /^\s*mutation \w+/m.test(query);
}

const SIGNED = /mutation TransactionSign\b/;
/** What everybody may do: no role stands in its way. */
const OF_ALL =
  /mutation (PreviewSession|SessionRevoke|TeamLeave|InvitationAccept|OrganisationCreate)\b/;

/** Follows of itself when what is in it was announced: there is nothing to press again. */
const FOLLOWS = /mutation DraftDelete\b/;

/** Asked for by a page of itself, anew whenever it is loaded: it would be loaded for ever, and under the hands of the person. */
const BY_ITSELF = /mutation PreviewSession\b/;

/** What a strike is not for; it is sent twice instead. A signature is the wallet's, and who was turned away with one is asked for it again. */
const NOT_FOR: Partial<Readonly<Record<Strike, readonly RegExp[]>>> = {
  sessionEnded: [SIGNED],
  reloaded: [BY_ITSELF],
  roleTaken: [SIGNED, OF_ALL, FOLLOWS],
};
const strikeFor = (body: string, wanted: Strike): Strike =>
  NOT_FOR[wanted]?.some((kind) => kind.test(body)) === true ? 'sentTwice' : wanted;

/** Whether a page was closed, which a test may do while the answer of its last write is on its way. */
const isClosing = (error: unknown): boolean =>
  /disposed|has been closed|Target closed|context was destroyed|ERR_ABORTED|interrupted by another/.test(
    String(error),
  );

/** Names of the documents that were struck in this file. */
const struck = new Set<string>();

const isPassed = (task: RunnerTask): boolean =>
  task.type === 'suite' ? task.tasks.every(isPassed) : task.result?.state === 'pass';

/** Makes sure, after the stories of a file, that all its writes were struck that are in the list. Run in part, it proves nothing. */
// eslint-disable-next-line no-empty-pattern -- the runner reads what is wanted of the context from this pattern: nothing
export function isStruckAsListed({}: object, suite: Readonly<RunnerTask>): void {
  if (FORCED !== undefined || !isPassed(suite)) return;
  const file = (expect.getState().testPath ?? '').replace(/^.*\//, '');
  const listed = STRUCK[file] ?? [];
  expect([file, listed.filter((name) => !struck.has(name))]).toEqual([file, []]);
}

/** How long what a page asked before may take: one that was left tells no end. */
const ANSWERED_WITHIN_MS = 10_000;

/** Knows what a page has asked and is not answered yet: said to a viewer, or to a page that is gone, it would come in the middle. */
function watchAnswers(page: Page): { ask: (request: Request) => void; all: () => Promise<void> } {
  const asked = new Set<Request>();
  const end = (request: Request): void => void asked.delete(request);
  page.context().on('requestfinished', end).on('requestfailed', end);
  return {
    ask: (request) => void asked.add(request),
    all: async () => {
      await vi.waitUntil(() => asked.size === 0, ANSWERED_WITHIN_MS).catch(() => asked.clear());
    },
  };
}

/** Strikes that a page is in the middle of. */
const underWay = new WeakMap<Page, Set<Promise<void>>>();

/** Waits until a page is through with its strikes: one that is loaded again shows nothing for a moment. */
export async function strikesAreOver(page: Page): Promise<void> {
  await Promise.allSettled(Array.from(underWay.get(page) ?? []));
}

/** Has every write of a page struck once on its way to the API of the console; what the page sends again for it is let through. */
export async function strikeWrites(
  page: Page,
  wanted: Strike,
  person: StruckPerson,
): Promise<void> {
  /** How often each was sent, by its body. */
  const sent = new Map<string, number>();
  /** Names of those that a role was too low for, until they are pressed again. */
  const refused = new Set<string>();
  let held: Promise<unknown> = Promise.resolve();
  const answered = watchAnswers(page);
  const whileHeld = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    const working = answered.all().then(work);
    held = working.catch(() => undefined);
    return working;
  };
  const ofPage = new Set<Promise<void>>();
  underWay.set(page, ofPage);
  if (wanted === 'roleTaken') await rememberPressed(page);
  await page.context().route('**/console/graphql', async (route) => {
    const body = route.request().postData() ?? '{}';
    await held;
    if (!isWrite(body)) {
      answered.ask(route.request());
      return route.fallback();
    }
    const strike = strikeFor(body, wanted);
    const [, name = ''] = /mutation (\w+)/.exec(body) ?? [];
    const times = (sent.get(body) ?? 0) + 1;
    sent.set(body, times);
    // What is pressed again after a refusal is another write, with a key and a time of its own.
    const isPressedAgain = refused.delete(name);
    if (times > 1 || isPressedAgain) return route.fallback();
    if (strike === 'roleTaken') refused.add(name);
    const cameAgain = (): boolean => (sent.get(body) ?? 0) > 1;
    struck.add(name);
    if (FORCED !== undefined) console.log('STRUCK', strike, name);
    const at = { page: route.request().frame().page(), route, person };
    const striking = STRIKE[strike]({ ...at, cameAgain, whileHeld });
    ofPage.add(striking);
    try {
      await striking;
    } catch (error) {
      if (isClosing(error)) return;
      if (FORCED !== undefined) console.error('STRUCK', strike, name, error);
      throw error;
    } finally {
      ofPage.delete(striking);
    }
  });
}
