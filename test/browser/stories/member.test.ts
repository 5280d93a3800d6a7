import { HAS_CHROMIUM } from '@dewpoint/contracts/testing/browser/chromium.ts';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { openBrowser, type OpenBrowser, type Variant } from '../openBrowser.ts';
import { variantsOf } from '../variants.ts';
import { startWalletService, type WalletService } from '../wallet/walletService.ts';
import { visit, type Visit } from '../wallet/visitor.ts';
import { change } from './change.ts';
import { keep } from './keep.ts';
import { receipts } from './receipts.ts';
import { redeem } from './redeem.ts';
import { sell } from './sell.ts';
import type { Story } from './story.ts';

/** In this order: four that follow each other are looked at in all variants together. */
const STORIES: readonly Story[] = [sell, change, keep, receipts, redeem];

let service: WalletService;
let browser: OpenBrowser;
beforeAll(async () => {
  [service, browser] = await Promise.all([startWalletService(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await service?.close();
});

async function tell(story: Story, how: Pick<Visit, 'variant' | 'hands'>): Promise<void> {
  const cafe = await service.openCafe();
  await story.prepare(cafe);
  const visitor = await visit(browser, { cafe, memberId: 'mei', story: story.name, ...how });
  try {
    await story.tell({ cafe, service, visitor });
  } catch (error) {
    throw await visitor.explained(error);
  } finally {
    // The stories after this one are told on the same chain.
    await service.releaseBlocks();
    await visitor.watched.context.close();
  }
}

const BY_KEYS: readonly Variant[] = [
  { language: 'en', width: 1280, theme: 'light' },
  { language: 'zh', width: 390, theme: 'dark' },
];

describe.skipIf(!HAS_CHROMIUM).each(STORIES.map((story, turn) => ({ ...story, turn })))(
  '$guarantees',
  (story) => {
    it.each(variantsOf(story.turn))('seen in $language at $width, $theme', (variant) =>
      tell(story, { variant, hands: 'pointer' }),
    );

    it('by the keyboard alone, and the focus is never lost', async () => {
      const variant = BY_KEYS[story.turn % BY_KEYS.length];
      if (variant !== undefined) await tell(story, { variant, hands: 'keys' });
    });
  },
);
