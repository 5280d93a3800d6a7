import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ContractCall } from '../../ports/chain/submitter.ts';
import { MUTATION_SETTINGS } from '../../testing/builders/program.ts';
import { DAY_MS, STARTS_AT_MS } from '../../testing/builders/time.ts';
import { type OwnWallet, once, startService, type TestService } from '../../testing/service.ts';
import { NOBODY } from '../../testing/badPrograms.ts';

const TOKEN_UNITS = 1_000_000n;

let service: TestService;
let wallet: OwnWallet;
beforeAll(async () => {
  service = await startService({ settings: MUTATION_SETTINGS });
  wallet = await service.openWallet();
});
afterAll(() => service.close());

const keyed = (more: object): object => ({ idempotencyKey: service.key(), ...more });
const byMember = (more: object): object => keyed({ memberId: 'mei', round: 0, ...more });
const RESERVE = 'reserve { total owed withdrawable }';
const SHARE = 'round { number state } share { amount paid returned } call { to data chainId }';

const deposited = once(async () => {
  await service.mint(100n * TOKEN_UNITS);
  const input = keyed({ amount: '50.5' });
  const first = await service.act('reserveDeposit', input, RESERVE);
  expect(first).toMatchObject({
    userErrors: [],
    transaction: { status: 'MINED' },
    reserve: { total: '50.500000', owed: '0.000000', withdrawable: '30.500000' },
  });
  expect(await service.act('reserveDeposit', input, RESERVE)).toEqual(first);
  expect(await service.refused('reserveDeposit', { ...input, amount: '1' })).toEqual([
    ['idempotencyKey', 'IDEMPOTENCY_KEY_REUSED'],
  ]);
});
const withdrawn = once(async () => {
  await deposited();
  const to = wallet.address;
  const answer = await service.act('reserveWithdraw', keyed({ amount: '10.5', to }), RESERVE);
  expect(answer).toMatchObject({ userErrors: [], reserve: { total: '40.000000' } });
  const { userErrors } = await service.act('reserveWithdraw', keyed({ amount: '20.000001', to }));
  expect(userErrors).toMatchObject([
    {
      field: 'amount',
      code: 'EXCEEDS_WITHDRAWABLE',
      message: 'amount is 20.000001 LD; it must be at most 20.000000 LD.',
    },
  ]);
});
/** Whether a member finds a transaction in a session of its own. */
const seenBy = async (memberId: string, id: string): Promise<boolean> => {
  const { program } = service.mine;
  const input = { memberId, idempotencyKey: service.key() };
  const { token } = await service.services.memberSessions.create(program, input);
  const { data } = await service.ask(token, `{ transaction(id: "${id}") { id } }`);
  return (data as { transaction: object | null }).transaction !== null;
};

describe('the reserve', () => {
  it('takes no more than the operator has', async () => {
    expect(await service.refused('reserveDeposit', keyed({ amount: '50' }))).toEqual([
      ['amount', 'INSUFFICIENT_MONEY'],
    ]);
  });

  it('takes money of the operator in one act, once under a key', deposited);

  it('gives back what is promised to nobody, and no more', withdrawn);

  it.each([
    ['reserveDeposit', { amount: '0' }, ['amount', 'OUT_OF_RANGE']],
    ['reserveDeposit', { amount: '0.0000001' }, ['amount', 'MALFORMED']],
    ['reserveWithdraw', { amount: '0', to: NOBODY }, ['amount', 'OUT_OF_RANGE']],
    ['reserveWithdraw', { amount: '1', to: NOBODY.replace('dEaD', 'deaD') }, ['to', 'MALFORMED']],
  ])('%s of %o is refused with the field', async (name, input, refused) => {
    expect(await service.refused(name, keyed(input))).toEqual([refused]);
  });
});

const earned = once(() => service.earn('mei', 40));
const opened = once(async () => {
  await earned();
  await service.moveClockTo(STARTS_AT_MS + 3 * DAY_MS);
});

