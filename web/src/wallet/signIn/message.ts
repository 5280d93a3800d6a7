/** What a member signs to sign in, see {@link signInMessage}. */
export interface SignInText {
  /** With its capital letters. */
  readonly address: string;
  readonly chainId: number;
  /** Of `walletNonceCreate`. */
  readonly nonce: string;
  readonly now: Date;
}

/** The standard takes no letters besides those of ASCII here; the page says it in the language of the member. */
const STATEMENT = 'Sign in to your points. This sends nothing and costs nothing.';

/**
 * Writes a message of EIP-4361: wallets read it, and warn when it names another page than the one that asks.
 *
 * @param page address of the page that asks
 */
export function signInMessage(
  { address, chainId, nonce, now }: SignInText,
  page: Pick<Location, 'host' | 'origin' | 'pathname'>,
): string {
  return [
    `${page.host} wants you to sign in with your Ethereum account:`,
    address,
    '',
    STATEMENT,
    '',
    `URI: ${page.origin}${page.pathname}`,
    'Version: 1',
    `Chain ID: ${chainId}`,
    `Nonce: ${nonce}`,
    `Issued At: ${now.toISOString()}`,
  ].join('\n');
}

/** Text as `personal_sign` takes it. */
export const hexOfText = (text: string): `0x${string}` =>
  `0x${[...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
