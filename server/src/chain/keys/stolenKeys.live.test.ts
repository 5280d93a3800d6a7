/** What each key can do in the hands of a thief, who knows everything but the other keys: the table in docs/operations.md. */
import { packBatch, packLines, type Address, type Hex } from '@dewpoint/contracts/statement.ts';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Program } from '../../domain/program.ts';
import { operatorAccount } from '../../ports/chain/signer.ts';
import type { ContractCall } from '../../ports/chain/submitter.ts';
import {
  BUDGET,
  PER_ACTION,
  PRICE,
  RULES,
  createProgramOn,
} from '../../testing/builders/program.ts';
import { APP_SCOPES } from '../../domain/organisations/scopes.ts';
import { keyOwner } from '../../services/access/apiKeys.ts';
import { DAY_MS, STARTS_AT_MS } from '../../testing/builders/time.ts';
import { SECRETS } from '../../testing/foundation.ts';
import { pointsCall } from '../../testing/chain.ts';
import { startHarness, type Harness } from '../../testing/harness.ts';
import { startService } from '../../testing/service.ts';
import { openKeystore, type Keystore } from './keystore.ts';
import { encryptSecrets, KeystoreError } from './keystoreFile.ts';

/** Of a thief. */
const THIEF: Address = '0x00000000000000000000000000000000000000AA';
/** Actions that the budget of an epoch pays for. */
const BUDGET_ACTIONS = 50;
const EPOCH_BUDGET = BigInt(BUDGET_ACTIONS) * PER_ACTION;

let harness: Harness;
let other: Program;
beforeAll(async () => {
  const opening = [{ ...RULES, budgetPerEpoch: EPOCH_BUDGET }] as const;
  harness = await startHarness({ settings: { opening } });
  other = await createProgramOn(harness, { name: 'Other', opening });
  await harness.join(1);
  await harness.join(2);
  await harness.earn(1, 0, 10);
  await harness.earn(2, 0, 10);
  await harness.settleAll();
});
afterAll(() => harness.close());

const lane = (): Address => harness.keystore.signer.addressOf({ role: 'RELAYER', lane: 0 });
const operator = (): Address => harness.operator;
const batchOf = (count: number, epoch = 0): Hex => {
  const lines = packLines([{ ruleId: 1, count: BigInt(count), amount: 0n }]);
  return packBatch([{ member: THIEF, epoch, lines }]);
};
/** A batch that the recorder of one program signs, for another one or for itself. */
const settlement = async (by: Program, statements: Hex, of = by): Promise<ContractCall> => {
  const { chainId, address: points } = of;
  const toSign = { chainId, points, statements };
  const signature = await harness.keystore.signer.signBatch(by.recorderLabel, toSign);
  return pointsCall(of, 'settle', statements, signature);
};
/** With what a call is refused; null for one that is not. */
const refusalOf = async (from: Address, call: ContractCall): Promise<string | null> => {
  const tried = await harness.chain.gateway.simulate(from, { kind: 'call', ...call });
  return tried.ok ? null : (tried.revert?.name ?? tried.detail);
};
const balanceOf = async (account: Address): Promise<bigint> =>
  (await harness.view.points('balanceOf', account))[0] as bigint;
/** Everything that only an operator may do, in one program. */
const operatorActs = (program: Program): readonly ContractCall[] => {
  const { calls } = harness;
  const terms = { ...RULES, budgetPerEpoch: EPOCH_BUDGET * 2n };
  return [
    calls.announceChange(program, { target: 'RULES', terms }),
    calls.withdrawReserve(program, THIEF, 1n),
    calls.addItem(program, { price: 1n, stock: 1, text: 'Loot' }),
    calls.offerOperator(program, THIEF),
    pointsCall(program, 'rotateRecorder', THIEF),
    pointsCall(program, 'revokeRecorder', THIEF, lane()),
  ];
};

