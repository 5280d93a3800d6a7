import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { until } from '../service.ts';

/** A mail server that keeps what it gets. */
export interface Mailbox {
  /** For `SMTP_URL`. */
  readonly url: string;
  /** Texts of the letters to an address, in the order in which they came. */
  to(email: string): readonly string[];
  /** Waits for a letter to an address with a link that matches, and gives the newest such link. */
  link(email: string, wanted: RegExp): Promise<string>;
  /** Waits for a letter to an address whose text matches: letters leave in the background. */
  letter(email: string, wanted: RegExp): Promise<void>;
  close(): Promise<void>;
}

/** Undoes quoted-printable, in which long lines are broken, where the letter says that it is in it. */
const plain = (text: string): string => {
  if (!/^content-transfer-encoding: quoted-printable/im.test(text)) return text;
  return text
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
};

export async function openMailbox(): Promise<Mailbox> {
  const letters: { readonly to: readonly string[]; readonly text: string }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address.toLowerCase());
        letters.push({ to, text: plain(Buffer.concat(parts).toString('utf8')) });
        done();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  const to: Mailbox['to'] = (email) =>
    letters.filter((letter) => letter.to.includes(email)).map(({ text }) => text);
  const newest = (email: string, wanted: RegExp): string | undefined =>
    to(email)
      .flatMap((text) => text.match(/https?:\/\/\S+/g) ?? [])
      .filter((link) => wanted.test(link))
      .at(-1);
  return {
    url: `smtp://127.0.0.1:${port}`,
    to,
    link: async (email, wanted) => {
      await until(`a letter to ${email}`, () =>
        Promise.resolve(newest(email, wanted) !== undefined),
      );
      return newest(email, wanted) ?? '';
    },
    letter: (email, wanted) =>
      until(`a letter to ${email} with ${wanted.source}`, () =>
        Promise.resolve(to(email).some((text) => wanted.test(text))),
      ),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
