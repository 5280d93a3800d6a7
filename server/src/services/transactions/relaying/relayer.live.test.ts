import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { queuedTransaction } from '../../../domain/transactions/transaction.ts';
import type { TransactionRequest } from '../../../ports/chain/submitter.ts';
import { createRevertReasons } from '../../../chain/transactions/revertReasons.ts';
import { connectStore } from '../../../store/connect.ts';
import { MAX_REQUESTS_PER_HOUR } from './quota.ts';
import { SENDING_STEPS, submitAndDie } from '../../../testing/deaths.ts';
import { accepted } from '../../../testing/builders/request.ts';
import { HOUR_MS } from '../../../testing/builders/time.ts';
import { startHarness, type Harness } from '../../../testing/harness.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness();
});
afterEach(() => harness.close());

const MEMBER = 1;
const OTHER = 2;
/** An account that is nobody's. */
const STRANGER = `0x${'ab'.repeat(20)}` as const;
/** The internal id of the first. */
const MEMBER_ID = `member-${MEMBER}`;
/** Base units: 5 points. */
const TENDER = 500n;

const tender = (
  member = MEMBER,
  amount = TENDER,
  key: string | null = 'tender',
): TransactionRequest =>
  harness.byMember(member, 'tender', harness.calls.tenderPoints(harness.program, 0, amount), key);
const tendered = async (member = MEMBER): Promise<bigint> => {
  const [share] = await harness.view.buyback('shareOf', 0, harness.account(member));
  return (share as { amount: bigint }).amount;
};
/** Members 1 and 2 have 100 points each, and round 0 is open. */
const prepareRound = async (): Promise<void> => {
  await harness.earn(MEMBER, 0, 10);
  await harness.earn(OTHER, 0, 10);
  await harness.settleAll();
  await harness.openRound(0);
};