describe('a round', () => {
  it('takes nothing before it opens', async () => {
    await earned();
    expect(await service.refused('roundTender', byMember({ amount: '10' }))).toEqual([
      ['round', 'ROUND_NOT_OPEN'],
    ]);
  });

  const tendered = once(async () => {
    await opened();
    const input = byMember({ amount: '60' });
    const first = await service.act('roundTender', input, SHARE);
    expect(first).toMatchObject({
      userErrors: [],
      transaction: { status: 'MINED' },
      round: { number: 0, state: 'OPEN' },
      share: { amount: '60.00', paid: null, returned: null },
      call: null,
    });
    expect(await service.act('roundTender', input, SHARE)).toEqual(first);
  });
  it('takes points of a gasless member, once under a key', tendered);

  const lateTendered = once(async () => {
    await opened();
    await service.ask(
      service.mine.key,
      `mutation { actionsRecord(input: { actions: [{ memberId: "late", eventId: "1", rule: "visit", occurredAt: "${new Date(STARTS_AT_MS + 3 * DAY_MS).toISOString()}" }] }) { results { status } } }`,
    );
    const input = byMember({ memberId: 'late', amount: '2' });
    const { userErrors } = await service.act('roundTender', input);
    expect(userErrors).toMatchObject([{ field: 'amount', code: 'INSUFFICIENT_POINTS' }]);
    expect(userErrors[0]?.message).toContain('2.00 points more are being settled now');
    await service.settled(service.mine.program);
    // Nothing was done under the key, so that it is good for the same call again.
    expect(await service.act('roundTender', input, SHARE)).toMatchObject({ userErrors: [] });
  });
  it('settles what is earned when more is offered than is settled', lateTendered);

  const untendered = once(async () => {
    await tendered();
    const answer = await service.act('roundUntender', byMember({ amount: '10' }), SHARE);
    expect(answer).toMatchObject({ userErrors: [], share: { amount: '50.00' } });
  });
  it('gives points back while it is open', untendered);

  it.each([
    ['roundTender', { round: 1, amount: '1' }, ['round', 'ROUND_NOT_OPEN']],
    ['roundTender', { round: 2 ** 32, amount: '1' }, ['round', 'OUT_OF_RANGE']],
    ['roundTender', { amount: '0' }, ['amount', 'OUT_OF_RANGE']],
    ['roundTender', { memberId: 'late', amount: '9' }, ['amount', 'INSUFFICIENT_POINTS']],
    ['roundTender', { memberId: 'nobody', amount: '1' }, ['memberId', 'NOT_FOUND']],
    ['roundTender', { memberId: null, amount: '1' }, ['memberId', 'REQUIRED']],
    ['roundUntender', { amount: '49.50' }, ['amount', 'BELOW_MIN_TENDER']],
    ['roundUntender', { amount: '50.01' }, ['amount', 'INSUFFICIENT_TENDER']],
    ['roundUntender', { amount: '0' }, ['amount', 'OUT_OF_RANGE']],
    ['roundClaim', { asset: 'MONEY' }, ['round', 'ROUND_NOT_SETTLED']],
    ['roundClaim', { asset: 'POINTS' }, ['round', 'ROUND_NOT_SETTLED']],
  ])('%s of %o is refused with the field', async (name, more, refused) => {
    await untendered();
    await lateTendered();
    expect(await service.refused(name, byMember(more))).toEqual([refused]);
  });

  const tenderedByWallet = once(async () => {
    await opened();
    // A holder who got points from a friend, and whom no app knows.
    const friend = await service.openWallet();
    const query = `query ($deadline: DateTime!) { accountMoveTypedData(memberId: "mover", to: "${friend.address}", deadline: $deadline) { json } }`;
    await service.earn('mover', 10);
    const deadline = new Date(STARTS_AT_MS + 5 * DAY_MS).toISOString();
    const { data } = await service.ask(service.mine.key, query, { deadline });
    const { json } = data?.['accountMoveTypedData'] as { json: string };
    const signature = await friend.sign(json);
    const moving = keyed({ memberId: 'mover', to: friend.address, deadline, signature });
    expect((await service.act('accountMove', moving)).userErrors).toEqual([]);

    const own = keyed({ ownWallet: friend.address.toLowerCase(), round: 0, amount: '20' });
    const answer = await service.act('roundTender', own, SHARE);
    expect(answer).toMatchObject({ userErrors: [], transaction: null, share: null });
    const call = answer['call'] as ContractCall & { chainId: number };
    expect(call).toMatchObject({
      to: service.mine.program.buyback,
      chainId: service.mine.program.chainId,
    });
    await friend.send(call);
    const share = await service.services.rounds.share(service.mine.program, 0, friend.address);
    expect(share?.amount).toBe(2_000n);
    expect(await service.refused('roundTender', { ...own, amount: '0.5', round: 1 })).toEqual([
      ['round', 'ROUND_NOT_OPEN'],
    ]);
    wallet = friend;
  });
  it('tells an own wallet what to send, and sends nothing itself', tenderedByWallet);

  const settled = once(async () => {
    await withdrawn();
    await untendered();
    await lateTendered();
    await tenderedByWallet();
    await service.moveClockTo(STARTS_AT_MS + 6 * DAY_MS + 1_000);
    const settler = await service.act(
      'roundSettle',
      keyed({}),
      'round { number state result { covered } }',
    );
    expect(settler).toMatchObject({
      userErrors: [],
      round: { number: 0, state: 'SETTLED', result: { covered: true } },
    });
    for (const asset of ['POINTS', 'MONEY']) {
      const claimed = await service.act('roundClaim', byMember({ asset }), SHARE);
      // A worker claims for gasless members by itself, and may have been first.
      expect(claimed.userErrors.every(({ code }) => code === 'NOTHING_TO_CLAIM')).toBe(true);
      const { transaction } = claimed;
      if (asset === 'MONEY') expect(transaction).not.toBeNull();
      if (transaction !== null) {
        // The relayer sent it for this member, who alone sees it as its own.
        expect(await seenBy('mei', transaction.id)).toBe(true);
        expect(await seenBy('mover', transaction.id)).toBe(false);
      }
      expect(await service.refused('roundClaim', byMember({ asset }))).toEqual([
        ['round', 'NOTHING_TO_CLAIM'],
      ]);
    }
    const mei = await service.services.members.find(service.mine.program, 'mei');
    const share = await service.services.rounds.share(
      service.mine.program,
      0,
      mei?.account ?? '0x',
    );
    // 72 points were offered and 20 dollars buy 40 of them: 50 * 20 / 72, and 50 * 32 / 72.
    expect(share).toMatchObject({ moneyClaimed: 13_888_888n, pointsClaimed: 2_222n });
  });
  it('is settled and claimed after its close, by any account', settled);

  it('lets an own wallet claim by itself', async () => {
    await settled();
    for (const asset of ['POINTS', 'MONEY']) {
      const own = keyed({ ownWallet: wallet.address, round: 0, asset });
      const { userErrors, call } = await service.act('roundClaim', own, SHARE);
      expect(userErrors).toEqual([]);
      await wallet.send(call as ContractCall);
    }
    const share = await service.services.rounds.share(service.mine.program, 0, wallet.address);
    expect(share).toMatchObject({ moneyClaimed: 5_555_555n, pointsClaimed: 888n });
  });
});
