/** Sends letters to people. Implemented in `server/src/mail`. */

export interface Letter {
  /** Address of the one who gets it. */
  readonly to: string;
  readonly subject: string;
  /** Plain text, lines divided by `\n`. */
  readonly text: string;
}

export interface Mail {
  /** Whether letters leave the service; otherwise they are in its log, and its answers say so. */
  readonly isReal: boolean;
  /** Sends a letter. @throws when the mail server does not take it */
  send(letter: Letter): Promise<void>;
  close(): void;
}
