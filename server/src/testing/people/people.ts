/** People of tests: signed up and in as pages do it, over the routes of a running service. */
import { createHmac } from 'node:crypto';
import request, { type Response, type Test } from 'supertest';
import type { Answer } from '../service.ts';
import type { Mailbox } from './mailbox.ts';

/** Of every person of tests. */
export const PASSWORD = 'correct horse battery';

/** What a route answered. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What a browser keeps of the answers of one server, and sends to each. */
export interface Browser {
  /** URL of the server that it talks to. */
  readonly url: string;
  /** The header `cookie`; empty before the first sign-in. */
  cookie(): string;
  post(path: string, body?: object): Promise<Reply>;
  get(path: string): Promise<Reply>;
  /** Asks the API as a page does. @param headers Such as `dewpoint-organisation`. */
  ask(
    query: string,
    variables?: object,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>;
  /** The same browser on another server of the service. */
  on(url: string): Browser;
}

const OK = 200;

let addresses = 0;

/** Opens a browser at an address of its own; the service has to trust one proxy for that. */
export function openBrowser(
  url: string,
  jar = new Map<string, string>(),
  number?: number,
): Browser {
  const at = number ?? (addresses += 1);
  const address = `10.${(at >> 16) & 255}.${(at >> 8) & 255}.${at & 255}`;
  const cookie = (): string => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const keep = ({ status, headers, body }: Response): Reply => {
    const set = (headers['set-cookie'] ?? []) as unknown as string[];
    for (const line of set) {
      const [pair = ''] = line.split(';');
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      if (value === '' || /max-age=0/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return { status, headers, body };
  };
  const from = (call: Test): Test => {
    call.set('origin', url).set('x-forwarded-for', address);
    return cookie() === '' ? call : call.set('cookie', cookie());
  };
  return {
    url,
    cookie,
    post: async (path, body = {}) => keep(await from(request(url).post(path)).send(body)),
    get: async (path) => keep(await from(request(url).get(path))),
    ask: async (query, variables, headers = {}) => {
      const call = from(request(url).post('/graphql')).set(headers);
      const response = await call.send({ query, ...(variables !== undefined && { variables }) });
      return response.body as Answer;
    },
    on: (other) => openBrowser(other, jar, at),
  };
}

const VERIFY = /verify-email/;

/** Signs a person up and in, with its address as its name. */
export async function signedInAs(url: string, mailbox: Mailbox, email: string): Promise<Browser> {
  const browser = openBrowser(url);
  await browser.post('/auth/sign-up/email', { name: email, email, password: PASSWORD });
  const link = await mailbox.link(email, VERIFY);
  await browser.get(link.slice(new URL(link).origin.length));
  const { status } = await browser.post('/auth/sign-in/email', { email, password: PASSWORD });
  if (status !== OK) throw new Error(`${email} was not let in: ${status}`);
  return browser;
}

/** Turns on the authenticator app of a person who is signed in. */
export async function turnOnTwoFactor(browser: Browser): Promise<void> {
  const { body } = await browser.post('/auth/two-factor/enable', { password: PASSWORD });
  const { totpURI } = body as { totpURI: string };
  const { status } = await browser.post('/auth/two-factor/verify-totp', {
    code: totpCode(totpURI),
  });
  if (status !== OK) throw new Error(`the code was not taken: ${status}`);
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const PERIOD_MS = 30_000;

/** Reads the next code, which is good already: for a test that comes again before it is shown, as each is taken once. */
export const nextTotpCode = (uri: string): string => totpCode(uri, Date.now() + PERIOD_MS);

/** Reads the code of an authenticator app at a moment (RFC 6238). @param uri As the app gets it, `otpauth://totp/...`. */
export function totpCode(uri: string, nowMs = Date.now()): string {
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  const bits = [...secret].map((digit) => BASE32.indexOf(digit).toString(2).padStart(5, '0'));
  const bytes = (bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(nowMs / PERIOD_MS)));
  const digest = createHmac('sha1', Buffer.from(bytes)).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  const code = (digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000;
  return String(code).padStart(6, '0');
}
