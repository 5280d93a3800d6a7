/**
 * `/embed/v1.js`: puts the wallet into pages of an app.
 *
 *     <script src="https://points.example/embed/v1.js" data-program="prg_..." data-session-url="/dewpoint/session" async></script>
 *     <div data-dewpoint="wallet"></div>          the wallet in the page
 *     <button data-dewpoint="open">My points</button>   opens it as a sheet
 *     <span data-dewpoint="balance"></span>        the balance in the font of the app
 *
 * `data-session-url` answers a POST with what `memberSessionCreate` gave: `{ token, expiresAt, displayName? }`.
 */
import type { FrameTheme } from '../shared/embed/protocol.ts';
import { mountFrame, type FrameHandle } from './mountFrame.ts';
import { createSessions, type GetSession, type SessionSource } from './sessions.ts';
import { createSheet } from './sheet.ts';

/** What an app says of a wallet that it mounts by code. */
export interface MountOptions {
  /** Id of the program, such as prg_31337_95bd...; left out for that of the script. */
  readonly program?: string;
  /** Asks the app's backend for a session of its member; left out for the address of the script. */
  readonly getSession?: GetSession;
  readonly language?: 'en' | 'zh';
  /** How the app calls its member; never stored. */
  readonly displayName?: string;
  readonly theme?: FrameTheme;
}

const script = document.currentScript as HTMLScriptElement | null;
/** Where this script is from, which is where the wallet is. */
const SERVICE = new URL(script?.src ?? location.href).origin;
const mounted = new WeakMap<Element, FrameHandle>();
const sources = new Map<string, SessionSource>();

/** Asks the address that the script names: the app knows by its own cookie who its member is. */
const byAddress = (address: string): GetSession => {
  return async () => {
    const answer = await fetch(address, { method: 'POST', credentials: 'same-origin' });
    if (!answer.ok) throw new Error(`Dewpoint: ${address} answered ${answer.status}`);
    return (await answer.json()) as Awaited<ReturnType<GetSession>>;
  };
};

function sessionsOf(program: string, options: MountOptions): SessionSource {
  const address = script?.dataset['sessionUrl'];
  const getSession = options.getSession ?? (address === undefined ? null : byAddress(address));
  if (getSession === null) throw new Error('Dewpoint: say getSession, or data-session-url');
  const known = options.getSession === undefined ? sources.get(program) : undefined;
  const source = known ?? createSessions(getSession);
  if (options.getSession === undefined) sources.set(program, source);
  return source;
}

/** Puts the wallet into an element. Called again for the same element, it answers with the same handle. */
export function mount(element: HTMLElement, options: MountOptions = {}): FrameHandle {
  const known = mounted.get(element);
  if (known !== undefined) return known;
  const program = options.program ?? script?.dataset['program'];
  if (program === undefined) throw new Error('Dewpoint: say program, or data-program');
  const handle = mountFrame(element, {
    ...{ service: SERVICE, program, sessions: sessionsOf(program, options) },
    ...{ language: options.language ?? script?.dataset['language'] },
    ...{ displayName: options.displayName, theme: options.theme ?? script?.dataset['theme'] },
    onBalance: showBalance,
  });
  mounted.set(element, handle);
  return handle;
}

const marked = (mark: string): HTMLElement[] => [
  ...document.querySelectorAll<HTMLElement>(`[data-dewpoint="${mark}"]`),
];

function showBalance(points: string): void {
  for (const place of marked('balance')) place.textContent = points;
}

const sheet = createSheet(mount);
/** Opens the wallet as a sheet over the page. @param path a page of it, such as "/buyback" */
export const open = (path?: string): void => sheet.open(path);

function begin(): void {
  const wallets = marked('wallet');
  for (const element of wallets) mount(element);
  for (const button of marked('open')) {
    button.addEventListener('click', () => open(button.dataset['path']));
  }
  // The balance comes from a wallet, which nobody sees where the page shows none.
  if (wallets.length === 0 && marked('balance').length > 0) sheet.prepare();
}

if (script?.dataset['program'] !== undefined) {
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', begin);
  else begin();
}