describe('a stolen key', () => {
  it('of the relayer costs its gas: it is no operator, no recorder, no member, and nobody’s money is its', async () => {
    for (const call of operatorActs(harness.program)) {
      expect(await refusalOf(lane(), call)).toBe('NotOperator');
    }
    const made = await settlement(other, batchOf(1), harness.program);
    expect(await refusalOf(lane(), made)).toBe('BadRecorderSignature');
    // A request that it signs is its own, whatever account it names.
    const { forwarder } = harness.program;
    const request = {
      ...harness.calls.tenderPoints(harness.program, 0, 100n),
      ...{ chainId: harness.chain.chainId, forwarder, gas: 200_000n, nonce: 0n },
      deadline: 2 ** 40,
    };
    const signature = await harness.keystore.signer.signForwardRequest(
      operatorAccount(harness.program.organisationId),
      request,
    );
    const execute = harness.chain.forwarding.execute(harness.account(1), request, signature);
    expect(await refusalOf(lane(), execute)).toBe('ERC2771ForwarderInvalidSigner');
    expect((await harness.view.money('balanceOf', lane()))[0]).toBe(0n);
    for (const owner of [operator(), harness.account(1), harness.program.buyback]) {
      expect((await harness.view.money('allowance', owner, lane()))[0]).toBe(0n);
    }
  });

  it('of a recorder costs the budget of one program for an epoch, until it is revoked, and nothing anywhere else', async () => {
    const before = (await harness.view.points('totalSupply'))[0] as bigint;
    await harness.sendAs(THIEF, await settlement(harness.program, batchOf(1_000_000)));
    const budget = EPOCH_BUDGET - before;
    expect(await balanceOf(THIEF)).toBe(budget);
    const again = await settlement(harness.program, batchOf(2_000_000));
    await harness.sendAs(THIEF, again);
    expect(await balanceOf(THIEF)).toBe(budget);
    const elsewhere = await settlement(harness.program, batchOf(1), other);
    expect(await refusalOf(THIEF, elsewhere)).toBe('BadRecorderSignature');
    const recorder = harness.keystore.signer.recorderAddress(harness.program.recorderLabel);
    for (const call of operatorActs(harness.program)) {
      expect(await refusalOf(recorder, call)).toBe('NotOperator');
    }
    // The operator ends it at once.
    const revoke = pointsCall(harness.program, 'revokeRecorder', recorder, lane());
    await harness.done(harness.byOperator('recorderRevoke', revoke));
    expect(await refusalOf(THIEF, again)).toBe('BadRecorderSignature');
  });

  it('of an operator gets what is promised to nobody, and harms nobody before a notice', async () => {
    await harness.deposit(3n * BUDGET);
    const [withdrawable] = (await harness.view.buyback('withdrawable')) as unknown as [bigint];
    expect(withdrawable).toBe(3n * BUDGET - BUDGET);
    const { calls, program } = harness;
    const all = calls.withdrawReserve(program, THIEF, withdrawable + 1n);
    expect(await refusalOf(operator(), all)).toBe('ExceedsWithdrawable');
    await harness.sendAs(operator(), calls.withdrawReserve(program, THIEF, withdrawable));
    // It mints nothing, and moves no points.
    const made = await settlement(other, batchOf(1), program);
    expect(await refusalOf(operator(), made)).toBe('BadRecorderSignature');
    const take = pointsCall(program, 'transferFrom', harness.account(1), THIEF, 1n);
    expect(await refusalOf(operator(), take)).toBe('ERC20InsufficientAllowance');
    // A price that more than doubles would empty what is left: it waits for its notice, like one that is lower.
    const terms = { pricePerPoint: 2n * PRICE + 1n, budgetPerRound: BUDGET, minTender: 100n };
    const announce = calls.announceChange(program, { target: 'BUYBACK', terms });
    await harness.done(harness.byOperator('changeAnnounce', announce));
    const change = await harness.store.changes.findPending(program.id);
    const { nowMs } = await harness.chain.clock.now();
    expect(change?.noticeEndsAtMs).toBeGreaterThanOrEqual(nowMs + 7 * DAY_MS - 60_000);
    const enact = calls.enactChange(program, change?.number ?? 0, change?.terms ?? '0x');
    expect(await refusalOf(THIEF, enact)).not.toBeNull();
  });

  it('of a member gets what that member has in this program', async () => {
    const [mine, theirs] = [harness.account(1), harness.account(2)];
    const had = await balanceOf(theirs);
    expect(await balanceOf(mine)).toBeGreaterThan(0n);
    await harness.sendAs(
      mine,
      pointsCall(harness.program, 'transfer', THIEF, await balanceOf(mine)),
    );
    const take = pointsCall(harness.program, 'transferFrom', theirs, THIEF, 1n);
    expect(await refusalOf(mine, take)).toBe('ERC20InsufficientAllowance');
    expect(await balanceOf(theirs)).toBe(had);
    for (const call of operatorActs(harness.program)) {
      expect(await refusalOf(mine, call)).toBe('NotOperator');
    }
    // Another program knows the same person by another account.
    const { signer } = harness.keystore;
    const member = { role: 'MEMBER', memberId: 'member-1' } as const;
    expect(signer.addressOf({ ...member, programId: other.id })).not.toBe(mine);
  });

  it('of one program opens no other one: no two have a key in common', () => {
    const { signer } = harness.keystore;
    const recorders = [harness.program, other].map(({ recorderLabel }) =>
      signer.recorderAddress(recorderLabel),
    );
    expect(new Set([...recorders, operator(), lane()]).size).toBe(4);
  });
});

