import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEventfulModules, type EventfulModules } from '../testing/eventfulModules.ts';
import { startEventfulProgram } from '../testing/eventfulProgram.ts';
import {
  BUYBACK_TERMS,
  EPOCH_LENGTH,
  FIRST_ROUND_AT,
  NOTICE_PERIOD,
  ORDER_DEADLINE,
} from '../testing/testProgram.ts';
import type { ProgramFacts } from './facts/facts.ts';
import { verify } from './verify.ts';

let eventful: EventfulModules;
let facts: ProgramFacts;
beforeAll(async () => {
  eventful = await startEventfulModules();
  const { program } = eventful;
  ({ facts } = await verify({ provider: program.provider, program: program.address }));
});
afterAll(() => eventful.program.stop());

const lower = (account: { readonly address: string }): string => account.address.toLowerCase();
const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((a, b) => a + b, 0n);

describe('the facts of a program', () => {
  it('are plain data, as of the newest block', async () => {
    expect(structuredClone(facts)).toEqual(facts);
    const block = await eventful.program.provider.getBlock('latest');
    expect(facts.head).toEqual({ block: block?.number, time: block?.timestamp });
    const { operator, created, settings } = eventful.program;
    expect(facts.operator).toBe(lower(operator));
    expect(facts.settings).toMatchObject({
      charter: created.charter.toLowerCase(),
      epochLength: EPOCH_LENGTH,
      noticePeriod: NOTICE_PERIOD,
      orderDeadline: ORDER_DEADLINE,
      transferable: settings.transferable,
    });
  });

  it('hold every rule set with its words and the change that it was', async () => {
    const [opening, better, worse, afterDeath] = facts.ruleSets;
    expect(facts.ruleSets).toHaveLength(4);
    expect(opening).toMatchObject({ version: 0, fromEpoch: 0, change: null });
    expect(opening?.rules).toMatchObject([
      { id: 1, perAction: 1_000n, name: 'rule-1', text: 'What rule 1 earns' },
    ]);
    expect(better?.rules[0]?.perAction).toBe(1_200n);
    expect([better?.change, worse?.change, afterDeath?.change]).toEqual([1, 2, 8]);
    const { enactedIn, program } = eventful;
    expect(worse?.published.block).toBe(enactedIn.worse);
    const block = await program.provider.getBlock(enactedIn.worse);
    expect(worse?.published.time).toBe(block?.timestamp);
    const { startsAt } = program.settings;
    expect(worse?.startsAt).toBe(startsAt + 12 * EPOCH_LENGTH);
  });

  it('hold every version of the buyback terms', () => {
    expect(facts.buybackTerms).toMatchObject([
      { version: 0, fromRound: 0, opensAt: FIRST_ROUND_AT, change: null, ...BUYBACK_TERMS },
      { version: 1, pricePerPoint: 11_000n, change: 5 },
      { version: 2, pricePerPoint: 9_000n, change: 6 },
    ]);
  });

  it('hold every change with what it says, its dates, its objections and its end', () => {
    const states = facts.changes.map(({ state }) => state);
    expect(states).toEqual([
      ...['enacted', 'enacted', 'struck down', 'withdrawn', 'enacted', 'enacted', 'dead'],
      'enacted',
    ]);
    const [better, worse, struckDown, , , worseBuyback, dead] = facts.changes;
    expect(better).toMatchObject({ hurtsMembers: false, hurtsHolders: false, lastRoundFrom: null });
    expect(better?.ended?.transactionHash).toBe(better?.announced.transactionHash);
    expect(worse).toMatchObject({
      id: 2,
      terms: { target: 'rule set', ruleSet: { notBefore: 12, rules: [{ perAction: 900n }] } },
      hurtsMembers: true,
      hurtsHolders: false,
      objections: 3_000n,
      objectors: [],
      version: 2,
    });
    expect(worse?.noticeEndsAt).toBe((worse?.announced.time ?? 0) + NOTICE_PERIOD);
    expect(struckDown).toMatchObject({
      terms: { target: 'buyback terms', buyback: { pricePerPoint: 9_000n } },
      hurtsHolders: true,
      version: null,
    });
    const needed = struckDown?.objectionsNeeded ?? 0n;
    expect(struckDown?.objections).toBeGreaterThanOrEqual(needed);
    expect(struckDown?.ended?.time).toBeLessThan(struckDown?.noticeEndsAt ?? 0);
    expect(worseBuyback?.lastRoundFrom).toBe(3);
    expect(dead).toMatchObject({
      objectors: [{ holder: lower(eventful.ben), amount: 1_000n }],
      ended: null,
      version: null,
    });
    expect(dead?.diesAt).toBeLessThan(facts.head.time);
  });

  it('hold every round with its tenders and its result, as the contract has them', async () => {
    const { program } = eventful;
    expect(facts.rounds.map(({ round }) => round)).toEqual([0, 1, 3]);
    for (const { round, tenders, tendered, result, opensAt, closesAt } of facts.rounds) {
      const read = (await program.read('buyback', 'roundOf', round)) as bigint[];
      expect([opensAt, closesAt]).toEqual([Number(read[0]), Number(read[1])]);
      expect([tendered, result?.filled, result?.payout]).toEqual([read[5], read[6], read[7]]);
      expect(sum(tenders.map(({ amount }) => amount))).toBe(tendered);
      expect(result?.settled.time).toBeGreaterThanOrEqual(closesAt);
      for (const { holder, ...tender } of tenders) {
        const share = await program.read('buyback', 'shareOf', round, holder);
        const { amount, paid, returned, moneyClaimed, pointsClaimed } = tender;
        expect([amount, paid, returned, moneyClaimed, pointsClaimed]).toEqual([
          ...(share as unknown[]),
        ]);
      }
    }
  });

  it('hold every movement of the money', async () => {
    const { reserve, owed, balance, movements } = facts.reserve;
    const { program, ada, ben } = eventful;
    expect(reserve).toBe(await program.read('buyback', 'reserve'));
    expect(owed).toBe(await program.read('buyback', 'owed'));
    expect(balance).toBe(await program.read('money', 'balanceOf', program.addressOf('buyback')));
    let so = 0n;
    for (const { kind, amount, reserve: after } of movements) {
      so += kind === 'deposited' || kind === 'counted' ? amount : -amount;
      expect(after).toBe(so);
    }
    expect(so).toBe(reserve);
    expect(movements.map(({ kind }) => kind)).toEqual([
      ...['deposited', 'paid', 'paid', 'paid', 'paid', 'counted', 'deposited', 'withdrawn'],
    ]);
    expect(movements.slice(1, 4).map(({ account, round }) => [account, round])).toEqual([
      ...[lower(ada), lower(ben), lower(ada)].map((account, i) => [account, i < 2 ? 0 : 1]),
    ]);
    const { cem } = eventful;
    const elsewhere = { account: lower(program.stranger), holder: lower(cem), round: 1 };
    expect(movements[4]).toMatchObject(elsewhere);
    expect(movements.at(-1)?.account).toBe(lower(program.operator));
  });

  it('hold everybody who has points, in the account or in escrow', async () => {
    const { program } = eventful;
    const total = ({ balance, objected, tendered, ordered }: (typeof facts.holders)[number]) =>
      balance + objected + tendered + ordered;
    const totals = facts.holders.map(total);
    expect(totals).toEqual([...totals].sort((a, b) => Number(b - a)));
    const supply = await program.read('points', 'totalSupply');
    expect(sum(facts.holders.map(({ balance }) => balance))).toBe(supply);
    for (const { account, balance } of facts.holders) {
      expect(balance).toBe(await program.read('points', 'balanceOf', account));
    }
    const kept = (contract: string) =>
      facts.holders.find((holder) => holder.contract === contract)?.balance ?? 0n;
    expect(kept('charter')).toBe(sum(facts.holders.map(({ objected }) => objected)));
    expect(kept('catalogue')).toBe(sum(facts.holders.map(({ ordered }) => ordered)));
    const dust = kept('buyback') - sum(facts.holders.map(({ tendered }) => tendered));
    expect(dust).toBeGreaterThanOrEqual(0n);
    expect(dust).toBeLessThan(10n);
    expect(sum(facts.holders.map(({ objected }) => objected))).toBe(1_000n);
    expect(sum(facts.holders.map(({ tendered }) => tendered))).toBeGreaterThan(0n);
  });

  it('hold every item and every order', () => {
    expect(facts.items).toMatchObject([
      { item: 1, price: 700n, stock: 6, rise: null, withdrawnAt: null },
      { item: 2, price: 1_800n, stock: null, rise: null, withdrawnAt: null },
      { item: 3, price: 800n, stock: 3 },
    ]);
    expect(facts.items[2]?.withdrawnAt).toBeLessThan(facts.head.time);
    expect(facts.orders).toMatchObject([
      { order: 1, member: lower(eventful.ada), item: 1, quantity: 2, state: 'fulfilled' },
      { order: 2, member: lower(eventful.ben), item: 3, quantity: 1, state: 'refused' },
      { order: 3, member: lower(eventful.cem), item: 2, quantity: 1, state: 'overdue' },
      { order: 4, member: lower(eventful.ada), item: 1, state: 'open', ended: null },
    ]);
    for (const { deadline, redeemed } of facts.orders) {
      expect(deadline).toBe(redeemed.time + ORDER_DEADLINE);
    }
    expect(facts.orders[0]?.ended?.time).toBeLessThan(facts.orders[0]?.deadline ?? 0);
    expect(facts.orders[2]?.ended?.time).toBeGreaterThan(facts.orders[2]?.deadline ?? 0);
  });
});

