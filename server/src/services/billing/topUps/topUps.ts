import type { Address } from '@dewpoint/contracts/statement.ts';
import { readMoney } from '../../../domain/amounts.ts';
import {
  chargeFor,
  MAX_CHARGE,
  tokenUnits,
  unitsRoundedDown,
  type CardCurrency,
} from '../../../domain/billing/cardExchange.ts';
import { newTopUp, topUpDay, type TopUp } from '../../../domain/billing/topUp.ts';
import { checkWithin } from '../../../domain/bounds.ts';
import { refuseIfAny, UserError } from '../../../domain/errors.ts';
import { formatMoney } from '../../../domain/money.ts';
import type { Program } from '../../../domain/program.ts';
import type { Payments } from '../../../ports/payments.ts';
import type { TopUpLimitStore, TopUpStore } from '../../../ports/stores/billing/topUps.ts';
import { askProvider } from '../askProvider.ts';
import type { CustomerOf } from '../customers.ts';
import { limitsOf, type DailyLimits } from './followTopUps.ts';

/** What top-ups by card are done with, where they are on. */
export interface ToppedUpBy extends DailyLimits {
  readonly payments: Pick<Payments, 'startTopUp'>;
  readonly customerOf: CustomerOf;
  /** Settlement token that the treasury holds. */
  readonly token: Address;
  readonly currency: CardCurrency;
  /** The account that it is sent from. */
  readonly treasury: Address;
}

/** Whether reserves are topped up by card, and out of what. */
export interface TopUpTerms {
  /** Null while they are on. */
  readonly offBecause: string | null;
  /** Null while they are off. */
  readonly treasury: Address | null;
  readonly token: Address | null;
  /** ISO 4217, in capitals. */
  readonly currency: string | null;
  /** Whether this organisation begins none, as it owes for one. */
  readonly isStopped: boolean;
}

/** Tops reserves up by card. */
export interface TopUps {
  terms(organisationId: string): Promise<TopUpTerms>;
  /**
   * Begins a top-up.
   *
   * @param amount Decimal string of the settlement token.
   * @param effectId Names the write: the top-up is made once, and its page too.
   * @returns the top-up, and the URL of the page on which it is paid
   * @throws UserError TOP_UPS_OFF, TOP_UP_NOT_OFFERED, TOP_UPS_STOPPED, TOP_UP_LIMIT, MALFORMED, OUT_OF_RANGE
   * @throws ServiceError PAYMENTS_UNAVAILABLE, BUSY
   */
  start(
    program: Program,
    amount: string,
    effectId: string,
  ): Promise<{ readonly topUp: TopUp; readonly url: string }>;
  /** Reads one. @throws when there is none */
  get(id: string): Promise<TopUp>;
  /** Lists the newest of a program. */
  list(program: Program, limit: number): Promise<TopUp[]>;
}

/** The provider tells of a payment; this is for when it does not. */
const FIRST_LOOK_MS = 600_000;
export const TOP_UPS_OFF =
  'Top-ups of reserves by card are off: STRIPE_TOP_UPS is not set to on. Reserves are funded by reserveDeposit.';

const refused = (
  code: 'TOP_UPS_OFF' | 'TOP_UP_NOT_OFFERED' | 'TOP_UPS_STOPPED' | 'TOP_UP_LIMIT',
  message: string,
  field: string | null = null,
): UserError => new UserError({ code, field, message });

const isSame = (a: Address, b: Address): boolean => a.toLowerCase() === b.toLowerCase();

