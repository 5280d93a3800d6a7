import { createTransport } from 'nodemailer';
import type { Logger } from '../lib/logger.ts';
import type { Mail } from '../ports/mail.ts';

/** A mail server that hangs is given up before the one who waits for the letter gives up. */
const TIMEOUT_MS = 20_000;

/** Creates the mail that leaves the service by a mail server. @param smtpUrl Such as `smtps://user:password@mail.example`. */
function createSmtpMail({ smtpUrl, from }: { smtpUrl: string; from: string }): Mail {
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  });
  return {
    isReal: true,
    send: async ({ to, subject, text }) => {
      // As an object, so that no address is read as several.
      await transport.sendMail({ from, to: { name: '', address: to }, subject, text });
    },
    close: () => transport.close(),
  };
}

/** Creates the mail of a service without a mail server, which writes letters to its log. */
function createPrintedMail(log: Logger): Mail {
  return {
    isReal: false,
    send: ({ to, subject, text }) => {
      log.warn({ to, subject, text }, 'SMTP_URL is not set, so this letter is only here');
      return Promise.resolve();
    },
    close: () => undefined,
  };
}

/** Creates the mail of the service. @param settings Null writes letters to the log. */
export const createMail = (
  settings: { readonly smtpUrl: string; readonly from: string } | null,
  log: Logger,
): Mail => (settings === null ? createPrintedMail(log) : createSmtpMail(settings));
