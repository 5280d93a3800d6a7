import {
  HOST_ORIGIN,
  MAX_FRAME_HEIGHT,
  PROTOCOL,
  type FrameMessage,
  type HostMessage,
} from '../../shared/embed/protocol.ts';
import type { TabStorage } from '../../shared/storage/tabStorage.ts';
import type { Session } from './session.ts';

/** The page of the app around the wallet's frame. */
export interface Host {
  /** Tells it something; messages before the handshake wait for it. */
  post(message: FrameMessage): void;
  /** Hears what it says, but for sessions, which go to the session. */
  listen(heard: (message: HostMessage) => void): () => void;
}

/** There is no page around. */
export const NO_HOST: Host = { post: () => undefined, listen: () => () => undefined };

const ORIGIN_KEPT = 'dewpoint.host';
/** Messages that wait for the handshake; more are older news. */
const MOST_WAITING = 50;

/** Takes the origin of the host out of the fragment, where pages of the wallet go from then on. */
function takeOrigin(storage: TabStorage): string | null {
  const named = new URLSearchParams(location.hash.slice(1)).get(HOST_ORIGIN);
  if (named === null) return storage.get(ORIGIN_KEPT);
  storage.set(ORIGIN_KEPT, named);
  history.replaceState(history.state, '', `${location.pathname}${location.search}#/`);
  return named;
}

const isMessage = (data: unknown): data is HostMessage =>
  typeof data === 'object' && data !== null && typeof Reflect.get(data, 'type') === 'string';

/**
 * Shakes hands with the loader around the frame, and takes sessions from it. Only the origin in the fragment is spoken
 * to; whether it may frame the wallet at all was decided by the headers of this page.
 */
export function connectHost(session: Session, storage: TabStorage): Host {
  const origin = takeOrigin(storage);
  if (origin === null || parent === window) {
    session.giveUp();
    return NO_HOST;
  }
  const listeners = new Set<(message: HostMessage) => void>();
  const waiting: FrameMessage[] = [];
  let port: MessagePort | null = null;

  const post = (message: FrameMessage): void => {
    if (port !== null) return port.postMessage(message);
    if (waiting.length >= MOST_WAITING) waiting.shift();
    waiting.push(message);
  };
  const hear = ({ data }: MessageEvent<unknown>): void => {
    if (!isMessage(data)) return;
    if (data.type === 'session') {
      session.open({ token: data.token, expiresAt: data.expiresAt }, data.displayName);
    }
    for (const listener of listeners) listener(data);
  };
  const take = (event: MessageEvent<unknown>): void => {
    const [handed] = event.ports;
    const isPort = isMessage(event.data) && Reflect.get(event.data, 'dw') === PROTOCOL;
    if (event.source !== parent || event.origin !== origin || !isPort || handed === undefined)
      return;
    // From here on nothing is taken from the window.
    removeEventListener('message', take);
    port = handed;
    port.onmessage = hear;
    for (const message of waiting.splice(0)) port.postMessage(message);
  };
  addEventListener('message', take);
  parent.postMessage({ dw: PROTOCOL, type: 'hello' }, origin);
  post({ type: 'ready' });

  let wasOpen = false;
  session.watch(() => {
    const { phase } = session.read();
    if (phase === 'open') wasOpen = true;
    if (phase === 'expired' && wasOpen) {
      wasOpen = false;
      post({ type: 'sessionExpired' });
    }
  });
  return {
    post,
    listen: (heard) => {
      listeners.add(heard);
      return () => void listeners.delete(heard);
    },
  };
}

/** Tells the host how tall the content is, at most once a frame of the screen. */
export function reportHeight(host: Host, content: Element): () => void {
  let last = 0;
  let isWaiting = false;
  const report = (): void => {
    isWaiting = false;
    const height = Math.min(MAX_FRAME_HEIGHT, Math.ceil(content.getBoundingClientRect().height));
    if (height === last) return;
    last = height;
    host.post({ type: 'resize', height });
  };
  const observer = new ResizeObserver(() => {
    if (!isWaiting) requestAnimationFrame(report);
    isWaiting = true;
  });
  observer.observe(content);
  return () => observer.disconnect();
}
