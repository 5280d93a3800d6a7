import { buybackAbi } from '@dewpoint/contracts/abi/buybackAbi.ts';
import { catalogueAbi } from '@dewpoint/contracts/abi/catalogueAbi.ts';
import { charterAbi } from '@dewpoint/contracts/abi/charterAbi.ts';
import { pointsAbi } from '@dewpoint/contracts/abi/pointsAbi.ts';
import { decodeBuybackTerms, decodeTerms } from '@dewpoint/contracts/terms.ts';
import { EIP712_DOMAIN_TYPE, FORWARD_REQUEST_TYPES } from '@dewpoint/contracts/typedData.ts';
import { Interface } from 'ethers';
import { describe, expect, it } from 'vitest';
import { SIGNED_KINDS, type SignedKind } from '../../writes/askToSign.ts';
import { checkRequest } from './checkRequest.ts';
import { expectedCallOf, SIGNED_FUNCTIONS } from './expectedCall.ts';

const ABIS = {
  points: pointsAbi,
  charter: charterAbi,
  buyback: buybackAbi,
  catalogue: catalogueAbi,
};
const address = (end: string): string => `0x${end.repeat(20)}`;
const PROGRAM = {
  ...{ points: address('a1'), charter: address('c2'), buyback: address('b3') },
  ...{ catalogue: address('d4'), moneyDecimals: 6 },
};
const OPERATOR = address('0e');
const FORWARDER = address('f5');

const INPUTS: Readonly<Record<SignedKind, Readonly<Record<string, unknown>>>> = {
  changeAnnounce: {
    terms: { buyback: { pricePerPoint: '0.02', budgetPerRound: '3', minTender: '1.00' } },
  },
  changeWithdraw: { change: 3 },
  itemAdd: { price: '5.00', text: 'A pot of tea' },
  itemPriceSet: { item: 1, price: '6.50' },
  itemStockAdd: { item: 1, added: 4 },
  itemWithdraw: { item: 2 },
  itemWithdrawalCancel: { item: 2 },
  operatorAccept: { account: OPERATOR },
  operatorOffer: { operator: address('99') },
  orderFulfil: { order: 7 },
  orderRefund: { order: 8 },
  reserveWithdraw: { amount: '1', to: address('77') },
};
const read = (kind: SignedKind, input = INPUTS[kind]) => {
  const { to, data } = expectedCallOf(kind, input, PROGRAM);
  const [contract] = Object.entries(PROGRAM).find(([, each]) => each === to) ?? [];
  const parsed = new Interface(ABIS[contract as keyof typeof ABIS]).parseTransaction({ data });
  return { contract, name: parsed?.name, args: [...(parsed?.args ?? [])] as unknown[] };
};

describe('the functions that an operator signs for', () => {
  it.each(Object.entries(SIGNED_FUNCTIONS))('are those of the contract: %s', (contract, ours) => {
    const whole = new Interface(ABIS[contract as keyof typeof ABIS]);
    new Interface(ours).forEachFunction(({ name, selector, inputs }) => {
      const theirs = whole.getFunction(name);
      expect([name, theirs?.selector]).toEqual([name, selector]);
      expect(theirs?.inputs.map((input) => input.name)).toEqual(inputs.map((input) => input.name));
    });
  });
});

describe('the call of a mutation', () => {
  it.each(SIGNED_KINDS)('%s is one that its contract knows', (kind) => {
    expect(read(kind).name).toBeTruthy();
  });

  it('says what was asked for', () => {
    expect(read('itemAdd')).toEqual({
      ...{ contract: 'catalogue', name: 'addItem' },
      args: [500n, 2n ** 32n - 1n, 'A pot of tea'],
    });
    expect(read('itemPriceSet').args).toEqual([1n, 650n]);
    expect(read('reserveWithdraw').args).toEqual([expect.stringMatching(/77$/), 1_000_000n]);
    const [, terms] = read('changeAnnounce').args;
    expect(decodeBuybackTerms(terms as `0x${string}`)).toEqual({
      ...{ pricePerPoint: 20_000n, budgetPerRound: 3_000_000n, minTender: 100n },
    });
  });

  it('has the rules of an announcement, with no limit where none was given', () => {
    const rule = { ruleId: 1, name: 'visit', text: 'A visit', perAction: '2.00', maxCount: 1 };
    const [target, terms] = read('changeAnnounce', {
      terms: { ruleSet: { notBefore: 4, rules: [rule] } },
    }).args;
    expect(String(target).toLowerCase()).toBe(PROGRAM.points);
    expect(decodeTerms(terms as `0x${string}`)).toMatchObject({
      ...{ notBefore: 4, budgetPerEpoch: 2n ** 96n - 1n },
      rules: [{ id: 1, name: 'visit', perAction: 200n, perUnit: 0n, maxCount: 1n }],
    });
  });
});

