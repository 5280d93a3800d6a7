import type { BrowserContext, Page, Route } from 'playwright-core';

/** What happens to every write of a page on its way, once to each. */
export type Strike = 'answerLost' | 'sentTwice' | 'sessionEnded';

const STRIKES: readonly Strike[] = ['answerLost', 'sentTwice', 'sessionEnded'];

/** Chooses by turns, so that each story has each of them in the whole matrix. @param turn number of the variant */
export const strikeOf = (turn: number): Strike => STRIKES[turn % STRIKES.length] ?? 'answerLost';

interface Struck {
  readonly page: Page;
  readonly route: Route;
}

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
async function endSession({ page, route }: Struck): Promise<void> {
  const request = route.request();
  const { cookie: _, ...headers } = await request.allHeaders();
  // Past the browser, which would add the cookie: the page may ask for other things meanwhile.
  const answer = await fetch(request.url(), {
    ...{ method: 'POST', body: request.postData() },
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(':'))),
  });
  if (answer.ok) throw new Error('the service did it for nobody');
  await route.fulfill({
    status: answer.status,
    contentType: answer.headers.get('content-type') ?? '',
    body: await answer.text(),
  });
  await page.evaluate(() => void dispatchEvent(new Event('online')));
}

const STRIKE: Readonly<Record<Strike, (struck: Struck) => Promise<void>>> = {
  ...{ answerLost: loseAnswer, sentTwice: sendTwice, sessionEnded: endSession },
};

/** Finds the name of the mutation that a request sends; null for one that writes nothing. */
export function writeIn(body: string | null): string | null {
  const { query = '', variables } = JSON.parse(body ?? '{}') as {
    readonly query?: string;
    readonly variables?: { readonly input?: { readonly dryRun?: boolean } };
  };
  if (variables?.input?.dryRun === true) return null;
  return /^\s*mutation (\w+)/m.exec(query)?.[1] ?? null;
}

/** Whether a page was closed, which a test may do while the answer of its last write is on its way. */
const isClosing = (error: unknown): boolean =>
  /disposed|has been closed|Target closed/.test(String(error));

/** Has every write of a context struck once on its way to the API of the console; what the page sends again for it is let through. */
export async function strikeWrites(context: BrowserContext, strike: Strike): Promise<void> {
  const known = new Set<string>();
  await context.route('**/console/graphql', async (route) => {
    const body = route.request().postData();
    const mutation = writeIn(body);
    if (mutation === null || known.has(body ?? '')) return route.fallback();
    known.add(body ?? '');
    try {
      await STRIKE[strike]({ page: route.request().frame().page(), route });
    } catch (error) {
      if (!isClosing(error)) throw error;
    }
  });
}
