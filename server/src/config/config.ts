/**
 * Reads the settings of an operator. The only module that reads the environment; all others get a {@link Config}.
 */
import { resolve } from 'node:path';
import { z } from 'zod';
import { stripeOf, stripeVariables, type StripeConfig } from './stripe.ts';
import { treasuryOf, type TreasuryConfig } from './topUps.ts';

/** Parts of the service that a process runs. API processes are stateless; workers take leases. */
export type ProcessRole = 'api' | 'worker' | 'both';

/** How a chain is reached. */
export interface ChainConfig {
  /** Tried in this order. */
  readonly rpcUrls: readonly string[];
  /** Refuses to start on another chain; null takes the chain that answers. */
  readonly chainId: number | null;
}

/** Settings of the service. Times in milliseconds. */
export interface Config {
  readonly role: ProcessRole;
  readonly http: {
    readonly host: string;
    /** 0 takes any free port. */
    readonly port: number;
    /** Proxies in front whose X-Forwarded-For is believed; 0 believes none. */
    readonly trustedProxies: number;
    /** Time after which a request is answered with OVERLOADED; recording is safe to repeat. */
    readonly requestTimeoutMs: number;
    /** Requests in a minute of a key, of a session and of an address without either, in each process; 0 for no limit. */
    readonly rateLimits: {
      readonly keyPerMinute: number;
      readonly sessionPerMinute: number;
      readonly addressPerMinute: number;
    };
    /** Folder of the built GraphiQL page. */
    readonly webDist: string;
  };
  /** URL under which people reach the service, without a slash at its end; null takes the address that it listens at. */
  readonly publicUrl: string | null;
  /** How letters to people leave the service; null writes them to the log. */
  readonly mail: { readonly smtpUrl: string; readonly from: string } | null;
  readonly mongodbUri: string;
  /** The chain of the environment `test`. */
  readonly test: ChainConfig;
  /** The chain of the environment `live`; null while there is none. */
  readonly live: ChainConfig | null;
  /** Accounts of the relayer that send beside each other. */
  readonly relayerLanes: number;
  /** Units of gas below which an account of the relayer is low. */
  readonly lowGas: bigint;
  /** Folder for the keystore and the demo's key; kept between runs. */
  readonly stateDir: string;
  /** Encrypts the keystore; null lets the server make one and keep it beside the keystore (local use only). */
  readonly keystorePassword: string | null;
  /** Deploys, creates and seeds the demo program when it is not there. */
  readonly demo: boolean;
  readonly log: { readonly level: LogLevel; readonly pretty: boolean };
  /** Collector of OpenTelemetry that spans are sent to; null sends none. */
  readonly tracesUrl: string | null;
  /** How organisations pay for what they record live; null bills nobody. */
  readonly payments: StripeConfig | null;
  /** Account that top-ups by card come out of. */
  readonly treasury: TreasuryConfig;
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Below 1 s a single slow block would fail healthy calls; above 5 min a client has long gone. */
const REQUEST_TIMEOUT_MS = { min: 1_000, max: 300_000, default: 30_000 };
const DEFAULT_PORT = '4000';
const MAX_TRUSTED_PROXIES = 10;
/** As many keys are derived for the relayer; see MAX_LANES in ports/chain/signer.ts. */
const MAX_RELAYER_LANES = 8;
/** About a hundred writes of members. */
const DEFAULT_LOW_GAS = '20000000';
/** Recording alone makes some thousands a second on a small machine; people and members need less, and so do all of a house behind one address. */
const RATE_LIMITS = { max: 100_000_000, key: 600_000, session: 3_000, address: 3_000 };
/** Default folder for the state of a service on this machine. */
export const DEFAULT_STATE_DIR = resolve(import.meta.dirname, '../../../.dewpoint/server');
const REPOSITORY = resolve(import.meta.dirname, '../../..');

const whole = (min: number, max: number): z.ZodType<number, string> =>
  z
    .string()
    .regex(/^\d{1,16}$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be from ${min} to ${max}`);

const flag = z
  .enum(['true', 'false'], { error: "must be 'true' or 'false'" })
  .transform((value) => value === 'true');

const urlOf = (protocols: readonly string[]): z.ZodType<string, string> =>
  z.string().refine((value) => protocols.some((protocol) => value.startsWith(`${protocol}://`)), {
    error: `must be a URL that starts with ${protocols.map((p) => `${p}://`).join(' or ')}`,
  });

