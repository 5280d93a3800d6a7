import { localMoneyAbi } from '@dewpoint/contracts/abi/localMoneyAbi.ts';
import { pointsAbi } from '@dewpoint/contracts/abi/pointsAbi.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { Interface } from 'ethers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mintLocalMoney } from '../../chain/local/localMoney.ts';
import { NOBODY } from '../../testing/badPrograms.ts';
import { MUTATION_SETTINGS } from '../../testing/builders/program.ts';
import { askAs, graphqlServicesOf, personOf } from '../../testing/people/asPerson.ts';
import {
  type Answer,
  finalAnswer,
  type OwnWallet,
  startService,
  type TestService,
  until,
} from '../../testing/service.ts';

const money = new Interface(localMoneyAbi);
const points = new Interface(pointsAbi);
const ZERO: Address = `0x${'0'.repeat(40)}`;

let service: TestService;
let next: OwnWallet;
beforeAll(async () => {
  service = await startService({ settings: MUTATION_SETTINGS });
  next = await service.openWallet();
});
afterAll(() => service.close());

const offering = (operator: string): object => ({ operator, idempotencyKey: service.key() });

/** What the contract answers to a view without arguments. */
async function answered(view: 'operator' | 'offeredOperator'): Promise<unknown> {
  const call = { to: service.mine.program.address, data: points.encodeFunctionData(view) };
  const reply = await service.foundation.chain.rpc.call('eth_call', [call, 'latest']);
  return points.decodeFunctionResult(view, String(reply))[0];
}

/** What the API says of it. */
async function offeredTo(): Promise<unknown> {
  const query = '{ program { operatorAccount { offeredTo } } }';
  const { data } = await service.ask(service.mine.key, query);
  return (data?.['program'] as { operatorAccount: { offeredTo: string | null } }).operatorAccount
    .offeredTo;
}

const accept = (): Promise<void> =>
  next.send({
    to: service.mine.program.address,
    data: points.encodeFunctionData('acceptOperator') as Hex,
  });

describe('the operator role', () => {
  it('is not offered to a contract of the program, nor to a mistyped address', async () => {
    const { address, charter, buyback, catalogue, forwarder } = service.mine.program;
    for (const own of [address, charter, buyback, catalogue, forwarder]) {
      expect(await service.refused('operatorOffer', offering(own))).toEqual([
        ['operator', 'OUT_OF_RANGE'],
      ]);
    }
    const mistyped = NOBODY.replace('dEaD', 'deaD');
    expect(await service.refused('operatorOffer', offering(mistyped))).toEqual([
      ['operator', 'MALFORMED'],
    ]);
    expect(await answered('offeredOperator')).toBe(ZERO);
  });

  it('is offered, and the offer withdrawn, without a change of operator', async () => {
    const before = await answered('operator');
    const input = offering(next.address);
    const offered = await service.act('operatorOffer', input, 'offeredOperator');
    expect(offered).toMatchObject({
      userErrors: [],
      offeredOperator: next.address,
      transaction: { status: 'MINED' },
    });
    expect(await answered('offeredOperator')).toBe(next.address);
    expect(await offeredTo()).toBe(next.address);
    // The same key is the same transaction.
    const again = await service.act('operatorOffer', input, 'offeredOperator');
    expect(again.transaction?.id).toBe(offered.transaction?.id);
    await service.act('operatorOffer', offering(ZERO));
    expect(await answered('offeredOperator')).toBe(ZERO);
    expect(await offeredTo()).toBeNull();
    expect(await answered('operator')).toBe(before);
    await expect(accept()).rejects.toThrow();
  });

  it('can be accepted without gas, by the wallet that was offered it and by no other', async () => {
    await service.act('operatorOffer', offering(next.address));
    const other = await service.openWallet();
    const refused = await service.refused('operatorAccept', accepting(other.address));
    expect(refused).toEqual([[null, 'REFUSED_BY_CONTRACT']]);
    const asked = await askedFor('operatorAccept', accepting(next.address));
    expect(asked.account).toBe(next.address);
    expect(await sign(asked.id, await other.sign(asked.json))).toEqual({
      transaction: null,
      userErrors: [{ field: 'signature', code: 'INVALID_SIGNATURE' }],
    });
    expect(await answered('operator')).not.toBe(next.address);
    expect(await sign(asked.id, await next.sign(asked.json))).toMatchObject(DONE);
    expect(await answered('operator')).toBe(next.address);
    expect(await answered('offeredOperator')).toBe(ZERO);
  });
});

