import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HAS_CHROMIUM } from '@dewpoint/contracts/testing/browser/chromium.ts';
import {
  startEventfulProgram,
  type EventfulProgram,
} from '@dewpoint/contracts/testing/eventfulProgram.ts';
import { packLines } from '@dewpoint/contracts/statement.ts';
import { STATEMENT_TYPES } from '@dewpoint/contracts/typedData.ts';
import type { Wallet } from 'ethers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, type OpenBrowser, type WatchedPage } from '../openBrowser.ts';
import {
  auditFragment,
  commandJson,
  SAVE_REPORT,
  savedBy,
  startAuditSite,
  verdictOf,
  type StartedServer,
} from './auditSite.ts';

let eventful: EventfulProgram;
let browser: OpenBrowser;
let site: StartedServer;
let watched: WatchedPage;
let dir: string;
beforeAll(async () => {
  [eventful, browser, site] = await Promise.all([
    startEventfulProgram(),
    openBrowser(),
    startAuditSite(),
  ]);
  const { address, chain } = eventful.program;
  const fragment = auditFragment({ program: address, node: chain.url });
  watched = await browser.open(`${site.url}${fragment}`, {
    language: 'en',
    width: 1280,
    theme: 'dark',
  });
  await verdictOf(watched);
  dir = await mkdtemp(join(tmpdir(), 'dewpoint-files-'));
});
afterAll(async () => {
  await Promise.all([browser?.close(), site?.stop(), eventful?.program.stop()]);
});

/** Gives the page a file, and answers what the page says it is. */
async function given(name: string, text: string): Promise<{ file: string; title: string }> {
  const file = join(dir, name);
  await writeFile(file, text);
  const { page } = watched;
  const before = await page.locator('.finding').count();
  await page.locator('#evidence-file').setInputFiles(file);
  await page.waitForFunction(
    (count) => document.querySelectorAll('.finding').length > count,
    before,
  );
  return { file, title: (await page.locator('.finding h3').first().textContent()) ?? '' };
}

async function receiptOf(
  signer: Wallet,
  lines = packLines([{ ruleId: 2, count: 1n, amount: 0n }]),
): Promise<string> {
  const { program, ada } = eventful;
  const value = { member: ada.address, epoch: 11, lines };
  const signature = await signer.signTypedData(program.domain, STATEMENT_TYPES, value);
  const { epoch } = value;
  return JSON.stringify({
    ...{ chainId: 31_337, points: program.address, account: ada.address, epoch, lines },
    ...{ signer: signer.address, signature },
  });
}

/** The recorder that is in office. */
const inOffice = async (): Promise<Wallet> => {
  const { program, ada, ben, cem } = eventful;
  const address = String(await program.read('points', 'recorder'));
  const all = [program.recorder, program.stranger, program.operator, ada, ben, cem];
  const found = all.find((wallet) => wallet.address === address);
  if (found === undefined) throw new Error(`no test has the key of ${address}`);
  return found;
};

describe.skipIf(!HAS_CHROMIUM)('a file of the visitor', () => {
  it('that is a receipt is good when who is in office signed it, and its report is the command line’s', async () => {
    const { file, title } = await given('receipt.json', await receiptOf(await inOffice()));
    expect(title).toBe('The receipt is good');
    const { chain, address } = eventful.program;
    const { text } = await commandJson(chain.url, address, ['--receipt', file]);
    expect(await savedBy(watched, SAVE_REPORT)).toBe(text);
  });

  it('that is a receipt is bad when nobody signed it who counts, or it was changed', async () => {
    const receipt = await receiptOf(await inOffice());
    const changed = JSON.stringify({ ...(JSON.parse(receipt) as object), epoch: 10 });
    expect((await given('changed.json', changed)).title).toContain('not signed by who it names');
    const foreign = await receiptOf(eventful.ben);
    expect((await given('foreign.json', foreign)).title).toContain('does not count');
    const other = JSON.stringify({ ...(JSON.parse(receipt) as object), chainId: 1 });
    expect((await given('other.json', other)).title).toContain('another chain');
  });

  it('that is a text is no small print where there is none, and what can not be read says why', async () => {
    expect((await given('text.md', '# Small print')).title).toContain('no small print');
    expect((await given('broken.json', '{"signature": "0x"}')).title).toContain('can not be read');
  });

  it('that proves an action of a log that nobody anchored proves nothing', async () => {
    const hash = `0x${'5'.repeat(64)}`;
    const { program, ada } = eventful;
    const entry = {
      ...{ contract: program.address, kind: 'action', account: ada.address, eventId: 'order-1' },
      ...{ recordedAtMs: 1, occurredAtMs: 1, maturesAtMs: null, ruleId: 1, count: 1, amount: '0' },
      ...{ evidenceHash: null, salt: hash },
    };
    const proof = JSON.stringify({ epoch: 9, entry, chunkProof: [], rootsProof: [] });
    expect((await given('proof.json', proof)).title).toContain('not anchored');
    expect(await watched.violations()).toEqual([]);
    expect(watched.problems).toEqual([]);
    await watched.shoot('audit-files');
  });
});
