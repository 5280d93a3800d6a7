import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSignedIn } from '../../../access/workplace.ts';
import { postAuth, type AuthAnswer } from '../../../signIn/authRoutes.ts';
import { useAuthWords } from '../../../signIn/useAuthWords.ts';

const ROUTES = {
  setUp: '/two-factor/enable',
  turnOn: '/two-factor/verify-totp',
  turnOff: '/two-factor/disable',
  renew: '/two-factor/generate-backup-codes',
} as const;

/** What is asked for by routes of the person's own sign-in. */
export type OwnAct = keyof typeof ROUTES;

/** What the routes say once the session is over. */
const IS_OUT = ['UNAUTHORIZED', 'INVALID_TWO_FACTOR_COOKIE'];

/** One thing about the own sign-in, under way once at a time. */
export interface OwnAuth {
  readonly isAsking: boolean;
  /** Why it was not done, in words; null when nothing went wrong. */
  readonly refused: string | null;
  refuse(words: string | null): void;
  ask(body: object): Promise<AuthAnswer | null>;
}

/** Asks for something about the own sign-in; whatever the answer, the page learns what holds now. */
export function useOwnAuth(act: OwnAct): OwnAuth {
  const { t } = useTranslation('team');
  const { t: words } = useTranslation('console');
  const authWords = useAuthWords();
  const { refresh } = useSignedIn();
  const [isAsking, setAsking] = useState(false);
  const [refused, refuse] = useState<string | null>(null);
  const isBusy = useRef(false);
  const wordsOf = (code: string): string => {
    if (code === 'OFFLINE') return t(`twoFactor.lost.${act}`);
    return IS_OUT.includes(code) ? words('errors.UNAUTHENTICATED') : authWords(code);
  };
  return {
    ...{ isAsking, refused, refuse },
    ask: async (body) => {
      // A second click while the first is under way is none.
      if (isBusy.current) return null;
      isBusy.current = true;
      setAsking(true);
      refuse(null);
      const answer = await postAuth(ROUTES[act], body);
      isBusy.current = false;
      setAsking(false);
      if (answer.code !== null) refuse(wordsOf(answer.code));
      // Turning it on or off replaces the session, and an answer may be lost.
      refresh();
      return answer;
    },
  };
}
