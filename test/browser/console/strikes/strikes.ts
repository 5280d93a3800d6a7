import { setTimeout as delay } from 'node:timers/promises';
import type { BrowserContext, Page, Route } from 'playwright-core';

/** What happens to every write of a page on its way, once to each. */
export type Strike = 'answerLost' | 'sentTwice' | 'sessionEnded';

const STRIKES: readonly Strike[] = ['answerLost', 'sentTwice', 'sessionEnded'];

/** Chooses by turns, so that each story has each of them in the whole matrix. @param turn number of the variant */
export const strikeOf = (turn: number): Strike => STRIKES[turn % STRIKES.length] ?? 'answerLost';

interface Struck {
  readonly page: Page;
  readonly route: Route;
  /** Whether the page has sent the same again. */
  readonly cameAgain: () => boolean;
}

/** How often the page is told that the person is back, and how long it has to take it in. */
const LOOKS = 100;
const LOOK_MS = 200;

/** The service does it, and the page never learns so. */
async function loseAnswer({ route }: Struck): Promise<void> {
  await route.fetch();
  await route.abort('connectionreset');
}

/** Two of the same arrive within one moment; the page has the answer of the later one. */
async function sendTwice({ route }: Struck): Promise<void> {
  const [, second] = await Promise.all([route.fetch(), route.fetch()]);
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

const STRIKE: Readonly<Record<Strike, (struck: Struck) => Promise<void>>> = {
  ...{ answerLost: loseAnswer, sentTwice: sendTwice, sessionEnded: endSession },
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

/** Whether a page was closed, which a test may do while the answer of its last write is on its way. */
const isClosing = (error: unknown): boolean =>
  /disposed|has been closed|Target closed|context was destroyed/.test(String(error));

/** Has every write of a context struck once on its way to the API of the console; what the page sends again for it is let through. */
export async function strikeWrites(context: BrowserContext, strike: Strike): Promise<void> {
  /** How often each was sent. */
  const sent = new Map<string, number>();
  await context.route('**/console/graphql', async (route) => {
    const body = route.request().postData() ?? '{}';
    if (!isWrite(body)) return route.fallback();
    // A signature is the wallet's: who was turned away with one is asked for it again, which no page does by itself.
    if (strike === 'sessionEnded' && SIGNED.test(body)) return route.fallback();
    const times = (sent.get(body) ?? 0) + 1;
    sent.set(body, times);
    if (times > 1) return route.fallback();
    const cameAgain = (): boolean => (sent.get(body) ?? 0) > 1;
    try {
      await STRIKE[strike]({ page: route.request().frame().page(), route, cameAgain });
    } catch (error) {
      if (!isClosing(error)) throw error;
    }
  });
}
