import type { Locator, Page, Route } from 'playwright-core';
import type { WatchedPage } from '../openBrowser.ts';
import { sendOn } from '../sendOn.ts';
import type { WalletService } from '../wallet/walletService.ts';
import { catchFirst } from './catchFirst.ts';

/** What an accident happens to. */
export interface Struck {
  readonly service: WalletService;
  readonly watched: WatchedPage;
  /** Tells the request of the write by its body. */
  readonly kind: RegExp;
  /** What the member presses, found anew. */
  readonly button: () => ReturnType<Page['locator']>;
  /** Waits until the page says that it does not know what became of it. */
  readonly saysUnknown: () => Promise<void>;
  /** Waits until the page says that it is on its way. */
  readonly saysSent: () => Promise<void>;
}

/** Something that goes wrong in the middle of a write. */
export interface Accident {
  readonly name: string;
  /** Presses the button, and has it happen. */
  happen(struck: Struck): Promise<void>;
}

/** Presses the button, and catches the request that follows. */
async function catchRequest({ watched: { page }, kind, button }: Struck): Promise<Route> {
  const { caught } = await catchFirst(page, (body) => kind.test(body));
  await button().click();
  return caught;
}

/** In the order of the way that a write goes. */
export const ACCIDENTS: readonly Accident[] = [
  {
    name: 'the page is loaded again before it is sent',
    happen: async (struck: Struck): Promise<void> => {
      await catchRequest(struck);
      await struck.watched.page.reload();
    },
  },
  {
    name: 'the page is loaded again before the answer comes',
    happen: async (struck: Struck): Promise<void> => {
      const route = await catchRequest(struck);
      await sendOn(route);
      await struck.watched.page.reload();
    },
  },
  {
    name: 'the page is loaded again after the answer, and before the block',
    happen: async (struck: Struck): Promise<void> => {
      const { service, watched, kind, button } = struck;
      await service.holdBlocks();
      const answered = watched.page.waitForResponse((response) =>
        kind.test(response.request().postData() ?? ''),
      );
      await button().click();
      await answered;
      await struck.saysSent();
      await watched.page.reload();
      await struck.saysSent();
      await service.releaseBlocks();
    },
  },
  {
    name: 'the button is pressed twice',
    happen: async ({ button }: Struck): Promise<void> => {
      // Both within one turn of the page, as a finger that trembles.
      await button().evaluate((element: HTMLElement) => {
        element.click();
        element.click();
      });
    },
  },
  {
    name: 'the connection goes away in the middle',
    happen: async (struck: Struck): Promise<void> => {
      const route = await catchRequest(struck);
      await sendOn(route);
      await struck.watched.context.setOffline(true);
      await route.abort('internetdisconnected');
      await struck.saysUnknown();
      await struck.watched.context.setOffline(false);
    },
  },
];

/** Touches something that may be gone in the next moment. */
export const touchIfThere = (target: Locator): Promise<void> =>
  target.evaluateAll((found) => {
    for (const element of found) (element as HTMLElement).click();
  });
