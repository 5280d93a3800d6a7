import { ApiError, type Client } from '../../shared/graphql/client.ts';
import { memoryStorage } from '../../shared/storage/tabStorage.ts';
import {
  createIntents,
  newIdempotencyKey,
  type Intent,
  type Intents,
} from '../../shared/transactions/intents.ts';
import {
  isFinal,
  type SentTransaction,
  type WriteError,
  type WriteState,
} from '../../shared/transactions/transactionState.ts';
import type { WriteRequest, Writes } from '../../shared/transactions/writes.ts';
import type { SentCall } from '../browserWallets/sentCall.ts';

/** A contract call as the service wants a wallet to send it. Nobody believes it before it was read. */
export interface UnreadCall {
  readonly to: string;
  readonly data: string;
  readonly chainId: number;
}

/** What the wallet is to be asked: the call, and what the member wanted. */
export interface CallToSign {
  readonly name: string;
  readonly kind: string;
  /** Input of the mutation, as it was asked for. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Null in a frame, where no wallet is: nothing was asked of the service. */
  readonly call: UnreadCall | null;
}

/**
 * The writes of a page, with those that the member's own wallet sends: a write whose input names `ownWallet` is not sent by the
 * service, which answers with a call for the wallet.
 */
export interface OwnWrites extends Writes {
  /** Name of the write that the member is shown; null for none. */
  shown(): string | null;
  /** What the wallet is to be asked; null for a write that has no such thing now. */
  toSign(name: string): CallToSign | null;
  /** Forgets a write, as the member says that it is done with. */
  cancel(name: string): void;
  /** Puts it out of sight: as if it had not been begun, unless the wallet was asked. Then it is in doubt. */
  close(name: string): void;
  /**
   * Keeps in the tab that the wallet is being asked: a page that is loaded again does not ask twice by itself.
   *
   * @returns false when the member has taken the write back: the wallet must not be asked
   */
  asked(name: string): boolean;
  /** The person said no in the wallet: it is as if it had not been asked. */
  rejected(name: string): void;
  /** The wallet has sent it. */
  signed(name: string, hash: string): void;
  /** Asks the service for the call again, as the member says that the wallet did not send it. */
  askAgain(name: string): void;
}

interface OwnWrite {
  state: WriteState;
  intent: Intent;
  call: UnreadCall | null;
  timer: ReturnType<typeof setTimeout> | undefined;
  followedSince: number;
}

const FOLLOW_MS = 2_000;
const FOLLOW_SLOWLY_MS = 15_000;
const FOLLOW_QUICKLY_FOR_MS = 60_000;

const NEW = {
  ...{ transaction: null, errors: [], againAtMs: null, payload: null },
  ...{ steppedBack: false, isGivenUp: false, isByWallet: true },
} as const;

const isOwn = ({ input }: { readonly input: object }): boolean =>
  typeof Reflect.get(input, 'ownWallet') === 'string';

const sentAs = (kind: string, hash: string, sent: Partial<SentCall>): SentTransaction => ({
  ...{ id: hash, kind, hash, userErrors: [] },
  ...{ status: sent.status ?? 'SENT', blockNumber: sent.blockNumber ?? null },
});

/** The intents of a member, without those of the own wallet. */
const othersOf = (intents: Intents): Intents => ({
  ...intents,
  all: () => intents.all().filter((intent) => !isOwn(intent)),
});

/**
 * @param place in a frame no wallet is asked
 * @param findSent tells how far a transaction of a wallet is
 */