const accepting = (account: string | null): object => ({ account, idempotencyKey: service.key() });
const DONE = { transaction: { status: 'MINED' }, userErrors: [] };
interface Asked {
  readonly id: string;
  readonly account: Address;
  readonly json: string;
}

const SIGN = `mutation ($id: String!, $signature: Hex!) {
  transactionSign(input: { id: $id, signature: $signature }) { transaction { id status } userErrors { field code } } }`;

/** What a wallet is asked to sign, with nothing sent. */
async function askedFor(name: string, input: object): Promise<Asked> {
  const { toSign, transaction, userErrors } = await service.act(
    name,
    input,
    'toSign { id account json expiresAt }',
  );
  expect([transaction, userErrors]).toEqual([null, []]);
  return toSign as Asked;
}

async function sign(id: string, signature: Hex, key = service.mine.key): Promise<unknown> {
  const answer = await finalAnswer(() => service.ask(key, SIGN, { id, signature }));
  return answer.data?.['transactionSign'];
}

describe('a program whose operator is an own wallet', () => {
  const item = (price: string): Record<string, unknown> => ({
    ...{ price, text: 'A cup' },
    idempotencyKey: service.key(),
  });

  it('has each write of the operator signed by it, and paid for by the service', async () => {
    const { gateway } = service.foundation.chain;
    const before = await gateway.balance(next.address);
    const input = item('1');
    const asked = await askedFor('itemAdd', input);
    // Before it is signed, nothing happens, and everybody who asks under the same key gets the same to sign.
    const others = await Promise.all(Array.from({ length: 20 }, () => askedFor('itemAdd', input)));
    expect(others).toEqual(others.map(() => asked));
    const signature = await next.sign(asked.json);
    const done = await Promise.all(Array.from({ length: 10 }, () => sign(asked.id, signature)));
    expect(done[0]).toMatchObject(DONE);
    expect(done).toEqual(done.map(() => done[0]));
    // The same key is the same transaction from then on.
    const again = await service.act('itemAdd', input, 'item { number text }');
    expect(again).toMatchObject({ ...DONE, item: { number: 1, text: 'A cup' } });
    expect(await gateway.balance(next.address)).toBe(before);
  });

  it('is told of a signature that came too late, and signs again under the same key', async () => {
    const [first, second] = [item('2'), item('3')];
    const [one, two] = [await askedFor('itemAdd', first), await askedFor('itemAdd', second)];
    const late = await next.sign(two.json);
    expect(await sign(one.id, await next.sign(one.json))).toMatchObject(DONE);
    expect(await sign(two.id, late)).toEqual({
      transaction: null,
      userErrors: [{ field: 'id', code: 'OUTDATED_SIGNATURE' }],
    });
    const anew = await askedFor('itemAdd', second);
    expect(await sign(anew.id, await next.sign(anew.json))).toMatchObject(DONE);
  });

  it('has what it is to sign kept from other programs', async () => {
    const asked = await askedFor('itemAdd', item('4'));
    const signature = await next.sign(asked.json);
    const unknown = { transaction: null, userErrors: [{ field: 'id', code: 'NOT_FOUND' }] };
    expect(await sign(asked.id, signature, service.theirs.key)).toEqual(unknown);
    expect(await sign('none', signature)).toEqual(unknown);
  });

  it('is told what the contract refuses before anything is signed, and dry runs go on', async () => {
    expect(
      await service.refused('itemPriceSet', {
        item: 99,
        price: '1',
        idempotencyKey: service.key(),
      }),
    ).toEqual([['item', 'NOT_FOUND']]);
    const terms = { buyback: { pricePerPoint: '0.02', budgetPerRound: '0', minTender: '1' } };
    const dry = { terms, dryRun: true, idempotencyKey: service.key() };
    expect(
      await service.act('changeAnnounce', dry, 'outlook { blockedBy { code } }'),
    ).toMatchObject({
      userErrors: [],
      outlook: { blockedBy: null },
    });
  });

  it('has no deposit of the account of the service, and takes in what comes by a transfer', async () => {
    const { buyback } = service.mine.program;
    // It is there: what is refused is whose money it is.
    await service.mint(5_000_000n);
    const input = { amount: '2', idempotencyKey: service.key() };
    const { transaction, userErrors } = await service.act('reserveDeposit', input);
    expect(transaction).toBeNull();
    expect(userErrors).toMatchObject([{ field: null, code: 'NOT_OPERATOR' }]);
    expect(userErrors[0]?.message).toContain(buyback);
    await next.send(mintLocalMoney(service.mine.program)(next.address, 3_000_000n));
    const { address } = service.mine.program.settlementToken;
    const data = money.encodeFunctionData('transfer', [buyback, 3_000_000n]) as Hex;
    await next.send({ to: address, data });
    await until('the money is in the reserve', async () => {
      const { data: shown } = await service.ask(
        service.mine.key,
        '{ program { reserve { total } } }',
      );
      return (shown?.['program'] as { reserve: { total: string } }).reserve.total === '3.000000';
    });
  });

  it('has orders signed for by who works them off, and nothing else', async () => {
    await service.earn('ada', 5);
    const cup = item('1');
    const added = await askedFor('itemAdd', cup);
    expect(await sign(added.id, await next.sign(added.json))).toMatchObject(DONE);
    const { item: shown } = await service.act('itemAdd', cup, 'item { number }');
    const { number } = shown as { number: number };
    const bought = { memberId: 'ada', item: number, maxPrice: '1', idempotencyKey: service.key() };
    const { order } = await service.act('itemRedeem', bought, 'order { number }');

    const people = graphqlServicesOf(service.foundation);
    const fulfiller = personOf('fulfiller', { program: service.mine.program });
    const signs = async (asked: Asked): Promise<Answer> => {
      const input = { id: asked.id, signature: await next.sign(asked.json) };
      return askAs(people, fulfiller, SIGN, input);
    };
    const forbidden = await signs(await askedFor('itemAdd', item('6')));
    expect(forbidden.errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    const given = { order: (order as { number: number }).number, idempotencyKey: service.key() };
    const query = `mutation ($input: OrderFulfilInput!) { orderFulfil(input: $input) {
      toSign { id account json } transaction { id } userErrors { code } } }`;
    const { data } = await askAs(people, fulfiller, query, { input: given });
    const { toSign } = data?.['orderFulfil'] as { readonly toSign: Asked };
    const { errors, data: signed } = await signs(toSign);
    expect([errors, signed]).toMatchObject([undefined, { transactionSign: { userErrors: [] } }]);
    expect(await service.act('orderFulfil', given, 'order { state }')).toMatchObject({
      ...DONE,
      order: { state: 'FULFILLED' },
    });
  });

  it('has what owners alone may signed for by no other person', async () => {
    const people = graphqlServicesOf(service.foundation);
    const { address } = await service.openWallet();
    const asked = await askedFor('operatorOffer', offering(address));
    const given = { id: asked.id, signature: await next.sign(asked.json) };
    const by = (role: 'manager' | 'owner'): Promise<Answer> =>
      askAs(people, personOf(role, { program: service.mine.program }), SIGN, given);
    expect((await by('manager')).errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    expect((await by('owner')).data).toMatchObject({ transactionSign: { userErrors: [] } });
  });

  it('can be handed back to the service', async () => {
    const back = service.foundation.operator;
    const query = '{ program { operatorAccount { address ofService } } }';
    const { data } = await service.ask(service.mine.key, query);
    expect(data).toEqual({
      program: { operatorAccount: { address: next.address, ofService: back } },
    });
    const asked = await askedFor('operatorOffer', offering(back));
    expect(await sign(asked.id, await next.sign(asked.json))).toMatchObject(DONE);
    expect(await service.act('operatorAccept', accepting(null), 'operator')).toMatchObject({
      ...DONE,
      operator: back,
    });
    expect(await service.act('itemAdd', item('5'))).toMatchObject(DONE);
  });
});
