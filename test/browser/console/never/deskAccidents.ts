import type { Role } from '@dewpoint/server/domain/organisations/roles.ts';
import { PASSWORD } from '@dewpoint/server/testing/people/people.ts';
import { until } from '@dewpoint/server/testing/service.ts';
import { expect } from 'vitest';
import type { WatchedPage } from '../../openBrowser.ts';
import { ACCIDENTS, type Struck } from '../../never/accidents.ts';
import { catchFirst } from '../../never/catchFirst.ts';
import type { Begun, Least, Try, WriteRow } from './row.ts';

/** What an accident happens to. */
export interface StruckDesk {
  readonly about: Try;
  readonly watched: WatchedPage;
  readonly row: WriteRow;
  readonly begun: Begun;
  /** Gives the person at the page another role, while the page is open. */
  becomes(role: Role): Promise<void>;
}

export interface DeskAccident {
  readonly name: string;
  /** Whether it is done after it. */
  readonly isDone: boolean;
  /** Whether the page is loaded again in it. */
  readonly isReloaded: boolean;
  /** The role of the person while the page is opened; the least that may when left out. */
  readonly role?: (needs: Least) => Role;
  happen(struck: StruckDesk): Promise<void>;
}

/** The highest role that may not. */
const MAY_NOT: Readonly<Record<Least, Role>> = {
  ...{ OWNER: 'manager', MANAGER: 'fulfiller', FULFILLER: 'viewer' },
};

const kindOf = ({ mutation }: WriteRow): RegExp => new RegExp(`mutation ${mutation}\\b`);

function struckOf({ about, watched, row, begun }: StruckDesk): Struck {
  const { page, say } = about;
  const status = begun.status ?? (() => page.locator('.transaction-status'));
  const says = (...keys: readonly string[]): Promise<void> =>
    status()
      .filter({ hasText: new RegExp(keys.map((key) => say(`shared:${key}`)).join('|')) })
      .first()
      .waitFor();
  return {
    ...{ service: about.stage, watched, kind: kindOf(row), button: begun.button },
    saysUnknown: () => says('write.unknown', 'errors.OFFLINE'),
    saysSent: () => says('write.SENT', 'write.QUEUED'),
  };
}

/** Those of the wallet, by words of their names. */
const sharedAs = (words: string, isReloaded: boolean): DeskAccident => {
  const accident = ACCIDENTS.find(({ name }) => name.includes(words));
  if (accident === undefined) throw new Error(`there is no accident with ${words}`);
  const { name } = accident;
  return {
    ...{ name, isReloaded, isDone: true },
    happen: (struck: StruckDesk): Promise<void> => accident.happen(struckOf(struck)),
  };
};

/** Counts what a page sends of a write from now on. */
function sentOf({ about: { page }, row }: StruckDesk): () => number {
  let sent = 0;
  const kind = kindOf(row);
  page.on('request', (request) => (sent += kind.test(request.postData() ?? '') ? 1 : 0));
  return () => sent;
}

/** All that happens to the writes of the console. */
export const DESK_ACCIDENTS: readonly DeskAccident[] = [
  sharedAs('pressed twice', false),
  {
    name: 'the role is too low',
    ...{ isDone: false, isReloaded: false },
    role: (needs) => MAY_NOT[needs],
    happen: async (struck: StruckDesk): Promise<void> => {
      const { about, begun, row } = struck;
      const sent = sentOf(struck);
      const gate = (begun.gate ?? begun.button)().first();
      await gate.waitFor();
      expect(await gate.isDisabled()).toBe(true);
      // A person who reads by ear is told by the control itself.
      const note = await gate.getAttribute('aria-describedby');
      await about.page
        .locator(`[id="${note}"]`)
        .getByText(about.say(`console:only.${row.needs}`))
        .waitFor();
      await gate.evaluate((element: HTMLElement) => element.click());
      expect(sent()).toBe(0);
    },
  },
  sharedAs('before it is sent', true),
  {
    name: 'the session has ended',
    ...{ isDone: true, isReloaded: false },
    happen: async ({ about: { page, say, field }, watched, begun }: StruckDesk): Promise<void> => {
      await watched.context.clearCookies();
      await begun.button().click();
      const again = page.getByRole('dialog', { name: say('console:signIn.again') });
      await again.waitFor();
      // Nothing is done for nobody.
      expect(await begun.count()).toBe(0);
      await field('console:signIn.password').fill(PASSWORD);
      await again.getByRole('button', { name: say('console:signIn.go') }).click();
      await again.waitFor({ state: 'detached' });
    },
  },
  sharedAs('before the answer comes', true),
  {
    name: 'the role is taken away while the page is open',
    ...{ isDone: false, isReloaded: false },
    happen: async ({ about: { page, say }, row, begun, becomes }: StruckDesk): Promise<void> => {
      await becomes(MAY_NOT[row.needs]);
      await begun.button().click();
      await page.getByText(say('console:errors.FORBIDDEN')).first().waitFor();
    },
  },
  sharedAs('the connection goes away', false),
  {
    name: 'the role is taken away while the page is loaded again',
    ...{ isDone: false, isReloaded: true },
    happen: async (struck: StruckDesk): Promise<void> => {
      const { about, row, begun, becomes } = struck;
      const { page, say } = about;
      const { caught } = await catchFirst(page, (body) => kindOf(row).test(body));
      await begun.button().click();
      await caught;
      await becomes(MAY_NOT[row.needs]);
      await page.reload();
      // Its form is empty, and its sheet closed: the page says of itself what was begun, and that it was not done.
      const news = page.getByRole('alert').filter({ hasText: say('console:resumed.words') });
      await news.getByText(say('console:errors.FORBIDDEN')).waitFor();
      await news.getByRole('button', { name: say('console:resumed.seen') }).click();
      await news.waitFor({ state: 'detached' });
    },
  },
];

/** Waits until it was done, and makes sure that it was once. */
export async function isDoneOnce({ count }: Begun): Promise<void> {
  await until('it is done', async () => (await count()) > 0);
  expect(await count()).toBe(1);
}