export function createOwnWrites(deps: {
  readonly writes: Writes;
  readonly client: Client;
  readonly place: 'page' | 'frame';
  readonly onProgress: () => void;
  readonly findSent: (hash: string) => Promise<SentCall>;
}): OwnWrites {
  const { writes: others, client, place, onProgress, findSent } = deps;
  const own = new Map<string, OwnWrite>();
  const listeners = new Set<() => void>();
  let intents = createIntents(memoryStorage(), '');
  let list: readonly WriteState[] = others.all();
  let shown: string | null = null;

  const told = (): void => {
    list = [...others.all(), ...[...own.values()].map(({ state }) => state)];
    for (const listener of listeners) listener();
  };
  others.watch(told);
  const change = (write: OwnWrite, part: Partial<WriteState>): void => {
    const before = write.state.phase;
    write.state = { ...write.state, ...part };
    if (isFinal(write.state)) intents.forget(write.state.name);
    told();
    if (before !== write.state.phase) onProgress();
  };
  const isHere = (write: OwnWrite): boolean => own.get(write.state.name) === write;
  const add = (intent: Intent, part: Pick<WriteState, 'phase' | 'isResumed'>): OwnWrite => {
    const { name, kind, input } = intent;
    const state = { ...NEW, name, kind, idempotencyKey: input.idempotencyKey, ...part };
    const followedSince = performance.now();
    const write = { state, intent, call: null, timer: undefined, followedSince };
    own.set(name, write);
    return write;
  };
  const drop = (name: string): void => {
    clearTimeout(own.get(name)?.timer);
    own.delete(name);
    intents.forget(name);
    if (shown === name) shown = null;
    told();
  };
  const keep = (write: OwnWrite, hash: string | null): void => {
    write.intent = { ...write.intent, signing: { hash } };
    intents.keep(write.intent);
  };

  const forgetSigning = (write: OwnWrite): void => {
    const { signing: _, ...intent } = write.intent;
    write.intent = intent;
    intents.forget(intent.name);
  };

  /** Asks for the call. Nothing is sent by it, so that whatever goes wrong can be begun again. */
  const prepare = async (write: OwnWrite): Promise<void> => {
    const refuse = (errors: readonly WriteError[]): void =>
      change(write, { phase: 'refused', errors });
    change(write, { phase: 'checking', errors: [] });
    try {
      const document = write.intent.document as unknown as WriteRequest<unknown>['document'];
      const { payload } = await client.ask(document, { input: write.intent.input });
      if (!isHere(write)) return;
      const call = (Reflect.get(payload, 'call') ?? null) as UnreadCall | null;
      if (payload.userErrors.length > 0) return refuse(payload.userErrors);
      if (call === null)
        return refuse([{ code: 'INTERNAL', field: null, message: 'No call came.' }]);
      write.call = call;
      change(write, { phase: 'toSign', payload });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      refuse([{ code: error.code, field: null, message: error.message }]);
    }
  };

  /** Looks whether the chain has it, until it has. */
  const follow = async (write: OwnWrite, hash: string): Promise<void> => {
    const isNew = performance.now() - write.followedSince < FOLLOW_QUICKLY_FOR_MS;
    const sent = await findSent(hash).catch((error: unknown) => {
      if (error instanceof ApiError) return { status: 'SENT', blockNumber: null } as const;
      throw error;
    });
    if (!isHere(write)) return;
    const transaction = sentAs(write.state.kind, hash, sent);
    if (sent.status === 'MINED') return change(write, { phase: 'done', transaction });
    if (sent.status === 'REVERTED') return change(write, { phase: 'failed', transaction });
    const wait = isNew ? FOLLOW_MS : FOLLOW_SLOWLY_MS;
    write.timer = setTimeout(() => void follow(write, hash), wait);
  };
  const goOn = (write: OwnWrite, hash: string): void => {
    const transaction = sentAs(write.state.kind, hash, {});
    change(write, { phase: 'sent', transaction });
    void follow(write, hash);
  };
  const resume = (): void => {
    for (const intent of intents.all().filter(isOwn)) {
      if (own.has(intent.name)) continue;
      const hash = intent.signing?.hash ?? null;
      const write = add(intent, { phase: hash === null ? 'unsure' : 'sent', isResumed: true });
      if (hash === null) told();
      else goOn(write, hash);
    }
  };
  const show = (name: string): void => {
    shown = name;
    told();
  };
  const withOwn = (name: string, act: (write: OwnWrite) => void): void => {
    const write = own.get(name);
    if (write !== undefined) act(write);
  };

  return {
    ...others,
    read: (name) => own.get(name)?.state ?? others.read(name),
    all: () => list,
    watch: (changed) => {
      listeners.add(changed);
      return () => void listeners.delete(changed);
    },
    start: (request) => {
      if (!isOwn(request)) return others.start(request);
      const known = own.get(request.name);
      if (known !== undefined && !isFinal(known.state)) return show(request.name);
      clearTimeout(known?.timer);
      const { name, kind } = request;
      const input = { ...request.input, idempotencyKey: newIdempotencyKey() };
      const document = request.document as unknown as string;
      shown = name;
      const isFrame = place === 'frame';
      const intent = { name, kind, document, input, transactionId: null };
      const write = add(intent, { phase: isFrame ? 'toSign' : 'checking', isResumed: false });
      if (isFrame) told();
      else void prepare(write);
    },
    tryAgain: (name) => (own.has(name) ? show(name) : others.tryAgain(name)),
    dismiss: (name) => {
      const write = own.get(name);
      if (write === undefined) others.dismiss(name);
      else if (isFinal(write.state)) drop(name);
    },
    begin: (ofMember) => {
      for (const { timer } of own.values()) clearTimeout(timer);
      own.clear();
      shown = null;
      intents = ofMember;
      others.begin(othersOf(ofMember));
      resume();
    },
    resume: () => {
      others.resume();
      resume();
    },
    shown: () => shown,
    toSign: (name) => {
      const write = own.get(name);
      if (write?.state.phase !== 'toSign' && write?.state.phase !== 'unsure') return null;
      const { kind, input } = write.intent;
      return { name, kind, input, call: write.call };
    },
    cancel: drop,
    close: (name) => {
      const write = own.get(name);
      if (write?.intent.signing === undefined) return drop(name);
      shown = null;
      change(write, { phase: 'unsure' });
    },
    asked: (name) => {
      const write = own.get(name);
      if (write?.state.phase !== 'toSign') return false;
      keep(write, null);
      return true;
    },
    rejected: (name) =>
      withOwn(name, (write) => {
        forgetSigning(write);
        if (write.state.phase === 'unsure') change(write, { phase: 'toSign' });
      }),
    signed: (name, hash) =>
      withOwn(name, (write) => {
        keep(write, hash);
        if (shown === name) shown = null;
        write.followedSince = performance.now();
        goOn(write, hash);
      }),
    askAgain: (name) =>
      withOwn(name, (write) => {
        forgetSigning(write);
        void prepare(write);
      }),
  };
}
