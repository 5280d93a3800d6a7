import type { Letter } from '../ports/mail.ts';

const letter = (to: string, subject: string, paragraphs: readonly string[]): Letter => ({
  to,
  subject,
  text: `${paragraphs.join('\n\n')}\n`,
});

/** Asks whether an address is that of the one who signed up with it. */
export const verificationLetter = (to: string, url: string): Letter =>
  letter(to, 'Confirm your address for Dewpoint', [
    'Somewhere an account of Dewpoint was made with this address. If it was you, open this link within an hour:',
    url,
    'If it was not you, do nothing: without the link, nobody can sign in with this address.',
  ]);

/** Tells the owner of an address that it was used to sign up again: the answer to the one who did must not. */
export const knownAddressLetter = (to: string, publicUrl: string): Letter =>
  letter(to, 'You have an account of Dewpoint', [
    'An account of Dewpoint was to be made with this address, which has one. Nothing was changed.',
    `If it was you, sign in at ${publicUrl}, or ask there for a new password.`,
  ]);

/** Lets the owner of an address choose a new password. */
export const newPasswordLetter = (to: string, url: string): Letter =>
  letter(to, 'Choose a new password for Dewpoint', [
    'A new password was asked for. If it was you, open this link within an hour:',
    url,
    'If it was not you, do nothing: your password stays.',
  ]);
