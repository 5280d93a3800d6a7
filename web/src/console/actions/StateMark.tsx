import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { ToldState } from './useActionWords.ts';

const LOOKS: Readonly<Record<ToldState, string>> = {
  ...{ SETTLED: 'better', PENDING: 'waiting', MATURING: 'locked' },
  ...{ HELD: 'waiting', HELD_BACK: 'waiting' },
  ...{ LAPSED: 'worse', REFUSED: 'worse', RULE_NOT_IN_FORCE: 'worse', VOIDED: 'quiet' },
};

/** The state of an action in a word. */
export function StateMark({ state }: { readonly state: ToldState }): JSX.Element {
  const { t } = useTranslation('console');
  return <span className={`tag ${LOOKS[state]}`}>{t(`action.state.${state}`)}</span>;
}
