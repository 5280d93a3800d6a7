import { ApiError, type Client } from '../../shared/graphql/client.ts';
import { graphql } from '../../shared/graphql/graphql.ts';
import { memoryStorage } from '../../shared/storage/tabStorage.ts';
import { createIntents } from '../../shared/transactions/intents.ts';
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

/** Why a signature came to nothing: it is of another account, it came too late, or no answer says what became of it. */
export type SignatureProblem = 'invalid' | 'outdated' | 'unknown';

/** The writes of a page, with those that the operator's own wallet signs before the service sends them. */
export interface SignedWrites extends Writes {
  /** Name of the write that the person is shown; null for none. */
  shown(): string | null;
  /** What the wallet is to sign; null for a write that has no such thing now. */
  toSign(name: string): SigningAsked | null;
  /** Takes it back: nothing was sent. */
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
  const inputOf = (name: string): SigningAsked['input'] =>
    intents.all().find((intent) => intent.name === name)?.input ?? {};
  const isSame = (name: string, input: object): boolean => {
    const { idempotencyKey: _, ...known } = inputOf(name);
    return JSON.stringify(known) === JSON.stringify(input);
  };
  /** Hands it in. @throws ApiError */
  const handIn = async (id: string, signature: `0x${string}`): Promise<SignatureProblem | null> => {
    const { transactionSign } = await client.ask(TransactionSign, { input: { id, signature } });
    const [code] = transactionSign.userErrors.map((error) => error.code);
    // What else is refused, the mutation says itself when it is asked again.
    return code === undefined ? null : (PROBLEMS[code] ?? null);
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
      others.begin(ofPerson);
    },
    start: (request) => {
      const { name, kind, document, input } = request;
      const isWaiting = others.read(name)?.phase === 'toSign';
      shown = name;
      // Nothing was sent of what waits for the wallet: other numbers take its place.
      if (isWaiting && !isSame(name, input)) others.dismiss(name);
      else if (isWaiting) return told();
      others.start({ ...request, document: askingToSign(kind, document) });
    },
    tryAgain: (name) =>
      others.read(name)?.phase === 'toSign' ? show(name) : others.tryAgain(name),
    shown: () => (shown !== null && requestOf(shown) !== null ? shown : null),
    toSign: (name) => {
      const request = requestOf(name);
      const kind = others.read(name)?.kind ?? '';
      return request === null ? null : { name, kind, input: inputOf(name), request };
    },
    close: (name) => {
      if (shown === name) shown = null;
      others.dismiss(name);
    },
    sign: async (name, signature) => {
      const request = requestOf(name);
      if (request === null) return null;
      let problem: SignatureProblem | null;
      try {
        problem = await handIn(request.id, signature);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        problem = 'unknown';
      }
      // Under its key it answers the transaction now, or what is to be signed instead.
      if (problem !== 'invalid') others.tryAgain(name);
      return problem;
    },
  };
}
