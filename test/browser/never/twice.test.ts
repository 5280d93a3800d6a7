import { readFile } from 'node:fs/promises';
import { HAS_CHROMIUM } from '@dewpoint/contracts/testing/browser/chromium.ts';
import { DAY_MS } from '@dewpoint/server/testing/builders/time.ts';
import { until } from '@dewpoint/server/testing/service.ts';
import { Wallet } from 'ethers';
import type { Download } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, type OpenBrowser, type Variant, type WatchedPage } from '../openBrowser.ts';
import { moneyOf } from '../wallet/chainMoney.ts';
import {
  FIRST_ROUND_AFTER_MS,
  RESERVE,
  startWalletService,
  type Cafe,
  type WalletService,
} from '../wallet/walletService.ts';
import { untilLoaded } from '../wallet/visitor.ts';
import { wordsOf } from '../wallet/words.ts';
import { ACCIDENTS, touchIfThere, type Accident, type Struck } from './accidents.ts';

const VARIANT: Variant = { language: 'en', width: 390, theme: 'light' };
const say = wordsOf('en');
/** Where the money of each member goes: an address of its own. */
const savingsOf = (turn: number): string => `0x${'0'.repeat(35)}${turn}feed`;

let service: WalletService;
let browser: OpenBrowser;
let cafe: Cafe;
beforeAll(async () => {
  [service, browser] = await Promise.all([startWalletService(), openBrowser()]);
  cafe = await service.openCafe();
  // So much that the members of this test strike nothing down.
  await cafe.earn('li-wei', [{ rule: 'purchase', amount: '450000' }]);
  await cafe.fund(RESERVE);
  await cafe.pass(FIRST_ROUND_AFTER_MS);
  await cafe.announceLessForVisits();
});
afterAll(async () => {
  await browser?.close();
  await service?.close();
});

const memberOf = (turn: number): string => `member-${turn}`;

async function openAt(watched: WatchedPage, path: string): Promise<void> {
  await watched.page.evaluate((to) => void (location.hash = to), `#${path}`);
  await untilLoaded(watched.page);
}

/** What is said of a write in its place. */
const status = (watched: WatchedPage, key: string): Promise<void> =>
  watched.page
    .locator('.transaction-status', { hasText: say(key) })
    .first()
    .waitFor();

/** A write with what the page says of it. */
function struckBy(watched: WatchedPage, kind: RegExp, button: Struck['button']): Struck {
  return {
    ...{ service, watched, kind, button },
    saysUnknown: () => status(watched, 'write.unknown'),
    saysSent: () =>
      watched.page
        .locator('.transaction-status', {
          hasText: new RegExp(`${say('write.SENT')}|${say('write.QUEUED')}`),
        })
        .first()
        .waitFor(),
  };
}

interface OwnRecord {
  readonly share: { readonly amount: string } | null;
  readonly objections: {
    readonly edges: readonly { readonly node: { readonly amount: string } }[];
  };
}
const recordOf = async (turn: number): Promise<OwnRecord> => {
  const query = `{ member(memberId: "${memberOf(turn)}") {
    share(round: 0) { amount } objections(first: 5) { edges { node { amount } } } } }`;
  return (await cafe.ask<{ member: OwnRecord }>(query)).member;
};

/** Collects, as often as the drop hangs there. */
async function collects(watched: WatchedPage, accident: Accident, turn: number): Promise<void> {
  const { page } = watched;
  const button = (): ReturnType<Struck['button']> => page.locator('button.collect');
  const number = (): Promise<string | null> =>
    page.locator('.balance-number').getAttribute('data-points');
  await accident.happen({
    ...struckBy(watched, /mutation Collect/, button),
    // The words are in the pool: what hangs still, or what is on its way.
    saysUnknown: () => untilLoaded(page),
    saysSent: () => page.locator('.on-its-way', { hasText: '15.00' }).waitFor(),
  });
  await untilLoaded(page);
  await until('it is final', async () => {
    // What was never asked for hangs there as before, and is touched once more.
    await touchIfThere(page.locator('button.collect:not([disabled])'));
    await page.evaluate(() => void dispatchEvent(new Event('online')));
    return (await number()) === '15.00';
  });
  expect(await cafe.balance(memberOf(turn))).toMatchObject({ settled: '15.00', pending: '0.00' });
}

async function tenders(watched: WatchedPage, accident: Accident, turn: number): Promise<void> {
  const { page } = watched;
  await openAt(watched, '/buyback');
  await page.getByRole('button', { name: say('round.sell'), exact: true }).click();
  await page.locator('.amount-input').fill('7');
  await accident.happen(
    struckBy(watched, /mutation Tender/, () => page.locator('dialog button[type="submit"]')),
  );
  await status(watched, 'write.MINED');
  await page.locator('.offered-number', { hasText: '7.00' }).waitFor();
  expect((await recordOf(turn)).share?.amount).toBe('7.00');
}

async function takesBack(watched: WatchedPage, accident: Accident, turn: number): Promise<void> {
  const { page } = watched;
  await openAt(watched, '/buyback');
  await page.getByRole('button', { name: say('buyback.takeBack'), exact: true }).click();
  await page.locator('.amount-input').fill('1');
  await accident.happen(
    struckBy(watched, /mutation Untender/, () => page.locator('dialog button[type="submit"]')),
  );
  await status(watched, 'write.MINED');
  await page.locator('.offered-number', { hasText: '6.00' }).waitFor();
  expect((await recordOf(turn)).share?.amount).toBe('6.00');
}

