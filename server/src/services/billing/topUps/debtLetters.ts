import type { TopUp } from '../../../domain/billing/topUp.ts';
import { formatMoney } from '../../../domain/money.ts';
import type { Logger } from '../../../lib/logger.ts';
import type { TopUpStore } from '../../../ports/stores/billing/topUps.ts';
import { eachInTurn } from '../eachInTurn.ts';
import type { LetterText, OwnerLetters } from '../ownerLetters.ts';

/** Tells owners by letter that they owe the money of a top-up which is in their reserve. */
export interface DebtLetters {
  /** Sends those that are due. One that a process dies over is sent twice rather than never. @returns how many */
  send(): Promise<number>;
}

const AT_ONCE = 20;

/** Composes a letter. */
export function debtLetterText(
  { state, amount, debt, decimals, currency, id }: TopUp,
  { name, url }: { readonly name: string; readonly url: string },
): LetterText {
  const show = (units: bigint): string => formatMoney({ units, decimals });
  const what = state === 'DISPUTED' ? 'is disputed' : 'was refunded';
  const paragraphs = [
    `The payment by card of a top-up of ${show(amount)} ${currency.toUpperCase()} ${what} after it was credited. The money went into the reserve of your program, from where the card does not get it back, so ${name} owes ${show(debt)} ${currency.toUpperCase()}.`,
    'Until this is settled, the reserve can not be topped up by card. Nothing else stops.',
    `The top-up is ${id}. An owner sees it here: ${url}`,
  ];
  return { subject: `${name}: a top-up is owed`, text: `${paragraphs.join('\n\n')}\n` };
}

export function createDebtLetters(deps: {
  topUps: Pick<TopUpStore, 'listUntold' | 'save'>;
  ownerLetters: OwnerLetters;
  billingUrl: () => string;
  logger: Pick<Logger, 'error'>;
  wallNowMs: () => number;
}): DebtLetters {
  const { topUps, ownerLetters, billingUrl, logger, wallNowMs } = deps;
  return {
    send: async () => {
      const untold = await topUps.listUntold(AT_ONCE);
      const due = untold.filter(({ topUp }) => ownerLetters.mayWrite(topUp.organisationId));
      return eachInTurn(due, async ({ topUp, version }) => {
        const { id, organisationId } = topUp;
        const hasOwners = await ownerLetters.write(organisationId, (name) =>
          debtLetterText(topUp, { name, url: billingUrl() }),
        );
        if (!hasOwners) {
          logger.error({ topUp: id, organisationId }, 'a debt has no owner to be told of it');
          return;
        }
        await topUps.save({ ...topUp, toldAtMs: wallNowMs() }, version);
      });
    },
  };
}