/** Links in letters and the origin of pages are made of it: a path would be in neither. */
const originUrl = z
  .string()
  .refine(
    (value) =>
      /^https?:/.test(value) &&
      URL.canParse(value) &&
      new URL(value).origin === value.replace(/\/$/, ''),
    { error: 'must be a URL without a path, such as https://points.example' },
  )
  .transform((value) => new URL(value).origin);

const rpcUrls = z
  .string()
  .transform((list) => list.split(',').map((url) => url.trim()))
  .pipe(z.array(urlOf(['http', 'https', 'ws', 'wss'])).min(1));

/** One entry per variable; any other name that starts with DEWPOINT_ is refused, so that a typing error shows. */
const variables = z.strictObject({
  DEWPOINT_ROLE: z
    .enum(['api', 'worker', 'both'], { error: "must be 'api', 'worker' or 'both'" })
    .default('both'),
  DEWPOINT_HOST: z.string().regex(/^\S+$/, 'must be a host name or address').default('127.0.0.1'),
  DEWPOINT_PORT: whole(0, 65_535).prefault(DEFAULT_PORT),
  DEWPOINT_TRUSTED_PROXIES: whole(0, MAX_TRUSTED_PROXIES).prefault('0'),
  DEWPOINT_REQUEST_TIMEOUT_MS: whole(REQUEST_TIMEOUT_MS.min, REQUEST_TIMEOUT_MS.max).prefault(
    String(REQUEST_TIMEOUT_MS.default),
  ),
  DEWPOINT_KEY_RATE_LIMIT: whole(0, RATE_LIMITS.max).prefault(String(RATE_LIMITS.key)),
  DEWPOINT_SESSION_RATE_LIMIT: whole(0, RATE_LIMITS.max).prefault(String(RATE_LIMITS.session)),
  DEWPOINT_ADDRESS_RATE_LIMIT: whole(0, RATE_LIMITS.max).prefault(String(RATE_LIMITS.address)),
  DEWPOINT_WEB_DIST: z
    .string()
    .min(1, 'must not be empty')
    .default(resolve(REPOSITORY, 'web/dist')),
  DEWPOINT_STATE_DIR: z.string().min(1, 'must not be empty').default(DEFAULT_STATE_DIR),
  DEWPOINT_KEYSTORE_PASSWORD: z.string().min(12, 'must have at least 12 characters').optional(),
  DEWPOINT_CHAIN_ID: whole(1, Number.MAX_SAFE_INTEGER).optional(),
  DEWPOINT_LIVE_CHAIN_ID: whole(1, Number.MAX_SAFE_INTEGER).optional(),
  DEWPOINT_RELAYER_LANES: whole(1, MAX_RELAYER_LANES).prefault('1'),
  DEWPOINT_LOW_GAS: whole(1, Number.MAX_SAFE_INTEGER).prefault(DEFAULT_LOW_GAS),
  DEWPOINT_DEMO: flag.default(false),
  DEWPOINT_LOG_LEVEL: z
    .enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` })
    .default('info'),
  DEWPOINT_LOG_PRETTY: flag.default(false),
  DEWPOINT_PUBLIC_URL: originUrl.optional(),
  DEWPOINT_MAIL_FROM: z
    .string()
    .regex(/@/, "must be an address, such as 'Dewpoint <points@shop.example>'")
    .optional(),
  MONGODB_URI: urlOf(['mongodb', 'mongodb+srv']),
  RPC_URL: rpcUrls,
  LIVE_RPC_URL: rpcUrls.optional(),
  SMTP_URL: urlOf(['smtp', 'smtps']).optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: urlOf(['http', 'https']).optional(),
  ...stripeVariables,
});

const keyVariables = variables
  .pick({ DEWPOINT_STATE_DIR: true, DEWPOINT_KEYSTORE_PASSWORD: true })
  .strip();

/**
 * Reads where the keys of the service are, for commands that need nothing else.
 *
 * @throws ConfigError with every problem found
 */
export function readKeys(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Pick<Config, 'stateDir' | 'keystorePassword'> {
  const set = Object.entries(env).filter(([, value]) => value !== undefined && value !== '');
  const parsed = keyVariables.safeParse(Object.fromEntries(set));
  if (!parsed.success) throw new ConfigError(parsed.error.issues.flatMap(describe));
  return {
    stateDir: resolve(parsed.data.DEWPOINT_STATE_DIR),
    keystorePassword: parsed.data.DEWPOINT_KEYSTORE_PASSWORD ?? null,
  };
}

/** A variable as an operator sees it. */
export interface ConfigVariable {
  readonly name: string;
  /** The service does not start without it. */
  readonly required: boolean;
  /** Value when it is not set; null when there is none. */
  readonly default: string | number | boolean | null;
}

/** Every variable that {@link readConfig} knows, in the order in which they are declared. */
export const CONFIG_VARIABLES: readonly ConfigVariable[] = Object.entries(variables.shape).map(
  ([name, shape]) => {
    const unset = shape.safeParse(undefined);
    const value = typeof unset.data === 'bigint' ? Number(unset.data) : unset.data;
    return {
      name,
      required: !unset.success,
      default: value === undefined || typeof value === 'object' ? null : value,
    };
  },
);

/** Refuses an environment. `problems` names every bad variable, not only the first. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `The environment has ${problems.length === 1 ? 'a bad variable' : 'bad variables'}:\n` +
        problems.map((problem) => `  - ${problem}`).join('\n'),
    );
    this.problems = problems;
  }
}

const describe = (issue: z.core.$ZodIssue): string[] => {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${key}: is not a variable of Dewpoint; is its name right?`);
  }
  const name = String(issue.path[0]);
  if (issue.code === 'invalid_type' && issue.input === undefined) return [`${name}: must be set`];
  return [`${name}: ${issue.message}`];
};