describe('what a wallet is to sign', () => {
  const call = expectedCallOf('itemAdd', INPUTS.itemAdd, PROGRAM);
  const DEADLINE = 1_900_000_000;
  const expected = {
    ...{ chainId: 31_337, forwarder: FORWARDER, account: OPERATOR, call },
    expiresAt: new Date(DEADLINE * 1_000).toISOString(),
    nowMs: (DEADLINE - 1_800) * 1_000,
  };
  const data = (parts: {
    readonly domain?: object;
    readonly message?: object;
    readonly more?: object;
  }): string =>
    JSON.stringify({
      domain: {
        ...{ name: 'Dewpoint', version: '1', verifyingContract: FORWARDER, chainId: 31_337 },
        ...parts.domain,
      },
      primaryType: 'ForwardRequest',
      types: { EIP712Domain: EIP712_DOMAIN_TYPE, ...FORWARD_REQUEST_TYPES },
      message: {
        ...{ from: OPERATOR, to: call.to, value: '0', gas: '90000', nonce: '3' },
        ...{ deadline: DEADLINE, data: call.data },
        ...parts.message,
      },
      ...parts.more,
    });

  it('is let through when it is what was asked for', () => {
    expect(checkRequest(data({}), expected).flaw).toBeNull();
  });

  it('is made anew for the wallet, with nothing of the text of the service', () => {
    const { toSign } = checkRequest(data({}), expected);
    const { message, ...rest } = JSON.parse(toSign ?? '') as { message: object };
    const { message: asked, ...others } = JSON.parse(data({})) as { message: object };
    expect(rest).toEqual(others);
    expect(message).toEqual({ ...asked, deadline: String(DEADLINE) });
    // A name that is there twice is read as its last one, and by a wallet maybe as its first.
    const twice = data({}).replace('"message":{', '"message":{"gas":"1","to":"0x00",');
    expect(checkRequest(twice, expected)).toEqual({ flaw: null, toSign });
  });

  it('is refused when it is good for longer than is shown, or for long', () => {
    const later = data({ message: { deadline: DEADLINE + 1 } });
    expect(checkRequest(later, expected).flaw).toBe('deadline');
    const earlier = { ...expected, nowMs: expected.nowMs - 120_000 };
    expect(checkRequest(data({}), earlier)).toEqual({ flaw: 'deadline', toSign: null });
  });

  const other = expectedCallOf('itemAdd', { ...INPUTS.itemAdd, price: '5.01' }, PROGRAM);
  it.each([
    ['other numbers', data({ message: { data: other.data } }), 'call'],
    ['bytes after them', data({ message: { data: `${call.data}00` } }), 'call'],
    ['another contract', data({ message: { to: PROGRAM.charter } }), 'call'],
    ['money to be sent', data({ message: { value: '1' } }), 'call'],
    ['another account', data({ message: { from: address('66') } }), 'account'],
    ['another chain', data({ domain: { chainId: 1 } }), 'chain'],
    ['another forwarder', data({ domain: { verifyingContract: address('66') } }), 'forwarder'],
    ['another name', data({ domain: { name: 'Permit2' } }), 'shape'],
    ['more in its domain', data({ domain: { salt: '0x01' } }), 'shape'],
    ['another type', data({ more: { primaryType: 'Permit' } }), 'shape'],
    ['other types', data({ more: { types: { ForwardRequest: [] } } }), 'shape'],
    ['more in its message', data({ message: { spender: address('66') } }), 'shape'],
    ['a nonce that is none', data({ message: { nonce: 'x' } }), 'shape'],
    ['no JSON', 'sign me', 'shape'],
  ])('is refused with %s', (_what, json, flaw) => {
    expect(checkRequest(json, expected)).toEqual({ flaw, toSign: null });
  });
});
