import { MOVE_ACCOUNT_TYPES, pointsDomain } from '@dewpoint/contracts/typedData.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { Wallet } from 'ethers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MemberRecord } from '../../ports/stores/members.ts';
import { PER_ACTION } from '../../testing/builders/program.ts';
import { DAY_MS, STARTS_AT_MS } from '../../testing/builders/time.ts';
import { action } from '../../testing/builders/action.ts';
import { startRecording } from '../../testing/recording.ts';
import { startHarness, type Harness } from '../../testing/harness.ts';

const WALLET = new Wallet(`0x${'55'.repeat(32)}`);
const OWN = WALLET.address as Address;

describe('a member who moves to an own wallet', () => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await startHarness();
    for (const number of [1, 2]) {
      await harness.join(number);
      await harness.earn(number, 0, 3);
    }
    await harness.settleAll();
  });
  afterEach(() => harness.close());

  const memberOf = async (number: number): Promise<MemberRecord> => {
    const { store, program } = harness;
    const found = await store.members.findById(program.id, `member-${number}`);
    if (found === null) throw new Error(`there is no member ${number}`);
    return found;
  };
  const move = async (number: number): Promise<void> => {
    const { program, calls } = harness;
    const { nowMs } = await harness.chain.clock.now();
    const deadlineSeconds = Math.floor(nowMs / 1_000) + 600;
    const signature = (await WALLET.signTypedData(
      pointsDomain(program.chainId, program.address),
      MOVE_ACCOUNT_TYPES,
      { from: harness.account(number), to: OWN, deadline: deadlineSeconds },
    )) as Hex;
    const call = calls.moveAccount(program, { to: OWN, deadlineSeconds, signature });
    await harness.done(harness.byMember(number, 'accountMove', call));
  };

  it('is linked to it from the next epoch on', async () => {
    await move(1);
    expect(await harness.balances(1)).toEqual({ chain: 0n, read: 0n });
    const { store, program } = harness;
    expect(await store.totals.balanceOf(program.id, OWN)).toBe(3n * PER_ACTION);
    expect((await memberOf(1)).links).toMatchObject([{ account: OWN, fromEpoch: 1 }]);
    expect((await memberOf(2)).links).toEqual([]);
  });

  it('may move again for what was minted later, which changes nothing', async () => {
    await move(1);
    await harness.earn(1, 0, 5);
    await harness.settleAll();
    await move(1);
    expect((await memberOf(1)).links).toHaveLength(1);
  });

  it('is not linked to a wallet that another member has: of an epoch only one could be settled', async () => {
    await move(1);
    await move(2);
    expect((await memberOf(1)).links).toHaveLength(1);
    expect((await memberOf(2)).links).toEqual([]);
  });

  it('is no longer linked when the chain loses the move, until it is mined again', async () => {
    const snapshot = await harness.rpc('evm_snapshot');
    await move(1);
    await harness.rpc('evm_revert', snapshot);
    await harness.process().indexer.step();
    expect((await memberOf(1)).links).toEqual([]);
    await harness.drive();
    expect((await memberOf(1)).links).toMatchObject([{ account: OWN, fromEpoch: 1 }]);
  });
});

describe('statements of a member who moved', () => {
  it('name the wallet from its epoch on, and never change the account that they have', async () => {
    const recording = await startRecording();
    const { program, recordActions, store, clock } = recording;
    await recordActions.record(program, [action()]);
    const member = await store.members.findByExternalId(program.id, 'ann');
    if (member === null) throw new Error('ann is nobody');
    const at = { blockNumber: 7, logIndex: 0, transactionHash: `0x${'07'.repeat(32)}` } as const;
    const links = [{ account: OWN, fromEpoch: 1, at }];
    await store.members.saveLinks(program.id, member.id, links);
    await recordActions.record(program, [action({ eventId: 'again' })]);
    clock.set(STARTS_AT_MS + 1.5 * DAY_MS);
    await recordActions.record(program, [
      action({ eventId: 'next', occurredAtMs: STARTS_AT_MS + 1.2 * DAY_MS }),
    ]);
    await recording.aggregateAll();
    expect(await recording.statementOf('ann', 0)).toMatchObject({ account: member.account });
    expect(await recording.statementOf('ann', 1)).toMatchObject({ account: OWN });
    await recording.close();
  });
});
