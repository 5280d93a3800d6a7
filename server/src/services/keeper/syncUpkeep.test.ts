import { describe, expect, it } from 'vitest';
import type { Program } from '../../domain/program.ts';
import { INVENTED_PROGRAM } from '../../testing/builders/program.ts';
import { createSyncUpkeep } from './syncUpkeep.ts';

const PRICE = 25_000n;
const program: Program = {
  ...INVENTED_PROGRAM,
  buybackTerms: [
    {
      version: 0,
      fromRound: 0,
      pricePerPoint: PRICE,
      budgetPerRound: 0n,
      minTender: 100n,
      blockNumber: 1,
      transactionHash: '0x01',
    },
  ],
};
const CALL = { to: program.buyback, data: '0x' } as const;

/** @param chain What the chain answers, in the order of the questions. */
function syncOf(chain: { there: bigint; reserve: bigint }) {
  let wallMs = 0;
  const asked: string[] = [];
  const sync = createSyncUpkeep({
    totals: { reserveChangedAt: () => Promise.resolve(0) },
    views: {
      moneyOf: () => {
        asked.push('there');
        return Promise.resolve(chain.there);
      },
      reserveOf: () => {
        asked.push('reserve');
        return Promise.resolve(chain.reserve);
      },
    },
    calls: { syncReserve: () => CALL },
    wallNowMs: () => wallMs,
  });
  return { asked, look: () => sync(program), pass: (ms: number) => void (wallMs += ms) };
}

describe('money that was sent to a buyback', () => {
  it('is taken in when the chain has it beside the reserve', async () => {
    const { look } = syncOf({ there: 3n * PRICE, reserve: 2n * PRICE });
    expect(await look()).toEqual([
      { name: expect.stringMatching(/^sync:/) as string, kind: 'reserveSync', call: CALL },
    ]);
  });

  it('is not taken in twice because the reading of the chain is behind', async () => {
    // The read model is not asked for a reserve at all.
    const { look } = syncOf({ there: 3n * PRICE, reserve: 3n * PRICE });
    expect(await look()).toEqual([]);
  });

  it('is asked for before the reserve, so that a deposit in between is not taken for it', async () => {
    const { look, asked } = syncOf({ there: 0n, reserve: 0n });
    await look();
    expect(asked).toEqual(['there', 'reserve']);
  });

  it('is looked for every half minute', async () => {
    const { look, asked, pass } = syncOf({ there: 0n, reserve: 0n });
    for (const ms of [0, 29_999, 1]) {
      pass(ms);
      await look();
    }
    expect(asked).toHaveLength(4);
  });
});
