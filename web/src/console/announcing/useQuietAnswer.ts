import { useEffect, useState } from 'react';

/** Nobody is asked while the next key is about to be pressed. */
const QUIET_MS = 400;

/** An answer, and to what. */
interface Known<Answer> {
  readonly of: string;
  readonly again: string;
  readonly answer: Answer;
}

/** What is known of what is being typed. */
export interface QuietAnswer<Answer> {
  /** The newest one, which stays until the next; null before the first, and while there is nothing to ask for. */
  readonly answer: Answer | null;
  readonly isAsking: boolean;
  /** Asks once more. */
  askAgain(): void;
}

/**
 * Asks a moment after the last key.
 *
 * @param text what to ask for; null while there is nothing
 * @param again another value asks anew, as when a change ended that was in the way
 * @param ask the same function from one drawing to the next, or it is asked each time
 */
export function useQuietAnswer<Answer>(
  text: string | null,
  again: string,
  ask: (text: string) => Promise<Answer>,
): QuietAnswer<Answer> {
  const [tries, setTries] = useState(0);
  const [known, setKnown] = useState<Known<Answer> | null>(null);
  const mark = `${again} ${tries}`;
  useEffect(() => {
    if (text === null) return;
    let isWanted = true;
    const timer = setTimeout(() => {
      void ask(text).then((answer) => {
        if (isWanted) setKnown({ of: text, again: mark, answer });
      });
    }, QUIET_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [text, mark, ask]);
  const askAgain = (): void => setTries(tries + 1);
  if (text === null) return { answer: null, isAsking: false, askAgain };
  const isAsking = known?.of !== text || known.again !== mark;
  return { answer: known?.answer ?? null, isAsking, askAgain };
}
