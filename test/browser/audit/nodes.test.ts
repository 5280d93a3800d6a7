import { HAS_CHROMIUM } from '@dewpoint/contracts/testing/browser/chromium.ts';
import {
  startEventfulModules,
  type EventfulModules,
} from '@dewpoint/contracts/testing/eventfulModules.ts';
import { startTamperingProxy, type Tamper } from '@dewpoint/contracts/testing/tamperingProxy.ts';
import {
  all,
  answering,
  changingLog,
  plusOne,
  withCode,
  without,
} from '@dewpoint/contracts/testing/tampers.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, type OpenBrowser, type Variant, type WatchedPage } from '../openBrowser.ts';
import {
  auditFragment,
  commandJson,
  SAVE_REPORT,
  savedBy,
  startAuditSite,
  startListening,
  verdictOf,
  type StartedServer,
} from './auditSite.ts';

const DESK: Variant = { language: 'en', width: 1280, theme: 'light' };
const PHONE: Variant = { language: 'zh', width: 390, theme: 'light' };

let eventful: EventfulModules;
let browser: OpenBrowser;
let site: StartedServer;
beforeAll(async () => {
  [eventful, browser, site] = await Promise.all([
    startEventfulModules(),
    openBrowser(),
    startAuditSite(),
  ]);
});
afterAll(async () => {
  await Promise.all([browser?.close(), site?.stop(), eventful?.program.stop()]);
});

const open = (
  node: string,
  variant = DESK,
  more: Partial<{ program: string; from: number; chain: number }> = {},
) =>
  browser.open(
    `${site.url}${auditFragment({ program: eventful.program.address, node, ...more })}`,
    variant,
  );

/** Runs something against a node that lies. */
async function lied(tamper: Tamper, run: (node: string) => Promise<void>): Promise<void> {
  const proxy = await startTamperingProxy(eventful.program.chain.url, tamper);
  try {
    await run(proxy.url);
  } finally {
    await proxy.stop();
  }
}

/** Has every address be as wide as one can be: which letters it has is chance. */
const widenAddresses = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode as Text;
      const wide = text.data.replace(/0x[0-9a-fA-F]{40}/g, `0x${'D'.repeat(40)}`);
      if (wide !== text.data) text.data = wide;
    }
  });

/** A lie is good for one reading of the logs, so each reading gets its own. */
type Lie = readonly [about: string, variant: Variant, tamper: () => Tamper];
const LIES: readonly Lie[] = [
  ['another supply', DESK, () => answering('totalSupply', plusOne)],
  ['a round that went missing', PHONE, () => without('RoundSettled', 0)],
  ['other code', DESK, () => withCode(eventful.program.address, (code) => `${code}00`)],
  [
    'a log that nobody can read, and more money',
    PHONE,
    () =>
      all(
        changingLog('Deposited', 0, (log) => [{ ...log, data: log.data.slice(0, -64) }]),
        answering('reserve', plusOne),
      ),
  ],
];

describe.skipIf(!HAS_CHROMIUM)('a tampered chain', () => {
  it.each(LIES)(
    'looks broken, as the command line says it: %s',
    async (_about, variant, tamper) => {
      let expected = '';
      await lied(tamper(), async (node) => {
        const { text, exitCode } = await commandJson(node, eventful.program.address);
        expect(exitCode).toBe(1);
        expected = text;
      });
      // The page reads the logs twice: first for the words of the rules, of which no lie is, then to verify.
      await lied(tamper(), async (node) => {
        const watched = await open(node, variant);
        expect(await verdictOf(watched)).toBe('broken');
        expect(await savedBy(watched, SAVE_REPORT)).toBe(expected);
        const report = JSON.parse(expected) as {
          checks: {
            id: string;
            ok: boolean;
            differences: { expected: string; actual: string }[];
          }[];
        };
        const broken = report.checks.filter(({ ok }) => !ok);
        expect(await watched.page.locator('.drop.cracked').count()).toBe(broken.length);
        for (const { id, differences } of broken) {
          const row = watched.page.locator(`#promise-${id}`);
          expect(await row.getAttribute('open')).not.toBeNull();
          const shown = (await row.textContent()) ?? '';
          for (const { expected: should, actual } of differences) {
            expect(shown).toContain(should);
            expect(shown).toContain(actual);
          }
        }
        await widenAddresses(watched.page);
        expect(await watched.violations()).toEqual([]);
        expect(watched.problems).toEqual([]);
        await watched.shoot(`audit-broken-${broken[0]?.id ?? ''}`);
        await watched.context.close();
      });
    },
  );
});