/** @param toppedUpBy Null while top-ups are off. */
export function createTopUps(deps: {
  toppedUpBy: ToppedUpBy | null;
  topUps: TopUpStore;
  topUpLimits: Pick<TopUpLimitStore, 'reserve'>;
  publicUrl: () => string;
  wallNowMs: () => number;
}): TopUps {
  const { toppedUpBy, topUps, topUpLimits, publicUrl, wallNowMs } = deps;

  /** Reads what is to be paid. Base units, and hundredths of the currency. */
  function readAmount(
    by: ToppedUpBy,
    { settlementToken: token }: Program,
    text: string,
  ): { readonly amount: bigint; readonly charge: bigint } {
    const { decimals, symbol } = token;
    const amount = readMoney('amount', text, token, 1n);
    const charge = chargeFor(amount, decimals);
    if (charge === null) {
      const message = `amount is ${text}; a card pays hundredths of ${by.currency.toUpperCase()}, so it must be an amount of ${symbol} with at most 2 decimals.`;
      throw new UserError({ code: 'MALFORMED', field: 'amount', message });
    }
    const { perProgram } = limitsOf(by, decimals);
    const payable = unitsRoundedDown(MAX_CHARGE, decimals);
    refuseIfAny(
      checkWithin({
        ...{ field: 'amount', value: amount, lowest: tokenUnits(1n, decimals) },
        highest: perProgram < payable ? perProgram : payable,
        show: (units) => formatMoney({ units, decimals }),
        why: 'what a program may be topped up by in a day',
      }),
    );
    return { amount, charge };
  }

  function offered(program: Program): ToppedUpBy {
    if (toppedUpBy === null) throw refused('TOP_UPS_OFF', TOP_UPS_OFF);
    if (program.environment !== 'live') {
      throw refused('TOP_UP_NOT_OFFERED', 'Reserves of live programs alone are topped up by card.');
    }
    if (!isSame(program.settlementToken.address, toppedUpBy.token)) {
      const message = `The settlement token of the program is ${program.settlementToken.address}; top-ups by card are offered for ${toppedUpBy.token} alone.`;
      throw refused('TOP_UP_NOT_OFFERED', message);
    }
    return toppedUpBy;
  }

  /** Begins a top-up in the ledger, within the limits of the day; again under the same id it is the same one. */
  async function begin(by: ToppedUpBy, program: Program, text: string, id: string) {
    const { amount, charge } = readAmount(by, program, text);
    const { id: programId, organisationId, settlementToken } = program;
    const { decimals } = settlementToken;
    if (await topUps.hasDebt(organisationId)) {
      const message =
        'A credited top-up of the organisation was disputed or refunded, and is owed: reserveTopUps shows which one.';
      throw refused('TOP_UPS_STOPPED', message);
    }
    const nowMs = wallNowMs();
    const share = { topUpId: id, programId, amount };
    const limits = limitsOf(by, decimals);
    const full = await topUpLimits.reserve('started', topUpDay(nowMs), share, limits);
    if (full !== null) {
      const left = formatMoney({ units: full.left, decimals });
      const message = `amount is ${text}; of what the program may be topped up by today (UTC), ${left} is left.`;
      throw refused('TOP_UP_LIMIT', message, 'amount');
    }
    const of = { id, organisationId, programId, amount, decimals, charge, currency: by.currency };
    return topUps.insert(newTopUp(of, nowMs));
  }

  return {
    terms: async (organisationId) => ({
      offBecause: toppedUpBy === null ? TOP_UPS_OFF : null,
      treasury: toppedUpBy?.treasury ?? null,
      token: toppedUpBy?.token ?? null,
      currency: toppedUpBy?.currency.toUpperCase() ?? null,
      isStopped: await topUps.hasDebt(organisationId),
    }),
    start: (program, text, effectId) =>
      askProvider(async () => {
        const by = offered(program);
        const id = `top_${effectId}`;
        const { topUp } = (await topUps.find(id)) ?? (await begin(by, program, text, id));
        const customerId = await by.customerOf(program.organisationId);
        const pageUrl = `${publicUrl()}/console/billing`;
        const { amount, decimals } = topUp;
        const shown = formatMoney({ units: amount, decimals });
        const { id: checkoutId, url } = await by.payments.startTopUp(
          {
            ...{ ...topUp, customerId },
            title: `Reserve of ${program.name}: ${shown} ${program.settlementToken.symbol}`,
            ...{ successUrl: `${pageUrl}?topup=done`, cancelUrl: pageUrl },
          },
          `dw_${id}`,
        );
        // Before the page is given away: what is paid there is looked for from now on.
        const page = { customerId, checkoutId };
        await topUps.noteCheckout(id, page, wallNowMs() + FIRST_LOOK_MS);
        return { topUp: { ...topUp, ...page }, url };
      }),
    get: async (id) => {
      const found = await topUps.find(id);
      if (found === null) throw new Error(`There is no top-up ${id}.`);
      return found.topUp;
    },
    list: (program, limit) => topUps.listOf(program.id, limit),
  };
}
