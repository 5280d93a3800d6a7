import { expect, it } from 'vitest';
import type { BillingAccountStore } from '../../ports/stores/billing/billingAccounts.ts';
import { createBilling } from './billing.ts';

it('days are whole days (UTC), the present one included, whatever the hour', async () => {
  const asked: number[] = [];
  const at = (iso: string): ReturnType<typeof createBilling> =>
    createBilling({
      ...{ paidBy: null, billingAccounts: {} as BillingAccountStore, publicUrl: () => '' },
      meterHours: {
        days: (_organisationId, fromHour) => {
          asked.push(fromHour);
          return Promise.resolve([]);
        },
      },
      wallNowMs: () => Date.parse(iso),
    });
  const hour = (iso: string): number => Date.parse(iso) / 3_600_000;
  for (const time of ['00:00:00', '15:30:00', '23:59:59']) {
    await at(`2026-03-10T${time}Z`).days('org_1', 1);
    await at(`2026-03-10T${time}Z`).days('org_1', 31);
  }
  const [one, month] = [hour('2026-03-10T00:00:00Z'), hour('2026-02-08T00:00:00Z')];
  expect(asked).toEqual([one, month, one, month, one, month]);
});