describe('the facts of a program whose keys and budgets change', () => {
  it('hold who vouched for which epoch, and what each epoch of the clock minted', async () => {
    const { program } = await startEventfulProgram();
    try {
      const verified = await verify({ provider: program.provider, program: program.address });
      const { recorders, epochs, anchors, unanchored } = verified.facts;
      for (const { recorder, untilEpoch, revoked } of recorders) {
        expect(revoked).toBe(await program.read('points', 'isRevoked', recorder));
        const last = (untilEpoch ?? 13) - 1;
        expect(await program.read('points', 'vouchesFor', recorder, last)).toBe(!revoked);
      }
      expect(recorders.map(({ fromEpoch, untilEpoch }) => [fromEpoch, untilEpoch])).toEqual([
        ...[
          [0, 3],
          [3, 6],
          [6, null],
        ],
      ]);
      const [root, count] = [`0x${'a1'.repeat(32)}`, 3];
      expect(anchors).toMatchObject([{ epoch: 10, root, count }]);
      expect(unanchored).toBe(10);
      expect(sum(epochs.map(({ minted }) => minted))).toBe(verified.totals.minted);
      expect(epochs.every(({ minted, budget }) => minted > 0n && minted <= budget)).toBe(true);
      expect(epochs.some(({ minted, budget }) => minted === budget)).toBe(true);
    } finally {
      await program.stop();
    }
  });
});
