import type { TestService } from '@dewpoint/server/testing/service.ts';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { OpenBrowser, Variant, WatchedPage } from '../openBrowser.ts';
import { wordsOf } from '../wallet/words.ts';
import { createScriptedWallet, WALLET_NAME, type ScriptedWallet } from './scriptedWallet.ts';

type Values = Readonly<Record<string, string | number>>;

/** A member in the wallet, with a wallet of its own in the browser. */
export interface OwnVisit extends WatchedPage {
  readonly wallet: ScriptedWallet;
  /** Presses a button by its words, of the catalogue. */
  press(key: string, values?: Values): Promise<void>;
  sees(key: string, values?: Values): Promise<void>;
  /** Chooses the wallet where the page asks for one. */
  pressWallet(): Promise<void>;
  /** Links the wallet of the page to a member, by a way in that is good once. */
  link(): Promise<void>;
  checked(shot: string): Promise<void>;
  end(): Promise<void>;
}

/** Opens an address of the service with a scripted wallet in the page. */
export async function openWithWallet(
  { service, browser }: { readonly service: TestService; readonly browser: OpenBrowser },
  url: string,
  variant: Variant,
): Promise<OwnVisit> {
  const wallet = await createScriptedWallet(service.foundation.anvil.url);
  const watched = await browser.open(url, variant, { prepare: (page) => wallet.enter(page) });
  const words = wordsOf(variant.language);
  const { page } = watched;
  const visit: OwnVisit = {
    ...watched,
    wallet,
    press: (key, values) =>
      page
        .getByRole('button', { name: words(key, values), exact: true })
        .last()
        .click(),
    sees: (key, values) => page.getByText(words(key, values)).last().waitFor(),
    pressWallet: () => page.getByRole('button', { name: WALLET_NAME, exact: true }).last().click(),
    link: async () => {
      await visit.pressWallet();
      await visit.sees('ownWallet.sign.title');
      await visit.press('ownWallet.sign.sign', { wallet: WALLET_NAME });
      await visit.sees('ownWallet.moved');
    },
    checked: async (shot) => {
      expect(await watched.violations()).toEqual([]);
      expect(await smallTargets(page)).toEqual([]);
      await watched.shoot(shot);
    },
    end: async () => {
      expect(watched.problems).toEqual([]);
      expect([...watched.hosts]).toEqual([new URL(service.url).host]);
      wallet.close();
      await watched.context.close();
    },
  };
  return visit;
}

/** Buttons that a finger would miss. */
const smallTargets = (page: Page): Promise<string[]> =>
  page
    .locator('button:visible, .button:visible')
    .evaluateAll((all) =>
      all
        .filter((each) => each.getBoundingClientRect().height < 44)
        .map((each) => each.textContent ?? ''),
    );
