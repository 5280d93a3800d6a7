import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buyback, OUTLOOK, ruleTerms, rules } from '../../testing/builders/changeInput.ts';
import { MUTATION_SETTINGS } from '../../testing/builders/program.ts';
import { startService, type TestService } from '../../testing/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService({ settings: MUTATION_SETTINGS });
});
afterAll(() => service.close());

const keyed = (more: object): object => ({ idempotencyKey: service.key(), ...more });
const refused = (terms: object): Promise<(readonly [string | null, string])[]> =>
  service.refused('changeAnnounce', keyed({ terms }));
const tried = async (terms: object): Promise<Record<string, unknown>> =>
  service.act('changeAnnounce', keyed({ terms, dryRun: true }), OUTLOOK);
const announce = async (terms: object): Promise<void> => {
  const { userErrors } = await service.act('changeAnnounce', keyed({ terms }));
  expect(userErrors).toEqual([]);
};

describe('an improvement', () => {
  it('is a change', async () => {
    expect(await refused(buyback())).toEqual([['terms', 'NO_CHANGE']]);
    expect(await refused(ruleTerms())).toEqual([['terms', 'NO_CHANGE']]);
  });

  it('of the budget is offered with the money on the table', async () => {
    const more = buyback({ budgetPerRound: '25' });
    const { userErrors } = await service.act('changeAnnounce', keyed({ terms: more }));
    expect(userErrors).toMatchObject([
      {
        ...{ field: 'terms.buyback', code: 'NOT_COVERED' },
        message:
          'These terms need 25.000000 LD in the reserve that are not owed; there are 0.000000 LD.',
      },
    ]);
    await service.mint(25_000_000n);
    await service.act('reserveDeposit', keyed({ amount: '25' }));
    expect(await tried(more)).toMatchObject({
      userErrors: [],
      outlook: { kind: 'BUYBACK_IMPROVED', blockedBy: null },
    });
  });

  it('of the price is a step: twice as much at most, else it takes notice and a last round', async () => {
    const leap = await tried(buyback({ pricePerPoint: '1.000001' }));
    expect(leap).toMatchObject({
      outlook: {
        ...{ kind: 'BUYBACK_WORSENED', hurtsHolders: true },
        differences: [{ kind: 'RAISED', field: 'pricePerPoint', hurtsHolders: true }],
      },
    });
    expect(await tried(buyback({ pricePerPoint: '1' }))).toMatchObject({
      outlook: { kind: 'BUYBACK_IMPROVED', hurtsHolders: false },
    });
  });

  it('of the buyback comes once a round', async () => {
    await announce(buyback({ pricePerPoint: '0.6' }));
    const better = buyback({ pricePerPoint: '0.7' });
    expect(await refused(better)).toEqual([['terms.buyback', 'IMPROVED_ALREADY']]);
    expect(await tried(better)).toMatchObject({
      userErrors: [],
      outlook: { blockedBy: { code: 'IMPROVED_ALREADY' } },
    });
  });

  it('of the rules waits until the newest are in force', async () => {
    await announce(ruleTerms({ rules: rules({ perAction: '3.00' }) }));
    const better = ruleTerms({ rules: rules({ perAction: '4.00' }) });
    expect(await refused(better)).toEqual([['terms.ruleSet', 'NEWEST_NOT_IN_FORCE']]);
    expect(await tried(better)).toMatchObject({
      userErrors: [],
      outlook: { blockedBy: { code: 'NEWEST_NOT_IN_FORCE' } },
    });
  });
});