describe('an act of a member', () => {
  beforeEach(prepareRound);

  it('is done by its own gasless account, which has no money', async () => {
    expect(await harness.done(tender())).toMatchObject({ status: 'MINED' });
    expect(await tendered()).toBe(TENDER);
    const account = harness.account(MEMBER);
    expect(BigInt(String(await harness.rpc('eth_getBalance', account, 'latest')))).toBe(0n);
  });

  it('is done once, whichever call to the database a process dies at', async () => {
    await submitAndDie(harness, tender());
    await harness.drive();
    expect(await tendered()).toBe(TENDER);
  });

  it.each(SENDING_STEPS.map(([name], index) => [name, index] as const))(
    'is done once when the process dies after the step "%s"',
    async (_name, index) => {
      const first = accepted(await harness.process().submitter.submit(tender()));
      for (const [, run] of SENDING_STEPS.slice(0, index + 1)) await run(harness);
      expect(accepted(await harness.process().submitter.submit(tender())).id).toBe(first.id);
      await harness.drive();
      expect(await tendered()).toBe(TENDER);
    },
  );

  it('is the same one for two processes that get the same key at the same time', async () => {
    const stores = await Promise.all([1, 2].map(() => connectStore(harness.databaseUri)));
    const submissions = await Promise.all(
      stores.map((store) => harness.process({ store }).submitter.submit(tender())),
    );
    const [first, second] = submissions.map((submission) => accepted(submission).id);
    expect(second).toBe(first);
    await harness.drive();
    expect(await tendered()).toBe(TENDER);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('waits for the one before it, and holds up nobody else', async () => {
    const { submitter: service } = harness.process();
    accepted(await service.submit(tender(MEMBER, TENDER, null)));
    expect(await service.submit(tender(MEMBER, 200n, null))).toMatchObject({ kind: 'BUSY' });
    accepted(await service.submit(tender(OTHER, 300n, null)));
    await harness.drive();
    await harness.done(tender(MEMBER, 200n, null));
    expect(await tendered(MEMBER)).toBe(TENDER + 200n);
    expect(await tendered(OTHER)).toBe(300n);
  });

  it('is refused with the reason of the contract that it was for', async () => {
    const submission = await harness.process().submitter.submit(tender(MEMBER, 99n));
    expect(submission).toMatchObject({
      kind: 'REFUSED',
      revert: { name: 'BelowMinTender', args: { held: 99n, minTender: 100n } },
    });
  });

  it('is never anything but what members may do, on contracts of the own program', async () => {
    const { submitter: service } = harness.process();
    const { calls, program, operator } = harness;
    const settle = harness.byMember(MEMBER, 'settle', calls.settleRounds(program));
    await expect(service.submit(settle)).rejects.toThrow('nothing that is relayed');
    const elsewhere = {
      ...calls.tenderPoints(program, 0, TENDER),
      to: operator,
    };
    await expect(service.submit(harness.byMember(MEMBER, 'tender', elsewhere))).rejects.toThrow(
      'nothing that is relayed',
    );
  });

  it('has a quota an hour', async () => {
    const nowMs = Date.now();
    const { transactions } = harness.store;
    for (let nonce = 0; nonce < MAX_REQUESTS_PER_HOUR; nonce += 1) {
      const before = queuedTransaction({
        chainId: 1,
        from: harness.program.address,
        nonce,
        call: { kind: 'noop' },
        gasLimit: 21_000n,
        queuedAtMs: nowMs,
        memberId: MEMBER_ID,
      });
      await transactions.insert({ ...before, status: 'final' });
    }
    let wallMs = nowMs;
    const { submitter: service } = harness.process({ wallNowMs: () => wallMs });
    expect(await service.submit(tender())).toMatchObject({
      kind: 'QUOTA',
      limit: MAX_REQUESTS_PER_HOUR,
      retryAfterMs: HOUR_MS,
    });
    wallMs += HOUR_MS;
    accepted(await service.submit(tender()));
  });

  it('has no effect when its nonce was used meanwhile, and says so', async () => {
    const { chain, keystore } = harness;
    const { forwarder } = harness.program;
    const { id } = accepted(await harness.process().submitter.submit(tender()));
    const call = harness.calls.tenderPoints(harness.program, 0, 700n);
    const account = harness.account(MEMBER);
    const request = {
      chainId: chain.chainId,
      forwarder,
      ...call,
      gas: 300_000n,
      nonce: await chain.forwarding.nonceOf(forwarder, account),
      deadline: Math.floor((await chain.clock.now()).nowMs / 1_000) + 600,
    };
    const by = { role: 'MEMBER', programId: harness.program.id, memberId: MEMBER_ID } as const;
    const signature = await keystore.signer.signForwardRequest(by, request);
    const execute = chain.forwarding.execute(account, request, signature);
    await harness.sendAs(STRANGER, execute);
    await harness.drive();
    expect(await tendered()).toBe(700n);
    expect(await harness.process().submitter.wait(id, 0)).toMatchObject({ status: 'REVERTED' });
  });

  it('is dropped, and costs nothing but its nonce, when nobody sent it while it was good', async () => {
    const { id } = accepted(await harness.process().submitter.submit(tender()));
    await harness.closeRound(0);
    await harness.drive(harness.process({ wallNowMs: () => Date.now() + HOUR_MS }));
    expect(await harness.process().submitter.wait(id, 0)).toMatchObject({ status: 'DROPPED' });
    expect(await tendered()).toBe(0n);
  });

  it('is dropped when a chain that lost its block does not take it any more', async () => {
    const snapshot = await harness.rpc('evm_snapshot');
    const { id } = await harness.done(tender());
    await harness.rpc('evm_revert', snapshot);
    await harness.closeRound(0);
    await harness.drive();
    expect(await tendered()).toBe(0n);
    const over = await harness.process().submitter.wait(id, 0);
    expect(over).toMatchObject({ status: 'DROPPED', hash: null, blockNumber: null });
    // The next act finds its way free.
    await harness.openRound(1);
    const next = harness.calls.tenderPoints(harness.program, 1, TENDER);
    expect(await harness.done(harness.byMember(MEMBER, 'tender', next))).toMatchObject({
      status: 'MINED',
    });
  });

  describe('that reverted', () => {
    const redeem = (member: number): TransactionRequest => {
      const orderRef = `0x${String(member).padStart(64, '0')}` as const;
      const order = { item: 1, quantity: 1, maxPrice: 100n, orderRef };
      const call = harness.calls.redeemItem(harness.program, order);
      return harness.byMember(member, 'itemRedeem', call, 'piece');
    };
    const addStock = (): Promise<unknown> =>
      harness.done(
        harness.byOperator('itemStockAdd', harness.calls.addItemStock(harness.program, 1, 1)),
      );
    const orders = async (): Promise<number> =>
      Number((await harness.view.catalogue('orderCount'))[0]);
    const addLastPiece = (): Promise<unknown> => {
      const item = { price: 100n, stock: 1, text: 'Cake' };
      return harness.done(
        harness.byOperator('itemAdd', harness.calls.addItem(harness.program, item)),
      );
    };
    /** Two members want the last piece. @returns the id of the transaction of the one that did not get it */
    const loseRace = async (): Promise<string> => {
      await addLastPiece();
      const { submitter: service } = harness.process();
      accepted(await service.submit(redeem(OTHER)));
      const { id } = accepted(await service.submit(redeem(MEMBER)));
      await harness.drive();
      return id;
    };

    it('is not sent, for the reason of the contract, when the race is lost between the two looks at it', async () => {
      await addLastPiece();
      const { gateway } = harness.chain;
      let others: Promise<unknown> | null = null;
      const simulate: typeof gateway.simulate = async (from, call) => {
        const simulated = await gateway.simulate(from, call);
        await (others ??= harness.done(redeem(OTHER)));
        return simulated;
      };
      const chain = { ...harness.chain, gateway: { ...gateway, simulate } };
      expect(await harness.process({ chain }).submitter.submit(redeem(MEMBER))).toMatchObject({
        kind: 'REFUSED',
        revert: { name: 'OutOfStock' },
      });
    });

    it('says with what the contract behind the forwarder refused it', async () => {
      const id = await loseRace();
      expect(await harness.process().submitter.wait(id, 0)).toMatchObject({
        status: 'REVERTED',
        failure: { revert: { name: 'OutOfStock', args: { stock: 0n } } },
      });
    });

    it('says so as well on a node that does not trace', async () => {
      const { gateway } = harness.chain;
      const rpc = {
        ...harness.chain.rpc,
        call: (method: string, params: readonly unknown[]): Promise<unknown> =>
          method.startsWith('debug_')
            ? Promise.reject(new Error('the method does not exist'))
            : harness.chain.rpc.call(method, params),
      };
      const blind = { ...gateway, revertReason: createRevertReasons(rpc) };
      const id = await loseRace();
      const record = await harness.store.transactions.find(id);
      const attempt = record?.attempts.at(-1);
      if (!record || attempt === undefined) throw new Error('nothing was sent');
      const reason = await blind.revertReason({
        ...{ hash: attempt.hash, from: record.from, call: record.call },
        ...{ gasLimit: attempt.gasLimit, blockNumber: record.mined?.blockNumber ?? 0 },
      });
      expect(reason).toMatchObject({ revert: { name: 'OutOfStock' } });
    });

    it('is tried again under the same key', async () => {
      const id = await loseRace();
      await addStock();
      const again = await harness.done(redeem(MEMBER));
      expect(again).toMatchObject({ status: 'MINED' });
      expect(again.id).not.toBe(id);
      expect(await orders()).toBe(2);
    });

    it('is not tried again when its nonce was used by nothing of ours: another one may have sent it', async () => {
      const id = await loseRace();
      await addStock();
      const { forwarding } = harness.chain;
      const nonceOf: typeof forwarding.nonceOf = async (...of) =>
        (await forwarding.nonceOf(...of)) + 1n;
      const chain = { ...harness.chain, forwarding: { ...forwarding, nonceOf } };
      const { submitter: elsewhere } = harness.process({ chain });
      expect(accepted(await elsewhere.submit(redeem(MEMBER)))).toMatchObject({
        id,
        status: 'REVERTED',
      });
      await harness.drive();
      expect(await orders()).toBe(1);
      // And by that one it was not.
      expect(await harness.done(redeem(MEMBER))).toMatchObject({ status: 'MINED' });
    });
  });
});
