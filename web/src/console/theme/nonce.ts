import { setNonce } from 'get-nonce';

/** The nonce that the policy of this answer allows styles by. */
export const styleNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

/** Tells it to the parts that write styles without asking for it: those that hold the page still under a dialog. */
export const shareNonce = (): void => setNonce(styleNonce());
