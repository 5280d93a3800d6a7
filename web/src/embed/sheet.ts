import type { FrameHandle } from './mountFrame.ts';

/** The wallet over the page: from below on a phone, at the side on a desk. */
export interface WalletSheet {
  open(path?: string): void;
  /** Loads the wallet without showing it. */
  prepare(): void;
}

const CLOSE: Readonly<Record<string, string>> = { en: 'Close', zh: '关闭' };
const WIDE = '(min-width: 640px)';

function makeDialog(): { dialog: HTMLDialogElement; body: HTMLElement } {
  const dialog = document.createElement('dialog');
  const close = document.createElement('button');
  const body = document.createElement('div');
  const isWide = matchMedia(WIDE).matches;
  Object.assign(dialog.style, {
    ...{ border: '0', padding: '0', maxWidth: 'none', maxHeight: 'none', overflow: 'auto' },
    ...(isWide
      ? { width: '460px', height: '100%', margin: '0 0 0 auto' }
      : { width: '100%', height: '90%', margin: 'auto 0 0', borderRadius: '20px 20px 0 0' }),
  });
  Object.assign(close.style, {
    ...{ position: 'sticky', top: '8px', float: 'right', zIndex: '1', margin: '8px' },
    ...{ width: '44px', height: '44px', border: '0', borderRadius: '50%', cursor: 'pointer' },
    ...{ background: '#0c2a2b', color: '#fff', font: '20px/1 system-ui' },
  });
  close.type = 'button';
  close.textContent = '×';
  close.setAttribute('aria-label', CLOSE[document.documentElement.lang.slice(0, 2)] ?? 'Close');
  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', ({ target }) => target === dialog && dialog.close());
  dialog.append(close, body);
  document.body.append(dialog);
  return { dialog, body };
}

/** @param mount puts the wallet into an element */
export function createSheet(mount: (element: HTMLElement) => FrameHandle): WalletSheet {
  let made: (ReturnType<typeof makeDialog> & { handle: FrameHandle }) | null = null;
  const prepare = (): NonNullable<typeof made> => {
    if (made !== null) return made;
    const parts = makeDialog();
    const handle = mount(parts.body);
    // In a dialog that is closed it would never be near enough to be loaded.
    handle.frame.loading = 'eager';
    return (made = { ...parts, handle });
  };
  return {
    open: (path) => {
      const { dialog, handle } = prepare();
      if (!dialog.open) dialog.showModal();
      dialog.setAttribute('aria-label', handle.frame.title);
      if (path !== undefined) handle.open(path);
    },
    prepare: () => void prepare(),
  };
}
