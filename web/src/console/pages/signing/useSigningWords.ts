import { useTranslation } from 'react-i18next';
import { showMoney, showPoints } from '../../../shared/format/amounts.ts';
import type { SigningAsked } from '../../writes/signedWrites.ts';
import type { SigningProgram } from './queries.ts';

const ZERO = /^0x0{40}$/;

/** Inputs of the mutations, as far as they are said. */
interface Said {
  readonly amount?: string;
  readonly price?: string;
  readonly operator?: string;
  readonly text?: string;
  readonly to?: string;
  readonly added?: number;
  readonly change?: number;
  readonly item?: number;
  readonly order?: number;
  readonly terms?: {
    readonly ruleSet?: { readonly rules: readonly object[] };
    readonly buyback?: {
      readonly pricePerPoint: string;
      readonly budgetPerRound: string;
      readonly minTender: string;
    };
  };
}

/** Says in words what is signed: by what was asked for, which is compared with the bytes. */
export function useSigningWords(): (asked: SigningAsked, program: SigningProgram) => string {
  const { t } = useTranslation('signing');
  return ({ kind, input }, { name, settings }) => {
    const { amount, price, terms, operator, text, to, ...numbers } = input as unknown as Said;
    const money = (value: string): string =>
      `${showMoney(value)} ${settings.settlementToken.symbol}`;
    if (kind === 'changeAnnounce') {
      const { ruleSet, buyback } = terms ?? {};
      return buyback === undefined
        ? t('call.announceRules', { count: ruleSet?.rules.length ?? 0 })
        : t('call.announceBuyback', {
            price: money(buyback.pricePerPoint),
            budget: money(buyback.budgetPerRound),
            least: showPoints(buyback.minTender),
          });
    }
    if (kind === 'operatorOffer' && ZERO.test(operator ?? '')) return t('call.operatorOfferBack');
    return t(`call.${kind as 'itemAdd'}`, {
      ...{ program: name, operator, text, to, ...numbers },
      number: numbers.change ?? numbers.item ?? numbers.order,
      amount: amount === undefined ? '' : money(amount),
      price: price === undefined ? '' : showPoints(price),
    });
  };
}
