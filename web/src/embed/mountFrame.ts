import {
  HOST_ORIGIN,
  MAX_FRAME_HEIGHT,
  PROTOCOL,
  type FrameMessage,
  type FrameTheme,
  type HostMessage,
} from '../shared/embed/protocol.ts';
import type { SessionSource } from './sessions.ts';

/** The wallet in an element of the app's page. */
export interface FrameHandle {
  readonly frame: HTMLIFrameElement;
  /** Shows a page of the wallet, such as "/buyback". */
  open(path: string): void;
  /** Takes the wallet out of the page. */
  unmount(): void;
}

export interface FrameOptions {
  /** Origin of the service. */
  readonly service: string;
  readonly program: string;
  readonly sessions: SessionSource;
  readonly language: string | undefined;
  readonly displayName: string | undefined;
  readonly theme: string | undefined;
  readonly onBalance: (points: string) => void;
}

const TITLES: Readonly<Record<string, string>> = { en: 'My points', zh: '我的积分' };
const SANDBOX =
  'allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads allow-forms';
/** Of what has not said how tall it is yet. */
const FIRST_HEIGHT = 640;
const VIEWPORT_EVERY_MS = 100;

function makeFrame({ service, program, language }: FrameOptions): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  const asked = language === undefined ? '' : `?lang=${encodeURIComponent(language)}`;
  const fragment = new URLSearchParams({ [HOST_ORIGIN]: location.origin }).toString();
  frame.src = `${service}/embed/${encodeURIComponent(program)}${asked}#${fragment}`;
  frame.title = TITLES[language ?? document.documentElement.lang.slice(0, 2)] ?? 'My points';
  frame.allow = 'clipboard-write';
  frame.loading = 'lazy';
  frame.setAttribute('sandbox', SANDBOX);
  Object.assign(frame.style, {
    width: '100%',
    height: `${FIRST_HEIGHT}px`,
    border: '0',
    display: 'block',
  });
  return frame;
}

/** Tells the wallet which part of it can be seen, at most ten times a second. */
function followViewport(
  frame: HTMLElement,
  tell: (top: number, bottom: number) => void,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const report = (): void => {
    timer = undefined;
    const { top, height } = frame.getBoundingClientRect();
    tell(Math.max(0, -top), Math.max(0, Math.min(height, innerHeight - top)));
  };
  const soon = (): void => void (timer ??= setTimeout(report, VIEWPORT_EVERY_MS));
  const seen = new IntersectionObserver(soon);
  seen.observe(frame);
  for (const type of ['scroll', 'resize']) addEventListener(type, soon, { passive: true });
  soon();
  return () => {
    clearTimeout(timer);
    seen.disconnect();
    for (const type of ['scroll', 'resize']) removeEventListener(type, soon);
  };
}

/** Puts a frame with the wallet into an element, and answers it by a port of its own once it has said where it is from. */
export function mountFrame(element: HTMLElement, options: FrameOptions): FrameHandle {
  const { service, sessions, displayName, theme, language } = options;
  const frame = makeFrame(options);
  const stops: (() => void)[] = [];
  let port: MessagePort | null = null;
  const tell = (message: HostMessage): void => port?.postMessage(message);

  function hear({ data }: MessageEvent<FrameMessage>): void {
    if (data.type === 'ready') {
      stops.push(
        sessions.follow((session) =>
          tell({
            ...{ type: 'session', ...(displayName !== undefined && { displayName }), ...session },
            ...(theme !== undefined && { theme: theme as FrameTheme }),
            ...((language === 'en' || language === 'zh') && { language }),
          }),
        ),
        followViewport(frame, (top, bottom) => tell({ type: 'viewport', top, bottom })),
      );
    } else if (data.type === 'resize') {
      frame.style.height = `${Math.min(MAX_FRAME_HEIGHT, data.height)}px`;
    } else if (data.type === 'sessionExpired') sessions.renew();
    else if (data.type === 'balance') options.onBalance(data.points);
    else if (data.type === 'openTop')
      window.open(new URL(data.path, service), '_blank', 'noopener');
    const detail = data;
    element.dispatchEvent(new CustomEvent(`dewpoint:${data.type}`, { bubbles: true, detail }));
  }
  function greet({ data, source, origin }: MessageEvent<unknown>): void {
    const isHello =
      source === frame.contentWindow &&
      origin === service &&
      (data as { dw?: unknown } | null)?.dw === PROTOCOL &&
      (data as { type?: unknown }).type === 'hello';
    if (!isHello) return;
    // A frame that was loaded again begins anew.
    for (const stop of stops.splice(0)) stop();
    port?.close();
    const { port1, port2 } = new MessageChannel();
    port = port1;
    port.onmessage = hear;
    frame.contentWindow?.postMessage({ dw: PROTOCOL, type: 'port' }, service, [port2]);
  }
  addEventListener('message', greet);
  element.append(frame);
  return {
    frame,
    open: (path) => tell({ type: 'open', path }),
    unmount: () => {
      removeEventListener('message', greet);
      for (const stop of stops.splice(0)) stop();
      port?.close();
      frame.remove();
    },
  };
}
