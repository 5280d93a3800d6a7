import type { TabStorage } from '../storage/tabStorage.ts';

/**
 * A write that a member wants, kept until it is final. A page that is loaded again finds it, and repeats it under the
 * same key: the service then does it once, whatever got lost on the way.
 */
export interface Intent {
  readonly name: string;
  readonly kind: string;
  /** The mutation, kept whole: the part of the page that has it may not be loaded yet. */
  readonly document: string;
  /** Input of the mutation, with its `idempotencyKey`. */
  readonly input: Readonly<Record<string, unknown>> & { readonly idempotencyKey: string };
  /** Id of its transaction; null until the service answered. */
  readonly transactionId: string | null;
  /** Whether the mutation takes no key, as what it writes has an id of its own: that of an action. */
  readonly isKeyless?: boolean;
  /** Set once a signature of the operator's wallet was handed in: until when that can be carried out, ISO. */
  readonly handedInUntil?: string;
  /** Set once the member's own wallet was asked to send it: hash of its transaction, null until the wallet answered. */
  readonly signing?: { readonly hash: string | null };
}

/** The input as the mutation takes it. */
export function sentInput({ input, isKeyless = false }: Intent): object {
  const { idempotencyKey, ...bare } = input;
  return isKeyless ? bare : { idempotencyKey, ...bare };
}

/** Intents of one member in one tab. */
export interface Intents {
  all(): readonly Intent[];
  keep(intent: Intent): void;
  forget(name: string): void;
}

const PREFIX = 'dewpoint.write.';

const readIntent = (text: string | null): Intent | null => {
  if (text === null) return null;
  try {
    const intent = JSON.parse(text) as Partial<Intent>;
    return typeof intent.input?.idempotencyKey === 'string' ? (intent as Intent) : null;
  } catch {
    // Another page of this origin wrote it.
    return null;
  }
};

/** @param owner whose intents they are: program and member */
export function createIntents(storage: TabStorage, owner: string): Intents {
  const prefix = `${PREFIX}${owner} `;
  return {
    all: () =>
      storage
        .names(prefix)
        .map((name) => readIntent(storage.get(name)))
        .filter((intent) => intent !== null),
    keep: (intent) => storage.set(prefix + intent.name, JSON.stringify(intent)),
    forget: (name) => storage.remove(prefix + name),
  };
}

const HEX = 16;
const TIME_DIGITS = 12;

/** Makes a UUID of version 7: the time in milliseconds, then chance. */
export function newIdempotencyKey(nowMs = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  const chance = [...bytes].map((byte) => byte.toString(HEX).padStart(2, '0')).join('');
  const time = Math.floor(nowMs).toString(HEX).padStart(TIME_DIGITS, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${chance.slice(0, 3)}-8${chance.slice(3, 6)}-${chance.slice(6, 18)}`;
}