/** Says in words what is wrong with a node, offers one thing to try, and says that nothing follows. */
async function expectUnknown(watched: WatchedPage, title: string, name: string): Promise<void> {
  expect(await verdictOf(watched)).toBe('unknown');
  const text = (await watched.page.locator('.verdict').textContent()) ?? '';
  expect(text).toContain(title);
  expect(text).toContain('Nothing follows from this');
  expect(text).toContain('To try:');
  expect(await watched.page.locator('.drop.cracked').count()).toBe(0);
  expect(await watched.violations()).toEqual([]);
  expect(watched.problems).toEqual([]);
  await watched.shoot(`audit-unknown-${name}`);
  await watched.context.close();
}

const refusing =
  (message: string): Tamper =>
  ({ method, params: [filter] }, result) => {
    if (method !== 'eth_getLogs') return result;
    // The words of the rules are left out where a node refuses them; verifying needs the logs.
    const { fromBlock, toBlock } = filter as { fromBlock: string; toBlock: string };
    if (fromBlock === toBlock && toBlock === 'latest') return result;
    throw new Error(message);
  };

/** A program that is none of this chain. */
const NOWHERE = '0x00000000000000000000000000000000000000aa';

describe.skipIf(!HAS_CHROMIUM)('a node that can not help', () => {
  it('is said not to answer when nothing is there', async () => {
    const gone = await startListening('/', (_request, response) => response.end());
    await gone.stop();
    await expectUnknown(await open(`http://${gone.host}`), 'does not answer', 'silent');
  });

  it('is said not to allow pages when it answers others', async () => {
    const strict = await startListening('/', (_request, response) => response.end('{}'));
    await expectUnknown(await open(strict.url), 'answers, but not to pages', 'no-cors');
    await strict.stop();
  });

  it('is said to limit when it does', async () => {
    const headers = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' };
    const busy = await startListening('/', ({ method }, response) =>
      response.writeHead(method === 'OPTIONS' ? 204 : 429, headers).end(),
    );
    const watched = await open(busy.url);
    await watched.page.waitForSelector('.verdict.unknown', { timeout: 120_000 });
    await expectUnknown(watched, 'limits how often it is asked', 'limited');
    await busy.stop();
  });

  it('is said to have another chain', async () => {
    const watched = await open(eventful.program.chain.url, DESK, { chain: 8_453 });
    await expectUnknown(watched, 'has another chain: 31337', 'wrong-chain');
  });

  it('is said to have no contract, or one that is no program', async () => {
    const node = eventful.program.chain.url;
    await expectUnknown(
      await open(node, DESK, { program: NOWHERE }),
      'There is no contract',
      'no-contract',
    );
    const other = eventful.program.deployed.forwarder;
    await expectUnknown(await open(node, DESK, { program: other }), 'is no program', 'no-program');
  });

  it('is said to lack old logs, or to refuse logs at all', async () => {
    await lied(refusing('history has been pruned for this block'), async (node) =>
      expectUnknown(await open(node), 'does not have the old logs', 'pruned'),
    );
    await lied(refusing('method eth_getLogs is disabled'), async (node) =>
      expectUnknown(await open(node), 'refuses to hand out logs', 'range'),
    );
  });

  it('is not to blame when the link begins too late', async () => {
    const head = Number(await eventful.program.provider.send('eth_blockNumber', []));
    const watched = await open(eventful.program.chain.url, DESK, { from: head - 5 });
    await expectUnknown(watched, 'begins after the program was created', 'too-late');
  });

  it('is told when it is refused in Chinese too', async () => {
    const gone = await startListening('/', (_request, response) => response.end());
    await gone.stop();
    const watched = await open(`http://${gone.host}`, PHONE);
    expect(await verdictOf(watched)).toBe('unknown');
    expect(await watched.page.locator('.verdict').textContent()).toContain('没有回应');
    await watched.shoot('audit-unknown-silent');
    await watched.context.close();
  });
});

describe.skipIf(!HAS_CHROMIUM)('verifying', () => {
  it('can be stopped, says that nothing was found out, and begins again', async () => {
    let isHeld = true;
    const slow: Tamper = (_request, result) => result;
    const proxy = await startTamperingProxy(eventful.program.chain.url, slow);
    const held = await startListening('/', (request, response) => {
      const headers = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' };
      if (request.method === 'OPTIONS') return void response.writeHead(204, headers).end();
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        // The first reading has no page of logs: this one waits until the visitor has had enough.
        if (isHeld && body.includes('eth_getLogs') && !body.includes('latest')) return;
        void fetch(proxy.url, { method: 'POST', body }).then(async (answer) =>
          response.writeHead(200, headers).end(await answer.text()),
        );
      });
    });
    const watched = await open(held.url);
    const { page } = watched;
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.waitForSelector('.verdict.open');
    expect(await page.locator('.verdict').textContent()).toContain('Nothing was found out');
    isHeld = false;
    await page.getByRole('button', { name: 'Verify' }).click();
    expect(await verdictOf(watched)).toBe('kept');
    await watched.context.close();
    await Promise.all([held.stop(), proxy.stop()]);
  });
});
