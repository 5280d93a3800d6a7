/**
 * What the loader in the page of an app (the host) and the wallet in its frame tell each other.
 *
 * 1. The loader makes the frame with its own origin in the fragment: `/embed/PROGRAM#o=https%3A%2F%2Fshop.example`.
 * 2. The frame posts `hello` to its parent, for that origin alone.
 * 3. The loader checks `source` and `origin`, and answers with `port` and one MessagePort. From then on only the port
 *    is used.
 */

/** Version of the messages; a later one that breaks them has another number. */
export const PROTOCOL = 1;

/** Name of the parameter of the fragment that has the origin of the host. */
export const HOST_ORIGIN = 'o';

/** First message of the frame, by `parent.postMessage`. */
export interface HelloMessage {
  readonly dw: typeof PROTOCOL;
  readonly type: 'hello';
}

/** Answer of the host, by `frame.contentWindow.postMessage`, with one MessagePort in `ports`. */
export interface PortMessage {
  readonly dw: typeof PROTOCOL;
  readonly type: 'port';
}

/** Colours that the page around the frame has. */
export type FrameTheme = 'light' | 'dark' | 'system';

/** What the host tells the frame, through the port. */
export type HostMessage =
  | {
      readonly type: 'session';
      /** Token of `memberSessionCreate`: kept in memory alone. */
      readonly token: string;
      /** ISO time from which it is void. */
      readonly expiresAt: string;
      readonly language?: 'en' | 'zh';
      /** How the app calls its member; never stored. */
      readonly displayName?: string;
      readonly theme?: FrameTheme;
    }
  /** Part of the frame that can be seen, in pixels from its top: where dialogs go. */
  | { readonly type: 'viewport'; readonly top: number; readonly bottom: number }
  /** Shows a page of the wallet, such as "/buyback". */
  | { readonly type: 'open'; readonly path: string }
  /** Closes what is open in the wallet. */
  | { readonly type: 'close' };

/** What the frame tells the host, through the port. */
export type FrameMessage =
  /** It is drawn and wants a session. */
  | { readonly type: 'ready' }
  /** Height of its content, in pixels. */
  | { readonly type: 'resize'; readonly height: number }
  /** Points were asked for (`final` false), or the chain has them (`final` true). A decimal string. */
  | { readonly type: 'collected'; readonly points: string; readonly final: boolean }
  /** Points that are the member's for good, for a place of the app that shows them. A decimal string. */
  | { readonly type: 'balance'; readonly points: string }
  /** The token is void: a new `session` is needed. */
  | { readonly type: 'sessionExpired' }
  /** A page that must be at the top, such as "/w/PROGRAM/link#t=...". */
  | { readonly type: 'openTop'; readonly path: string }
  /** Code of the error catalogue, of what a member can not put right. */
  | { readonly type: 'error'; readonly code: string };

/** Highest frame that there is, in pixels. */
export const MAX_FRAME_HEIGHT = 6_000;
