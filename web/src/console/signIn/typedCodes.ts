const plain = (typed: string): string => typed.normalize('NFKC').replace(/\s/g, '');

/** Reads the six digits of an authenticator app as people type them, with blanks or wide ones of a Chinese keyboard; null for what is none. */
export function digitsIn(typed: string): string | null {
  const code = plain(typed);
  return /^\d{6}$/.test(code) ? code : null;
}

/** Reads a backup code as people type it: "AbCde-12345", with blanks or without the line in its middle. */
export function backupCodeIn(typed: string): string {
  const code = plain(typed);
  return /^\w{10}$/.test(code) ? `${code.slice(0, 5)}-${code.slice(5)}` : code;
}
