import { useTranslation } from 'react-i18next';
import { showMoment } from '../../shared/format/dates.ts';
import { nameInWords, wordsIn } from '../../shared/format/words.ts';
import { isHeld } from './decisions.ts';
import type { DeskAction } from './queries.ts';

/** What is known of an action that decides how its state is told. */
export type ActionFacts = Pick<
  DeskAction,
  'state' | 'heldBack' | 'statement' | 'settled' | 'maturesAt' | 'voidableUntil' | 'voidedAt'
>;

/** A state as people name it: what is held for review, or held back, is told apart from what is on its way. */
export type ToldState = DeskAction['state'] | 'HELD' | 'HELD_BACK';

export function toldState(action: DeskAction): ToldState {
  if (isHeld(action)) return 'HELD';
  return action.state === 'PENDING' && action.heldBack !== null ? 'HELD_BACK' : action.state;
}

/** Tells in the language of the reader what became of an action, and what comes next. */
export function useActionWords(): {
  nameOf(action: Pick<DeskAction, 'rule'>): string;
  /** @param nowMs by the clock of the service */
  tell(action: ActionFacts, nowMs: number): string;
} {
  const { t, i18n } = useTranslation('console');
  const at = (iso: string): string => showMoment(iso, i18n.language);
  const pending = ({ heldBack, statement }: ActionFacts, nowMs: number): string => {
    if (statement === null) return t('action.tell.new');
    const { askedAt, settlesAfter } = statement;
    const isDue = Date.parse(settlesAfter) <= nowMs;
    if (heldBack !== null) {
      return isDue
        ? t(`action.tell.heldDue.${heldBack}`)
        : t(`action.tell.held.${heldBack}`, { at: at(settlesAfter) });
    }
    if (askedAt !== null) return t('action.tell.asked', { at: at(askedAt) });
    return isDue ? t('action.tell.settling') : t('action.tell.pending', { at: at(settlesAfter) });
  };
  return {
    nameOf: ({ rule }) =>
      rule === null
        ? t('action.noRule')
        : (wordsIn(rule.look?.label, i18n.language) ?? nameInWords(rule.name)),
    tell: (action, nowMs) => {
      const { state, statement, settled, maturesAt, voidableUntil, voidedAt } = action;
      switch (state) {
        case 'SETTLED':
          return settled === null
            ? t('action.tell.settled')
            : t('action.tell.settledAt', { at: at(settled.at) });
        case 'MATURING':
          if (maturesAt === null) return t('action.tell.maturing');
          return voidableUntil === null || Date.parse(voidableUntil) <= nowMs
            ? t('action.tell.maturingSoon', { at: at(maturesAt) })
            : t('action.tell.maturingUntil', { at: at(maturesAt), until: at(voidableUntil) });
        case 'VOIDED':
          return voidedAt === null
            ? t('action.tell.voided')
            : t('action.tell.voidedAt', { at: at(voidedAt) });
        case 'LAPSED':
          return statement === null
            ? t('action.tell.lapsed')
            : t('action.tell.lapsedAt', { at: at(statement.closesAt) });
        case 'REFUSED':
          return t('action.tell.refused');
        case 'RULE_NOT_IN_FORCE':
          return t('action.tell.notInForce');
        case 'PENDING':
          return pending(action, nowMs);
      }
    },
  };
}