async function objects(watched: WatchedPage, accident: Accident, turn: number): Promise<void> {
  const { page } = watched;
  await openAt(watched, '/rules/changes/1/object');
  await page.locator('dialog input').fill('1');
  await accident.happen(
    struckBy(watched, /mutation Object/, () => page.locator('dialog button[type="submit"]')),
  );
  await status(watched, 'write.MINED');
  await page
    .getByText(say('changes.mine.locked', { amount: '1.00' }))
    .first()
    .waitFor();
  const { objections } = await recordOf(turn);
  expect(objections.edges.map(({ node }) => node.amount)).toEqual(['1.00']);
}

async function sends(watched: WatchedPage, accident: Accident, turn: number): Promise<void> {
  const { page } = watched;
  await openAt(watched, '/money');
  const to = savingsOf(turn);
  const owed = await page.locator('.money-sum').textContent();
  await page.locator('.money-input').fill(to);
  await page.locator('form button[type="submit"]').click();
  await accident.happen(
    struckBy(watched, /mutation Send/, () => page.locator('dialog .actions button').last()),
  );
  await status(watched, 'write.MINED');
  await page.getByText(say('money.none')).waitFor();
  const sent = await moneyOf(service.service, cafe.program, to);
  expect(`${(Number(sent) / 1_000_000).toFixed(2)} LD`).toBe(owed);
}

describe.skipIf(!HAS_CHROMIUM).each(ACCIDENTS.map((accident, turn) => ({ ...accident, turn })))(
  'when $name',
  (accident) => {
    let watched: WatchedPage;
    beforeAll(async () => {
      await cafe.record(memberOf(accident.turn), [{ rule: 'review', count: 3 }]);
      watched = await browser.open(await cafe.link(memberOf(accident.turn)), VARIANT);
      await untilLoaded(watched.page);
    });
    afterAll(() => watched?.context.close());

    it('points are collected once', () => collects(watched, accident, accident.turn));
    it('they are offered once', () => tenders(watched, accident, accident.turn));
    it('they are taken back once', () => takesBack(watched, accident, accident.turn));
    it('an objection counts once', () => objects(watched, accident, accident.turn));
  },
);

const PASSPHRASE = 'morning dew on seven leaves';
const accidentOf = (words: string): Accident => {
  const found = ACCIDENTS.find(({ name }) => name.includes(words));
  if (found === undefined) throw new Error(`there is no accident with ${words}`);
  return found;
};

/** Opens the page that hands out the key of an account, once a day, with its form filled in. */
async function toKeep(watched: WatchedPage): Promise<void> {
  await openAt(watched, '/me/keep');
  for (const field of ['#keep-words', '#keep-again']) {
    await watched.page.locator(field).fill(PASSPHRASE);
  }
}

const keepButton = ({ page }: WatchedPage): ReturnType<Struck['button']> =>
  page.locator('form button[type="submit"]');

/** Whether the page says that there is one a day, and when the next is. */
async function isRefusedToday(watched: WatchedPage): Promise<void> {
  await toKeep(watched);
  await keepButton(watched).click();
  const [before = ''] = say('keep.onceADay', { moment: '|' }).split('|');
  await watched.page.locator('.keep-outcome', { hasText: before }).waitFor();
}

async function accountIn(saved: Promise<Download>): Promise<string> {
  const text = await readFile(await (await saved).path(), 'utf8');
  return (await Wallet.fromEncryptedJson(text, PASSPHRASE)).address;
}

describe.skipIf(!HAS_CHROMIUM)('the key of an account is handed out once a day', () => {
  it.each([
    { words: 'before it is sent', hasFile: true },
    // What only that page could open is lost with it.
    { words: 'before the answer comes', hasFile: false },
    { words: 'pressed twice', hasFile: true },
    { words: 'the connection goes away', hasFile: true },
  ])('also when something happens: $words', async ({ words, hasFile }) => {
    const memberId = `keeper-${words.replaceAll(' ', '-')}`;
    await cafe.record(memberId, [{ rule: 'visit' }]);
    const watched = await browser.open(await cafe.link(memberId), VARIANT);
    const { page } = watched;
    await untilLoaded(page);
    await toKeep(watched);
    const offline = page.locator('.keep-outcome', { hasText: say('errors.OFFLINE') });
    const isTwice = words === 'pressed twice';
    const atOnce = isTwice ? page.waitForEvent('download') : null;
    await accidentOf(words).happen({
      ...struckBy(watched, /mutation KeyExport/, () => keepButton(watched)),
      saysUnknown: () => offline.waitFor(),
    });
    if (hasFile) {
      const saved = atOnce ?? page.waitForEvent('download');
      if (!isTwice) {
        // The form of a page that was loaded again is empty.
        await toKeep(watched);
        await keepButton(watched).click();
      }
      const { member } = await cafe.ask<{ member: { account: string } }>(
        `{ member(memberId: "${memberId}") { account } }`,
      );
      expect(await accountIn(saved)).toBe(member.account);
      await page.reload();
    }
    await isRefusedToday(watched);
    expect(watched.problems).toEqual([]);
    await watched.context.close();
  });
});

describe.skipIf(!HAS_CHROMIUM)('after the round', () => {
  beforeAll(async () => {
    await cafe.pass(3 * DAY_MS);
    await until('the round is settled', async () => {
      const query = '{ program { rounds(first: 1) { edges { node { state } } } } }';
      const { rounds } = (
        await cafe.ask<{ program: { rounds: { edges: { node: { state: string } }[] } } }>(query)
      ).program;
      return rounds.edges[0]?.node.state === 'SETTLED';
    });
  });

  it.each(ACCIDENTS.map((accident, turn) => ({ ...accident, turn })))(
    'money is sent once when $name',
    async (accident) => {
      const watched = await browser.open(await cafe.link(memberOf(accident.turn)), VARIANT);
      await untilLoaded(watched.page);
      await sends(watched, accident, accident.turn);
      await watched.context.close();
    },
  );
});
