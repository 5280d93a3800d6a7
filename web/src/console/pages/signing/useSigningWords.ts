import { useTranslation } from 'react-i18next';
import { showMoney, showPoints } from '../../../shared/format/amounts.ts';
import type { DeskRule } from '../../terms/fields.ts';
import { useTermsSaying } from '../../terms/useTermsSaying.ts';
import type { SigningAsked } from '../../writes/signedWrites.ts';
import type { SigningProgram } from './queries.ts';

const ZERO = /^0x0{40}$/;

interface SaidRuleSet {
  readonly notBefore?: number;
  readonly budgetPerEpoch?: string | null;
  readonly documentHash?: string | null;
  readonly rules: readonly (Pick<DeskRule, 'ruleId' | 'name' | 'text'> &
    Partial<Omit<DeskRule, 'look'>>)[];
}
/** Inputs of the mutations, as far as they are said. */
interface Said {
  readonly amount?: string;
  readonly price?: string;
  readonly stock?: number | null;
  readonly operator?: string;
  readonly text?: string;
  readonly to?: string;
  readonly added?: number;
  readonly change?: number;
  readonly item?: number;
  readonly order?: number;
  readonly terms?: {
    readonly ruleSet?: SaidRuleSet;
    readonly buyback?: {
      readonly pricePerPoint: string;
      readonly budgetPerRound: string;
      readonly minTender: string;
    };
  };
}

/** What is signed, in words: all of it in one line, and its parts where it has some. */
export interface SigningWords {
  readonly call: string;
  readonly parts: readonly { readonly name: string; readonly value: string }[];
}

/** Says in words what is signed: by what was asked for, which is kept with the write and compared with the bytes. */
export function useSigningWords(asked: SigningAsked, program: SigningProgram): SigningWords {
  const { t } = useTranslation('signing');
  const { say, sayRule } = useTermsSaying(program.clock);
  const { kind } = asked;
  const { amount, price, stock, terms, operator, text, to, ...numbers } = asked.input as Said;
  const money = (value: string): string =>
    `${showMoney(value)} ${program.settings.settlementToken.symbol}`;

  const partsOf = ({ rules, ...others }: SaidRuleSet): SigningWords['parts'] => {
    const { notBefore = 0, budgetPerEpoch = null, documentHash = null } = others;
    return [
      ...rules.map((rule) => {
        const limits = { maxCount: null, maxPoints: null, untilEpoch: null };
        const numbersOf = { perAction: '0', perMillionUnits: '0', ...limits, ...rule };
        return {
          name: t('part.rule', { number: rule.ruleId, name: rule.name }),
          value: `${rule.text}\n${sayRule({ ...numbersOf, look: null })}`,
        };
      }),
      { name: t('part.budget'), value: say('budgetPerEpoch', budgetPerEpoch) },
      ...(notBefore > 0 ? [{ name: t('part.notBefore'), value: String(notBefore) }] : []),
      { name: t('part.document'), value: documentHash ?? t('part.noDocument') },
    ];
  };

  if (kind === 'changeAnnounce') {
    const { ruleSet, buyback } = terms ?? {};
    if (buyback === undefined) {
      const count = ruleSet?.rules.length ?? 0;
      const parts = ruleSet === undefined ? [] : partsOf(ruleSet);
      return { call: t('call.announceRules', { count }), parts };
    }
    const call = t('call.announceBuyback', {
      price: money(buyback.pricePerPoint),
      budget: money(buyback.budgetPerRound),
      least: showPoints(buyback.minTender),
    });
    return { call, parts: [] };
  }
  if (kind === 'operatorOffer' && ZERO.test(operator ?? '')) {
    return { call: t('call.operatorOfferBack'), parts: [] };
  }
  const call = t(`call.${kind as 'itemAdd'}`, {
    ...{ program: program.name, operator, text, to, ...numbers },
    number: numbers.change ?? numbers.item ?? numbers.order,
    amount: amount === undefined ? '' : money(amount),
    price: price === undefined ? '' : showPoints(price),
  });
  const pieces = stock == null ? t('part.noEnd') : t('part.pieces', { count: stock });
  return { call, parts: kind === 'itemAdd' ? [{ name: t('part.stock'), value: pieces }] : [] };
}
