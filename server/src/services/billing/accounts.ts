import { eachInTurn } from './eachInTurn.ts';
import { bestSubscription, judgeAccount } from '../../domain/billing/subscription.ts';
import type { BillingAccount } from '../../domain/billing/subscription.ts';
import type { Payments } from '../../ports/payments.ts';
import type { BillingAccountStore } from '../../ports/stores/billing/billingAccounts.ts';

/**
 * Keeps what is known of the payments of organisations equal to what the provider says. Its messages only say when to ask: so their
 * order, and how often they come, make no difference.
 */
export interface BillingAccounts {
  /** Asks the provider for the plan of an organisation, and judges the account by it. */
  sync(organisationId: string, seen?: { readonly hasRecorded: boolean }): Promise<BillingAccount>;
  /** Notes the customer of an organisation; the first one stays. @returns the one that stands */
  keepCustomer(organisationId: string, customerId: string): Promise<string>;
  /** Finds the organisation of a customer, also of one that a process made and died; null for customers of others. */
  organisationOf(customerId: string): Promise<string | null>;
  /** Reads accounts again that were read long ago: a message may never have come. @returns how many */
  refresh(): Promise<number>;
}

/** A message that is lost makes a difference for no longer than this. */
const REFRESH_AFTER_MS = 3_600_000;
const REFRESHED_AT_ONCE = 20;
/** Each process that is faster saves something newer; none is that often. */
const MAX_SAVES = 20;

export function createBillingAccounts(deps: {
  billingAccounts: BillingAccountStore;
  payments: Pick<Payments, 'subscriptions' | 'findCustomer'>;
  wallNowMs: () => number;
}): BillingAccounts {
  const { billingAccounts, payments, wallNowMs } = deps;

  /** Changes an account by what is read after it: one that another process has saved meanwhile is read, and asked for, again. */
  async function change(
    organisationId: string,
    changed: (account: BillingAccount) => Promise<BillingAccount>,
  ): Promise<BillingAccount> {
    for (let saves = 0; saves < MAX_SAVES; saves += 1) {
      const { account, version } = await billingAccounts.read(organisationId);
      const next = await changed(account);
      if (next === account || (await billingAccounts.save(next, version))) return next;
    }
    throw new Error(`The billing account of ${organisationId} changes all the time.`);
  }

  const sync: BillingAccounts['sync'] = (organisationId, seen = { hasRecorded: false }) =>
    change(organisationId, async (account) => {
      const all =
        account.customerId === null ? [] : await payments.subscriptions(account.customerId);
      return judgeAccount(account, { ...seen, subscription: bestSubscription(all) }, wallNowMs());
    });

  const keepCustomer: BillingAccounts['keepCustomer'] = async (organisationId, customerId) => {
    const { customerId: kept } = await change(organisationId, (account) =>
      Promise.resolve(account.customerId === null ? { ...account, customerId } : account),
    );
    return kept ?? customerId;
  };

  return {
    sync,
    keepCustomer,
    organisationOf: async (customerId) => {
      const known = await billingAccounts.findByCustomer(customerId);
      if (known !== null) return known.organisationId;
      const organisationId = (await payments.findCustomer(customerId))?.organisationId ?? null;
      if (organisationId === null) return null;
      // Only one that began a checkout has an account without a customer; no other one can be claimed from outside.
      const kept = await keepCustomer(organisationId, customerId);
      return kept === customerId ? organisationId : null;
    },
    refresh: async () => {
      const stale = await billingAccounts.listStale(
        wallNowMs() - REFRESH_AFTER_MS,
        REFRESHED_AT_ONCE,
      );
      return eachInTurn(stale, async ({ organisationId }) => {
        await sync(organisationId);
      });
    },
  };
}
