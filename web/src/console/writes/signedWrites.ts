import { serviceNowMs } from '../../shared/clock/serviceClock.ts';
import { ApiError, type Client } from '../../shared/graphql/client.ts';
import { graphql } from '../../shared/graphql/graphql.ts';
import { memoryStorage } from '../../shared/storage/tabStorage.ts';
import { createIntents, type Intent } from '../../shared/transactions/intents.ts';
import type { RequestToSign } from '../../shared/transactions/payload.ts';
import type { Writes } from '../../shared/transactions/writes.ts';
import { askingToSign } from './askToSign.ts';

/** What the operator's own wallet is to sign, and what the person wanted. */
export interface SigningAsked {
  readonly name: string;
  readonly kind: string;
  /** Input of the mutation, as it was asked for. */
  readonly input: Readonly<Record<string, unknown>>;
  /** As the service wants it signed. */
  readonly request: RequestToSign;
}

/** Why a signature came to nothing: it is of another account, it came too late, the person has no right to it, the session was over, or no answer says what became of it. */
export type SignatureProblem = 'invalid' | 'outdated' | 'forbidden' | 'signedOut' | 'unknown';

/** The writes of a page, with those that the operator's own wallet signs before the service sends them. */
export interface SignedWrites extends Writes {
  /** Name of the write that the person is shown; null for none. */
  shown(): string | null;
  /** What the wallet is to sign; null for a write that has no such thing now. */
  toSign(name: string): SigningAsked | null;
  /** Whether a signature is on its way to the service: until its answer comes, nothing can be taken back. */
  isHandingIn(name: string): boolean;
  /** Why the last signature came to nothing; null for none. */
  problem(name: string): SignatureProblem | null;
  /** Takes it back: nothing was sent. What was handed in and may still be carried out is only put out of sight. */
  close(name: string): void;
  /** Hands in what the wallet has signed, and goes on with the write. @returns null when it was taken */
  sign(name: string, signature: `0x${string}`): Promise<SignatureProblem | null>;
}

const TransactionSign = graphql(`
  mutation TransactionSign($input: TransactionSignInput!) {
    transactionSign(input: $input) {
      userErrors {
        code
      }
    }
  }
`);

/** What became of a signature; once it is refused, it is not carried out any more. */
interface HandedIn {
  readonly problem: SignatureProblem | null;
  readonly isRefused: boolean;
}

/** What the service answers before it looks at a signature: the role may have changed since the page was opened, the session may be over. */
const TURNED_AWAY: Readonly<Record<string, SignatureProblem>> = {
  ...{ FORBIDDEN: 'forbidden', UNAUTHENTICATED: 'signedOut' },
};
/** Nothing became of these, and the same request can be signed again. */
const STANDS: readonly SignatureProblem[] = ['invalid', 'forbidden', 'signedOut'];

const PROBLEMS: Readonly<Record<string, SignatureProblem>> = {
  ...{ INVALID_SIGNATURE: 'invalid', OUTDATED_SIGNATURE: 'outdated', NOT_FOUND: 'outdated' },
};