describe('a stolen keystore', () => {
  /** What a thief opens who has the file and its password. */
  const opened = async (password: string): Promise<Keystore> => {
    const dir = await mkdtemp(join(tmpdir(), 'dewpoint-stolen-'));
    try {
      const path = join(dir, 'keystore.json');
      await writeFile(path, encryptSecrets({ ...SECRETS }, 'right'));
      return await openKeystore({ path, password });
    } finally {
      await rm(dir, { recursive: true });
    }
  };

  it('is every key that signs, and nothing without its password', async () => {
    await expect(opened('wrong')).rejects.toBeInstanceOf(KeystoreError);
    const { signer } = await opened('right');
    const member = { role: 'MEMBER', programId: harness.program.id, memberId: 'member-1' } as const;
    expect(signer.addressOf(member)).toBe(harness.keystore.signer.addressOf(member));
    expect(signer.addressOf(operatorAccount(harness.program.organisationId))).toBe(operator());
    expect(signer.addressOf({ role: 'RELAYER', lane: 0 })).toBe(lane());
    for (const { recorderLabel } of [harness.program, other]) {
      const recorder = harness.keystore.signer.recorderAddress(recorderLabel);
      expect(signer.recorderAddress(recorderLabel)).toBe(recorder);
    }
  });

  it('opens no budget, and no money that is promised', async () => {
    const { signer } = await opened('right');
    const { calls } = harness;
    // A higher budget hurts holders: its notice runs while the thief waits.
    const terms = { ...RULES, budgetPerEpoch: EPOCH_BUDGET * 2n };
    await harness.sendAs(operator(), calls.announceChange(other, { target: 'RULES', terms }));
    const statements = batchOf(1_000_000);
    const toSign = { chainId: harness.chain.chainId, points: other.address, statements };
    const signature = await signer.signBatch(other.recorderLabel, toSign);
    for (let tries = 0; tries < 2; tries += 1) {
      await harness.sendAs(THIEF, pointsCall(other, 'settle', statements, signature));
      const supply = pointsCall(other, 'totalSupply');
      const answer = await harness.rpc('eth_call', supply, 'latest');
      expect(BigInt(String(answer))).toBe(EPOCH_BUDGET);
    }
    // What an operator's key alone could take is gone; all of the keys together get no more.
    const { program } = harness;
    const [reserve] = (await harness.view.buyback('reserve')) as unknown as [bigint];
    expect(reserve).toBe(BUDGET);
    const [owner, ...others] = [operator(), lane(), harness.account(1), harness.account(2), THIEF];
    const take = calls.withdrawReserve(program, THIEF, 1n);
    expect(await refusalOf(owner ?? THIEF, take)).toBe('ExceedsWithdrawable');
    for (const account of others) expect(await refusalOf(account, take)).toBe('NotOperator');
  });
});

describe('a stolen API key', () => {
  it('calls what it may in one program, until it is revoked', async () => {
    const service = await startService();
    try {
      const { mine, theirs, services } = service;
      const app = await services.apiKeys.create(keyOwner(mine.program), 'app', APP_SCOPES);
      const { key } = app;
      const errorOf = async (query: string): Promise<unknown> => {
        const { errors } = await service.ask(key, query);
        return errors?.[0]?.extensions['code'] ?? null;
      };
      await service.earn('mei', 1);
      expect(await errorOf('{ member(memberId: "mei") { balance { settled } } }')).toBeNull();
      // What only an operator may do takes another key.
      const item = 'input: { price: "1", text: "Loot", idempotencyKey: "k" }';
      expect(await errorOf(`mutation { itemAdd(${item}) { userErrors { code } } }`)).toBe(
        'FORBIDDEN',
      );
      // What is stored of it opens nothing.
      expect(await services.apiKeys.authenticate(app.record.hash)).toBeNull();
      // It names no program: its own is the only one that it knows.
      const occurredAt = new Date(STARTS_AT_MS).toISOString();
      const action = { memberId: 'tom', eventId: '1', rule: 'visit', occurredAt };
      const record = `mutation ($input: ActionsRecordInput!) { actionsRecord(input: $input) { results { status } } }`;
      await service.ask(theirs.key, record, { input: { actions: [action] } });
      const { data } = await service.ask(
        key,
        '{ member(memberId: "tom") { balance { settled } } }',
      );
      expect(data).toEqual({ member: null });
      expect(await services.apiKeys.revoke(mine.program, app.record.id)).toBe(true);
      expect(await errorOf('{ member(memberId: "mei") { balance { settled } } }')).toBe(
        'UNAUTHENTICATED',
      );
    } finally {
      await service.close();
    }
  });
});
