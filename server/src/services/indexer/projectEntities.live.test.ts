import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { roundClosesAtMs } from '../../domain/buyback/roundClock.ts';
import { BUDGET, PRICE, RULES } from '../../testing/builders/program.ts';
import { DAY_MS, STARTS_AT_MS } from '../../testing/builders/time.ts';
import type { ServerProcess } from '../../testing/foundation.ts';
import { startHarness, type Harness } from '../../testing/harness.ts';
import { bothSides } from '../../testing/projectionSides.ts';
import { dyingStore, type MortalParts } from '../../testing/deaths.ts';
import type { ContractCall } from '../../ports/chain/submitter.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness();
  await harness.earn(1, 0, 10);
  await harness.earn(2, 0, 30);
  await harness.earn(3, 0, 60);
  await harness.settleAll();
});
afterEach(() => harness.close());

const services = (): ServerProcess => harness.process();
const asOperator = (...calls: readonly ContractCall[]): Promise<void> =>
  harness.sendAs(harness.operator, ...calls);
const account = (member: number): Address => harness.account(member);
const holders = (): Address[] => [1, 2, 3].map(account);
const ref = (number: number): Hex => `0x${number.toString(16).padStart(64, '0')}`;

/** Moves the clock on, mines a block there, and reads it. */
async function moveTo(ms: number): Promise<void> {
  await harness.moveTo(ms);
  await read();
}
async function read(): Promise<void> {
  const { indexer } = harness.process();
  while (!(await indexer.step()).atHead);
}

async function expectTruth(): Promise<void> {
  await read();
  const { ours, theirs } = await bothSides(harness, holders());
  expect(ours).toEqual(theirs);
}

/** Puts money into the reserve. */
async function deposit(amount: bigint): Promise<void> {
  await harness.deposit(amount);
}

