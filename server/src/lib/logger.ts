import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';
import { currentRequestId } from './requestScope.ts';

export type Logger = PinoLogger;

/** Standard output has the ready line alone, so that the program that starts the server can read it. */
const STDERR = 2;

/** Names under which a secret may reach a log line, at the top or one and two levels down. */
const SECRET_NAMES = [
  'authorization',
  'apiKey',
  'key',
  'privateKey',
  'password',
  'keystorePassword',
  'mnemonic',
  'secret',
  'token',
  'cookie',
  'mongodbUri',
  'rpcUrls',
  'secretKey',
  'webhookSecrets',
];

const CREDENTIALS_IN_URL = /\/\/[^\s/@]+@/g;
const TOKEN = /dw_(test|live|member)_[\w.-]+/g;
const PAYMENT_SECRET = /\b(sk_test|sk_live|rk_test|rk_live|whsec)_[\w+/=]+/g;

/** Removes credentials from text of others, such as the message of a driver's error. */
export function redactText(text: string): string {
  return text
    .replace(CREDENTIALS_IN_URL, '//[secret]@')
    .replace(TOKEN, 'dw_$1_[secret]')
    .replace(PAYMENT_SECRET, '$1_[secret]');
}

const describeError = (error: Error): Record<string, unknown> => ({
  type: error.name,
  message: redactText(error.message),
  ...('code' in error && { code: error.code }),
  ...(error.stack !== undefined && { stack: redactText(error.stack) }),
  ...(error.cause instanceof Error && { cause: describeError(error.cause) }),
});

/**
 * Creates the logger of the service: JSON lines, or readable ones for a terminal, on standard error. Secrets are removed by
 * name and from the text of errors; lines of a request have its id.
 */
export function createLogger(args: {
  level: string;
  pretty: boolean;
  destination?: DestinationStream;
}): Logger {
  const options = {
    level: args.level,
    base: null,
    redact: {
      paths: SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
      censor: '[secret]',
    },
    serializers: { err: describeError, error: describeError },
    mixin: () => {
      const requestId = currentRequestId();
      return requestId === null ? {} : { requestId };
    },
  };
  if (args.destination !== undefined) return pino(options, args.destination);
  if (!args.pretty) return pino(options, pino.destination({ dest: STDERR, sync: false }));
  return pino({
    ...options,
    transport: { target: 'pino-pretty', options: { destination: STDERR, ignore: 'pid,hostname' } },
  });
}
