import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { unpackedChromium } from '@dewpoint/contracts/testing/browser/chromium.ts';
import { KEPT_DIR } from '@dewpoint/infra/paths.ts';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { noteOpen } from './openPages.ts';
import { violationsOn, watchPage } from './pageChecks.ts';

/** How a page is looked at. */
export interface Variant {
  readonly language: 'en' | 'zh';
  readonly width: 390 | 1280;
  readonly theme: 'light' | 'dark';
}

/** A page, and what it did that it should not. */
export interface WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly variant: Variant;
  /** Violations of its policy, errors of its scripts and of the console. */
  readonly problems: readonly string[];
  /** Every host that was asked for something, with its port. */
  readonly hosts: ReadonlySet<string>;
  /** Sentences of axe-core, one for each rule that is broken, and of what is wider than the page. */
  violations(): Promise<string[]>;
  /** Keeps a picture of the whole page. */
  shoot(name: string): Promise<void>;
}

/** One Chromium for the pages of a test. */
export interface OpenBrowser {
  open(url: string, variant: Variant, options?: OpenOptions): Promise<WatchedPage>;
  close(): Promise<void>;
}

interface OpenOptions {
  /** Motion is reduced, so that pictures are the same each time. */
  readonly motion?: boolean;
  /** What is done before the page loads. */
  readonly prepare?: (page: Page) => Promise<unknown>;
}

/** A busy machine takes a while for what takes a moment. */
const TIMEOUT_MS = 60_000;
const SHOTS = join(KEPT_DIR, 'browser-shots');
const FONTS = join(KEPT_DIR, 'fonts');
const require = createRequire(import.meta.url);

/** Has the browser use a file as its camera, and ask nobody. */
const cameraArgs = (file: string): string[] => [
  ...['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  `--use-file-for-fake-video-capture=${file}`,
];

/**
 * Starts Chromium with a Chinese font, which small machines lack.
 *
 * @param options.camera file that the camera shows over and over, in the format Y4M; without one there is no camera
 */
export async function openBrowser({
  camera,
}: { readonly camera?: string } = {}): Promise<OpenBrowser> {
  const { path, env } = await unpackedChromium();
  const browser = await chromium.launch({
    executablePath: path,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
      ...(camera === undefined ? [] : cameraArgs(camera)),
    ],
    env: { ...definedIn(env), FONTCONFIG_FILE: await fontConfig() },
  });
  await mkdir(SHOTS, { recursive: true });
  return {
    open: (url, variant, options = {}) => openPage(browser, url, variant, options),
    close: () => browser.close(),
  };
}

async function openPage(
  browser: Browser,
  url: string,
  variant: Variant,
  { motion = false, prepare }: OpenOptions,
): Promise<WatchedPage> {
  const { language, width, theme } = variant;
  const context = await browser.newContext({
    viewport: { width, height: width === 390 ? 844 : 900 },
    colorScheme: theme,
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: motion ? 'no-preference' : 'reduce',
    acceptDownloads: true,
    // Scripts that a test puts into the page are none of the page's.
    bypassCSP: false,
  });
  context.setDefaultTimeout(TIMEOUT_MS);
  const page = await context.newPage();
  const problems: string[] = [];
  const hosts = new Set<string>();
  noteOpen(page, problems);
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    // A node that does not answer is what some tests are about; the page says it in its own words.
    const isOfNetwork = /Failed to load resource|CORS policy|net::ERR/.test(message.text());
    if (message.type() === 'error' && !isOfNetwork) problems.push(message.text());
  });
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol.startsWith('http')) hosts.add(host);
  });
  await watchPage(page);
  await prepare?.(page);
  await page.goto(url);
  return {
    ...{ page, context, variant, problems, hosts },
    violations: () => violationsOn(page),
    shoot: (name) => shoot(page, variant, name),
  };
}

async function shoot(page: Page, variant: Variant, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  const { language, width, theme } = variant;
  // A dialog is where the visitor sees it.
  const fullPage = (await page.locator('dialog[open], [aria-modal="true"]').count()) === 0;
  // What sticks to the edge of the window is at the top of a whole page, and not across the middle of its picture.
  const top = await page.evaluate(() => scrollY);
  if (fullPage) await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
  await page.screenshot({
    path: join(SHOTS, `${name}.${language}.${width}.${theme}.png`),
    fullPage,
  });
  if (fullPage) await page.evaluate((was) => scrollTo({ top: was, behavior: 'instant' }), top);
}

/** A folder with one Chinese font and the system's own. */
async function fontConfig(): Promise<string> {
  await mkdir(FONTS, { recursive: true });
  for (const weight of ['400Regular/NotoSansSC_400Regular', '600SemiBold/NotoSansSC_600SemiBold']) {
    const from = require.resolve(`@expo-google-fonts/noto-sans-sc/${weight}.ttf`);
    const to = join(FONTS, weight.replace(/^.*\//, '') + '.ttf');
    // Whole at once: another browser may read it.
    const whole = `${to}.${randomUUID()}`;
    await copyFile(from, whole);
    await rename(whole, to);
  }
  const file = join(FONTS, 'fonts.conf');
  await writeFile(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>${FONTS}</dir><dir>/usr/share/fonts</dir><cachedir>${join(FONTS, 'cache')}</cachedir>
${['sans-serif', 'system-ui', 'sans', 'serif'].map((family) => `<alias binding="strong"><family>${family}</family><prefer><family>Noto Sans SC</family></prefer></alias>`).join('\n')}
<alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family><family>Liberation Mono</family><family>Noto Sans SC</family></prefer></alias>
</fontconfig>`,
  );
  return file;
}

const definedIn = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