/** Adds the signing to writes: whatever page begins one, it is asked for, shown and handed in here. */
export function createSignedWrites(deps: {
  readonly writes: Writes;
  readonly client: Client;
}): SignedWrites {
  const { writes: others, client } = deps;
  const listeners = new Set<() => void>();
  let intents = createIntents(memoryStorage(), '');
  let shown: string | null = null;
  const handingIn = new Set<string>();
  const problems = new Map<string, SignatureProblem>();

  const told = (): void => {
    for (const listener of listeners) listener();
  };
  others.watch(told);
  const show = (name: string | null): void => {
    shown = name;
    told();
  };
  const requestOf = (name: string): RequestToSign | null => {
    const write = others.read(name);
    if (write?.phase !== 'toSign') return null;
    return (write.payload as { readonly toSign?: RequestToSign | null }).toSign ?? null;
  };
  const intentOf = (name: string): Intent | undefined =>
    intents.all().find((intent) => intent.name === name);
  const inputOf = (name: string): SigningAsked['input'] => intentOf(name)?.input ?? {};
  /** Kept with the intent: a page that is loaded again must not begin it a second time either. */
  const mark = (name: string, handedInUntil: string | null): void => {
    const intent = intentOf(name);
    if (intent === undefined) return;
    const { handedInUntil: _, ...bare } = intent;
    intents.keep(handedInUntil === null ? bare : { ...bare, handedInUntil });
  };
  /** Whether the service may still carry it out: then a write under another key would be a second one. */
  const mayBeDone = (name: string): boolean => {
    const until = intentOf(name)?.handedInUntil;
    return handingIn.has(name) || (until !== undefined && serviceNowMs() < Date.parse(until));
  };
  const drop = (name: string): void => {
    if (others.read(name)?.phase === 'toSign' && mayBeDone(name)) return;
    problems.delete(name);
    others.dismiss(name);
  };
  const isSame = (name: string, input: object): boolean => {
    const { idempotencyKey: _, ...known } = inputOf(name);
    return JSON.stringify(known) === JSON.stringify(input);
  };
  const handIn = async (id: string, signature: `0x${string}`): Promise<HandedIn> => {
    try {
      const { transactionSign } = await client.ask(TransactionSign, { input: { id, signature } });
      const [code] = transactionSign.userErrors.map((error) => error.code);
      // What else is refused, the mutation says itself when it is asked again.
      const problem = code === undefined ? null : (PROBLEMS[code] ?? null);
      return { problem, isRefused: code !== undefined };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const problem = TURNED_AWAY[error.code] ?? null;
      return { problem: problem ?? 'unknown', isRefused: problem !== null };
    }
  };

  return {
    ...others,
    watch: (changed) => {
      listeners.add(changed);
      return () => void listeners.delete(changed);
    },
    begin: (ofPerson) => {
      intents = ofPerson;
      shown = null;
      handingIn.clear();
      problems.clear();
      others.begin(ofPerson);
    },
    start: (request) => {
      const { name, kind, document, input } = request;
      const isWaiting = others.read(name)?.phase === 'toSign';
      shown = name;
      if (isWaiting && (mayBeDone(name) || isSame(name, input))) return told();
      // Nothing was sent of what waits for the wallet: other numbers take its place.
      if (isWaiting) others.dismiss(name);
      problems.delete(name);
      others.start({ ...request, document: askingToSign(kind, document) });
    },
    dismiss: drop,
    tryAgain: (name) =>
      others.read(name)?.phase === 'toSign' ? show(name) : others.tryAgain(name),
    shown: () => (shown !== null && requestOf(shown) !== null ? shown : null),
    toSign: (name) => {
      const request = requestOf(name);
      const kind = others.read(name)?.kind ?? '';
      return request === null ? null : { name, kind, input: inputOf(name), request };
    },
    isHandingIn: (name) => handingIn.has(name),
    problem: (name) => problems.get(name) ?? null,
    close: (name) => {
      if (handingIn.has(name)) return;
      if (shown === name) shown = null;
      drop(name);
      told();
    },
    sign: async (name, signature) => {
      const request = requestOf(name);
      if (request === null || handingIn.has(name)) return null;
      const ofPerson = intents;
      handingIn.add(name);
      problems.delete(name);
      // Before it is asked: the page may end while it is on its way.
      mark(name, request.expiresAt);
      told();
      const { problem, isRefused } = await handIn(request.id, signature);
      // Another person may have signed in meanwhile.
      if (ofPerson !== intents) return problem;
      handingIn.delete(name);
      if (isRefused) mark(name, null);
      if (problem !== null) problems.set(name, problem);
      // Under its key it answers the transaction now, or what is to be signed instead.
      if (problem === null || !STANDS.includes(problem)) others.tryAgain(name);
      told();
      return problem;
    },
  };
}
