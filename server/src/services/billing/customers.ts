import type { Payments } from '../../ports/payments.ts';
import type { Teams } from '../../ports/people.ts';
import type { BillingAccountStore } from '../../ports/stores/billing/billingAccounts.ts';
import { sha256OfJson } from '../sha256.ts';
import type { BillingAccounts } from './accounts.ts';

/** Finds the customer of an organisation, or creates it: at the provider under one key, whichever checkout comes first. */
export type CustomerOf = (organisationId: string) => Promise<string>;

export function createCustomerOf(deps: {
  billingAccounts: Pick<BillingAccountStore, 'read'>;
  payments: Pick<Payments, 'createCustomer'>;
  accounts: Pick<BillingAccounts, 'keepCustomer'>;
  teams: Pick<Teams, 'organisation'>;
}): CustomerOf {
  const { billingAccounts, payments, accounts, teams } = deps;
  return async (organisationId) => {
    const { account } = await billingAccounts.read(organisationId);
    if (account.customerId !== null) return account.customerId;
    const organisation = await teams.organisation(organisationId);
    const name = organisation?.name ?? organisationId;
    const customer = await payments.createCustomer(
      { organisationId, name },
      `dw_${sha256OfJson(['customer', organisationId, name])}`,
    );
    return accounts.keepCustomer(organisationId, customer.id);
  };
}