describe('what is read of a program', () => {
  it('is what its contracts say, at every step of its story', async () => {
    const { calls, program, sendAs } = harness;
    const [one, two, three] = [account(1), account(2), account(3)];
    await expectTruth();

    await deposit((BUDGET * 3n) / 2n);
    await asOperator(
      calls.addItem(program, { price: 500n, stock: 3, text: 'A cup' }),
      calls.addItem(program, { price: 1_000n, stock: null, text: 'A call' }),
      calls.setItemPrice(program, 1, 800n),
      calls.setItemPrice(program, 2, 700n),
      calls.addItemStock(program, 1, 2),
      calls.withdrawItem(program, 2),
    );
    await expectTruth();
    const order = (number: number, item: number, quantity: number) =>
      calls.redeemItem(program, { item, quantity, maxPrice: 5_000n, orderRef: ref(number) });
    await sendAs(one, order(1, 1, 2));
    await sendAs(two, order(2, 2, 1));
    await sendAs(three, order(3, 1, 1));
    await asOperator(calls.fulfilOrder(program, 1), calls.cancelItemWithdrawal(program, 2));
    await expectTruth();

    const better = RULES.rules.map((rule) => ({ ...rule, perAction: rule.perAction * 2n }));
    const terms = { pricePerPoint: PRICE * 2n, budgetPerRound: BUDGET, minTender: 100n };
    const worse = { ...terms, pricePerPoint: PRICE };
    await asOperator(
      calls.announceChange(program, { target: 'RULES', terms: { ...RULES, rules: better } }),
      calls.announceChange(program, { target: 'BUYBACK', terms }),
      calls.announceChange(program, { target: 'BUYBACK', terms: worse }),
    );
    await sendAs(one, calls.objectToChange(program, 3, 1_000n));
    await asOperator(calls.refundOrder(program, 2));
    await expectTruth();

    await moveTo(program.firstRoundAtMs + 60_000);
    await sendAs(one, calls.tenderPoints(program, 0, 2_000n));
    await sendAs(
      two,
      calls.tenderPoints(program, 0, 5_001n),
      calls.untenderPoints(program, 0, 1_000n),
    );
    await sendAs(three, calls.refundOrder(program, 3));
    await expectTruth();

    await moveTo(roundClosesAtMs(program, 0) + 60_000);
    await expectTruth();
    await sendAs(three, calls.settleRounds(program));
    await expectTruth();
    await sendAs(three, calls.claimMoney(program, 0, one), calls.claimPoints(program, 0, one));
    await sendAs(three, calls.claimMoney(program, 0, two));
    await expectTruth();

    await moveTo(STARTS_AT_MS + 9 * DAY_MS);
    await expectTruth();
    await sendAs(two, calls.releaseObjection(program, 3, one));
    await moveTo(roundClosesAtMs(program, 1) + 60_000);
    await sendAs(two, calls.settleRounds(program));
    await expectTruth();
    await deposit(BUDGET * 2n);
    await moveTo(roundClosesAtMs(program, 2) + 60_000);
    await expectTruth();
    const pending = await services().changes.pending(await harness.readProgram());
    expect(pending).toMatchObject({ number: 3, proposed: { kind: 'BUYBACK', ...worse } });
    await sendAs(two, calls.enactChange(program, 3, pending?.terms ?? '0x'));
    await expectTruth();

    await asOperator(calls.announceChange(program, { target: 'RULES', terms: RULES }));
    await sendAs(three, calls.objectToChange(program, 4, 30_000n));
    await expectTruth();
    const known = await harness.readProgram();
    expect(known.buybackTerms.map(({ pricePerPoint }) => pricePerPoint)).toEqual([
      PRICE,
      PRICE * 2n,
      PRICE,
    ]);
    const { rows } = await services().changes.list(known, { first: 100, after: null });
    expect(rows.map(({ state }) => state)).toEqual([
      'STRUCK_DOWN',
      'ENACTED',
      'ENACTED',
      'ENACTED',
    ]);
    expect(rows.map(({ resolved }) => (resolved?.atMs ?? 0) > STARTS_AT_MS)).toEqual(
      rows.map(() => true),
    );
  });

  it('comes right again when blocks go away, and when the process dies between any two writes of that', async () => {
    const { calls, program, sendAs } = harness;
    await deposit(BUDGET);
    await asOperator(
      calls.addItem(program, { price: 500n, stock: 9, text: 'A cup' }),
      calls.announceChange(program, {
        target: 'BUYBACK',
        terms: { pricePerPoint: PRICE - 1n, budgetPerRound: BUDGET, minTender: 100n },
      }),
    );
    await moveTo(program.firstRoundAtMs + 60_000);
    await sendAs(
      account(1),
      calls.tenderPoints(program, 0, 2_000n),
      calls.objectToChange(program, 1, 500n),
    );
    await expectTruth();
    for (let survived = 0; ; survived += 1) {
      const snapshot = await harness.rpc('evm_snapshot');
      const amount = BigInt(1_000 + survived);
      await sendAs(
        account(1),
        calls.tenderPoints(program, 0, amount),
        calls.objectToChange(program, 1, BigInt(survived + 1)),
        calls.redeemItem(program, {
          item: 1,
          quantity: 1,
          maxPrice: 500n,
          orderRef: ref(survived),
        }),
      );
      await sendAs(account(2), calls.tenderPoints(program, 0, amount));
      await asOperator(
        calls.fulfilOrder(program, 1),
        calls.withdrawChange(program, 1),
        calls.addItem(program, { price: amount, stock: null, text: 'Never there' }),
      );
      await expectTruth();
      await harness.rpc('evm_revert', snapshot);
      const dying = harness.process(dyingStore(harness.store, survived, WRITES));
      const died = await dying.indexer.step().then(
        () => false,
        () => true,
      );
      await expectTruth();
      expect(await services().catalogue.findItem(await harness.readProgram(), 2)).toBeNull();
      if (!died) break;
    }
  });

  it('turns pages that leave nothing out and show nothing twice', async () => {
    const { calls, program, sendAs } = harness;
    const item = { price: 100n, stock: null, text: 'A sip' };
    await asOperator(...[1, 2, 3].map(() => calls.addItem(program, item)));
    const redeem = (number: number) =>
      calls.redeemItem(program, { item: 1, quantity: 1, maxPrice: 100n, orderRef: ref(number) });
    await sendAs(account(1), ...[1, 2, 3].map(redeem));
    await sendAs(account(2), redeem(4));
    await harness.openRound(0);
    for (const holder of [1, 2])
      await sendAs(account(holder), calls.tenderPoints(program, 0, 500n));
    await harness.openRound(1);
    for (const holder of [1, 2, 3])
      await sendAs(account(holder), calls.tenderPoints(program, 1, 500n));
    await read();
    const known = await harness.readProgram();
    const { catalogue, rounds } = services();

    const pages = async <Row, After>(
      turn: (after: After | null) => Promise<{ rows: readonly Row[]; hasNextPage: boolean }>,
      cursorOf: (row: Row) => After,
    ): Promise<Row[]> => {
      const seen: Row[] = [];
      let after: After | null = null;
      for (let page = 0; page < 10; page += 1) {
        const { rows, hasNextPage } = await turn(after);
        seen.push(...rows);
        const last = rows.at(-1);
        if (!hasNextPage || last === undefined) return seen;
        after = cursorOf(last);
      }
      throw new Error('there is no end of pages');
    };
    const items = await pages(
      (after: number | null) => catalogue.listItems(known, { first: 2, after }),
      ({ number }) => number,
    );
    expect(items.map(({ number }) => number)).toEqual([1, 2, 3]);
    const orders = await pages(
      (after: number | null) =>
        catalogue.listOrders(known, { members: [account(1)] }, { first: 2, after }),
      ({ number }) => number,
    );
    expect(orders.map(({ number }) => number)).toEqual([3, 2, 1]);
    const due = await pages(
      (after: number | null) =>
        catalogue.listOrders(known, { state: 'OPEN', byDeadline: true }, { first: 2, after }),
      ({ number }) => number,
    );
    const deadlines = due.map(({ deadlineMs }) => deadlineMs);
    expect(due.length).toBeGreaterThan(2);
    expect(deadlines).toEqual(deadlines.toSorted((one, other) => one - other));
    const shares = await pages(
      (after: { number: number; holder: Address } | null) =>
        rounds.sharesOf(known, holders(), { first: 1, after }),
      ({ round: number, holder }) => ({ number, holder }),
    );
    const byAddress = (...members: number[]): Address[] => members.map(account).sort();
    expect(shares.map(({ round, holder }) => [round, holder])).toEqual([
      ...byAddress(1, 2, 3).map((holder) => [1, holder]),
      ...byAddress(1, 2).map((holder) => [0, holder]),
    ]);
    const opened = await pages(
      (after: number | null) => rounds.list(known, { first: 1, after }),
      ({ round }) => round,
    );
    expect(opened.map(({ round }) => round)).toEqual([1, 0]);
  });
});

/** What undoing and redoing writes. */
const WRITES: MortalParts = {
  transactions: ['reopenAbove'],
  totals: ['undo', 'apply'],
  projections: ['save'],
  programs: ['saveBuybackTerms', 'saveRuleSets'],
  chainEvents: ['deleteAbove', 'upsert'],
  cursors: ['take', 'save', 'noteAnswer'],
};
