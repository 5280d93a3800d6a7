import type { Page, Request } from 'playwright-core';

/** A page of a test, with what tells why it does not show what it should. */
interface OpenPage {
  readonly page: Page;
  /** Violations of its policy, errors of its scripts and of the console. */
  readonly problems: readonly string[];
  /** What it asked for and has no answer to, by the request: the path, and the name of the question. */
  readonly unanswered: ReadonlyMap<Request, string>;
}

/** The pages of this test file that are open now. */
const openPages = new Set<OpenPage>();
const MOST_CHARACTERS = 1_500;
const TEXT_WITHIN_MS = 5_000;

const QUESTION = /\b(?:query|mutation) \w+/;

const nameOf = (request: Request): string => {
  const [question = ''] = QUESTION.exec(request.postData() ?? '') ?? [];
  return `${request.method()} ${new URL(request.url()).pathname} ${question}`;
};

/** Keeps an eye on a page until it is closed. */
export function noteOpen(page: Page, problems: readonly string[]): void {
  const unanswered = new Map<Request, string>();
  const forget = (request: Request): void => void unanswered.delete(request);
  page.on('request', (request) => unanswered.set(request, nameOf(request)));
  page.on('requestfinished', forget);
  page.on('requestfailed', forget);
  const open = { page, problems, unanswered };
  openPages.add(open);
  page.on('close', () => openPages.delete(open));
}

async function describe({ page, problems, unanswered }: OpenPage): Promise<string> {
  const text = await page.locator('body').innerText({ timeout: TEXT_WITHIN_MS }).catch(String);
  return [
    `Seen at ${page.url()}:`,
    text.slice(0, MOST_CHARACTERS),
    ...problems.map((problem) => `Problem: ${problem}`),
    ...[...unanswered.values()].map((request) => `Unanswered: ${request}`),
  ].join('\n');
}

/** Says of each page that is open what it shows, what went wrong in it, and what it waits for. */
export const describeOpenPages = (): Promise<string[]> => Promise.all([...openPages].map(describe));