/** Letters need both: a server to send them by, and an address that they are from. */
function mailOf({
  SMTP_URL: smtpUrl,
  DEWPOINT_MAIL_FROM: from,
}: z.infer<typeof variables>): Config['mail'] {
  if (smtpUrl === undefined) return null;
  if (from === undefined) {
    throw new ConfigError(['DEWPOINT_MAIL_FROM: must be set, as SMTP_URL is']);
  }
  return { smtpUrl, from };
}

/** Other tools have variables of this name too: a typing error shows once payments are on. */
const isOfPayments = (
  name: string,
  { STRIPE_SECRET_KEY: key = '' }: Readonly<Record<string, string | undefined>>,
): boolean => key !== '' && name.startsWith('STRIPE_');

/**
 * Reads and checks the environment. An empty variable counts as not set.
 *
 * @throws ConfigError with every problem found; values are never repeated in it, as they may be secrets.
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Config {
  const ours = Object.entries(env).filter(
    ([name, value]) =>
      value !== undefined &&
      value !== '' &&
      (name.startsWith('DEWPOINT_') || name in variables.shape || isOfPayments(name, env)),
  );
  const parsed = variables.safeParse(Object.fromEntries(ours), { reportInput: true });
  if (!parsed.success) throw new ConfigError(parsed.error.issues.flatMap(describe));
  const set = parsed.data;
  const payments = stripeOf(set);
  if ('problems' in payments) throw new ConfigError(payments.problems);
  if (payments.config?.topUps != null && set.LIVE_RPC_URL === undefined) {
    throw new ConfigError(['LIVE_RPC_URL: must be set, as STRIPE_TOP_UPS is on']);
  }
  return {
    payments: payments.config,
    treasury: treasuryOf(set),
    publicUrl: set.DEWPOINT_PUBLIC_URL ?? null,
    mail: mailOf(set),
    role: set.DEWPOINT_ROLE,
    http: {
      host: set.DEWPOINT_HOST,
      port: set.DEWPOINT_PORT,
      trustedProxies: set.DEWPOINT_TRUSTED_PROXIES,
      requestTimeoutMs: set.DEWPOINT_REQUEST_TIMEOUT_MS,
      rateLimits: {
        keyPerMinute: set.DEWPOINT_KEY_RATE_LIMIT,
        sessionPerMinute: set.DEWPOINT_SESSION_RATE_LIMIT,
        addressPerMinute: set.DEWPOINT_ADDRESS_RATE_LIMIT,
      },
      webDist: resolve(set.DEWPOINT_WEB_DIST),
    },
    mongodbUri: set.MONGODB_URI,
    test: { rpcUrls: set.RPC_URL, chainId: set.DEWPOINT_CHAIN_ID ?? null },
    live:
      set.LIVE_RPC_URL === undefined
        ? null
        : { rpcUrls: set.LIVE_RPC_URL, chainId: set.DEWPOINT_LIVE_CHAIN_ID ?? null },
    relayerLanes: set.DEWPOINT_RELAYER_LANES,
    lowGas: BigInt(set.DEWPOINT_LOW_GAS),
    stateDir: resolve(set.DEWPOINT_STATE_DIR),
    keystorePassword: set.DEWPOINT_KEYSTORE_PASSWORD ?? null,
    demo: set.DEWPOINT_DEMO,
    log: { level: set.DEWPOINT_LOG_LEVEL, pretty: set.DEWPOINT_LOG_PRETTY },
    tracesUrl: set.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
  };
}
