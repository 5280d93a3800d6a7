import { MOVE_ACCOUNT_TYPES, pointsDomain } from '@dewpoint/contracts/typedData.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import type { Database } from '@dewpoint/infra/database/database.ts';
import { Wallet } from 'ethers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MemberRecord } from '../../ports/stores/members.ts';
import { startActingWorld, type ActingWorld } from '../../testing/actingWorld.ts';
import {
  action,
  createRecordingWorld,
  DAY_MS,
  STARTS_AT_MS,
} from '../../testing/recordingWorld.ts';
import { PER_ACTION, startTestDatabase } from '../../testing/settlingWorld.ts';

/** A dozen transactions one after the other, on a machine that does everything else at the same time. */
const SLOW_TIMEOUT_MS = 120_000;

const WALLET = new Wallet(`0x${'55'.repeat(32)}`);
const OWN = WALLET.address as Address;

describe('a member who moves to an own wallet', { timeout: SLOW_TIMEOUT_MS }, () => {
  let database: Database;
  let acting: ActingWorld;
  beforeAll(async () => {
    database = await startTestDatabase();
  });
  afterAll(() => database.stop());
  beforeEach(async () => {
    acting = await startActingWorld(database);
    for (const number of [1, 2]) {
      await acting.world.join(number);
      await acting.world.earn(number, 0, 3);
    }
    await acting.world.settleAll();
  });
  afterEach(() => acting.close());

  const memberOf = async (number: number): Promise<MemberRecord> => {
    const { store, program } = acting.world;
    const found = await store.members.findById(program.id, `member-${number}`);
    if (found === null) throw new Error(`there is no member ${number}`);
    return found;
  };
  const move = async (number: number): Promise<void> => {
    const { program, world, calls } = acting;
    const { nowMs } = await world.chain.clock.now();
    const deadlineSeconds = Math.floor(nowMs / 1_000) + 600;
    const signature = (await WALLET.signTypedData(
      pointsDomain(program.chainId, program.address),
      MOVE_ACCOUNT_TYPES,
      { from: world.account(number), to: OWN, deadline: deadlineSeconds },
    )) as Hex;
    const call = calls.moveAccount(program, { to: OWN, deadlineSeconds, signature });
    await acting.done(acting.memberAct(number, 'accountMove', call));
  };

  it('is linked to it from the next epoch on', async () => {
    await move(1);
    expect(await acting.world.balances(1)).toEqual({ chain: 0n, read: 0n });
    const { store, program } = acting.world;
    expect(await store.totals.balanceOf(program.id, OWN)).toBe(3n * PER_ACTION);
    expect((await memberOf(1)).links).toMatchObject([{ account: OWN, fromEpoch: 1 }]);
    expect((await memberOf(2)).links).toEqual([]);
  });

  it('may move again for what was minted later, which changes nothing', async () => {
    await move(1);
    await acting.world.earn(1, 0, 5);
    await acting.world.settleAll();
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
    const snapshot = await acting.world.rpc('evm_snapshot');
    await move(1);
    await acting.world.rpc('evm_revert', snapshot);
    await acting.process().indexer.step();
    expect((await memberOf(1)).links).toEqual([]);
    await acting.drive();
    expect((await memberOf(1)).links).toMatchObject([{ account: OWN, fromEpoch: 1 }]);
  });
});

describe('statements of a member who moved', () => {
  it('name the wallet from its epoch on, and never change the account that they have', async () => {
    const world = await createRecordingWorld();
    const { program, recordActions, store, clock } = world;
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
    expect(await world.statement('ann', 0)).toMatchObject({ account: member.account });
    expect(await world.statement('ann', 1)).toMatchObject({ account: OWN });
    await world.close();
  });
});
