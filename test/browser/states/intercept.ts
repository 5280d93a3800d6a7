import type { Page, Route } from 'playwright-core';
import { sendOn } from '../sendOn.ts';

/** What becomes of the questions of a page. */
type Treatment = 'pass' | 'hold' | 'fail' | 'stale' | 'paused';

/** What is between a page and the service. */
export interface Intercept {
  /** What becomes of questions from now on. Those that are held are let go in the same way. */
  treat(how: Treatment): Promise<void>;
}

/** Without a session there is no page to look at. */
const OF_SESSIONS = /mutation Redeem|query Who/;

/** As the service says it when it can not reach its records. */
const FAILURE = {
  errors: [
    {
      message: 'The database does not answer.',
      extensions: {
        ...{ code: 'DATABASE_UNAVAILABLE', number: 'DW-9004', requestId: 'req-0123' },
        timestamp: '2026-01-01T00:00:00.000Z',
      },
    },
  ],
};

/** The answer with another value wherever it has a field of this name. */
const withField = (value: unknown, name: string, other: unknown): unknown => {
  if (Array.isArray(value)) return value.map((one) => withField(one, name, other));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === name ? other : withField(inner, name, other),
    ]),
  );
};

/** As the service says it when the chain is silent, each part that says so says it is old; and when nothing new is recorded. */
const SAID = {
  stale: (answer: unknown) => withField(answer, 'stale', true),
  paused: (answer: unknown) =>
    withField(answer, 'recordingStopped', { since: '2026-01-01T00:00:00.000Z' }),
} as const;

async function settle(route: Route, how: Exclude<Treatment, 'hold'>): Promise<void> {
  if (how === 'pass') return route.continue();
  if (how === 'fail') return route.fulfill({ json: FAILURE });
  const response = await sendOn(route);
  await route.fulfill({ response, json: SAID[how](await response.json()) });
}

/** Puts itself between a page and the service, before the page is loaded. */
export async function intercept(page: Page, first: Treatment): Promise<Intercept> {
  let treatment = first;
  const held: Route[] = [];
  await page.route('**/graphql', async (route) => {
    const isOfSession = OF_SESSIONS.test(route.request().postData() ?? '');
    if (treatment === 'hold' && !isOfSession) return void held.push(route);
    await settle(route, isOfSession || treatment === 'hold' ? 'pass' : treatment);
  });
  return {
    treat: async (how) => {
      treatment = how;
      if (how === 'hold') return;
      await Promise.all(held.splice(0).map((route) => settle(route, how)));
    },
  };
}
