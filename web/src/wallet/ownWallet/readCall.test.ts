import { buybackAbi } from '@dewpoint/contracts/abi/buybackAbi.ts';
import { catalogueAbi } from '@dewpoint/contracts/abi/catalogueAbi.ts';
import { charterAbi } from '@dewpoint/contracts/abi/charterAbi.ts';
import { getAddress, Interface } from 'ethers';
import { describe, expect, it } from 'vitest';
import { CALL_ABIS, type CallContract } from './callAbi.ts';
import { CallFlaw } from './callFlaw.ts';
import { readCall } from './readCall.ts';

const ABIS = { buyback: buybackAbi, charter: charterAbi, catalogue: catalogueAbi };
const address = (end: string): string => `0x${end.repeat(20)}`;
const CONTRACTS = { buyback: address('b1'), charter: address('c2'), catalogue: address('d3') };
const OWN = getAddress(address('ab'));
const REF = `0x${'07'.repeat(32)}`;
const CHAIN = 31_337;

const callTo = (contract: CallContract, name: string, args: readonly unknown[]) => ({
  to: CONTRACTS[contract],
  data: new Interface(ABIS[contract]).encodeFunctionData(name, args),
  chainId: CHAIN,
});
const TENDER = { kind: 'roundTender', input: { ownWallet: OWN, round: 2, amount: '48.21' } };
const tender = callTo('buyback', 'tender', [2, 4821n]);

const differenceOf = (asked: typeof TENDER, call: typeof tender): string | null => {
  try {
    readCall(asked, call, CHAIN, CONTRACTS);
    return null;
  } catch (error) {
    if (error instanceof CallFlaw) return error.difference;
    throw error;
  }
};

describe('the functions that a wallet is asked to call', () => {
  it.each(Object.entries(CALL_ABIS))('are those of the contract: %s', (contract, functions) => {
    const whole = new Interface(ABIS[contract as CallContract]);
    const ours = new Interface(functions);
    for (const { name } of functions) {
      expect(ours.getFunction(name)?.selector).toBe(whole.getFunction(name)?.selector);
      const names = (abi: Interface) => abi.getFunction(name)?.inputs.map((input) => input.name);
      expect(names(ours)).toEqual(names(whole));
    }
  });
});

describe('a call for an own wallet', () => {
  const own = { ownWallet: OWN };
  it.each([
    [TENDER, tender],
    [
      { kind: 'roundUntender', input: { ...own, round: 0, amount: '5' } },
      callTo('buyback', 'untender', [0, 500n]),
    ],
    [
      { kind: 'roundClaim', input: { ...own, round: 1, asset: 'POINTS' } },
      callTo('buyback', 'claimPoints', [1, OWN]),
    ],
    [
      { kind: 'roundClaim', input: { ...own, round: 1, asset: 'MONEY' } },
      callTo('buyback', 'claimMoney', [1, OWN]),
    ],
    [
      { kind: 'changeObject', input: { ...own, change: 3, amount: '0.01' } },
      callTo('charter', 'object', [3, 1n]),
    ],
    [
      { kind: 'objectionRelease', input: { ...own, change: 3 } },
      callTo('charter', 'release', [3, OWN]),
    ],
    [
      { kind: 'itemRedeem', input: { ...own, item: 4, quantity: 2, maxPrice: '5.00' } },
      callTo('catalogue', 'redeem', [4, 2, 500n, REF]),
    ],
    [{ kind: 'orderRefund', input: { ...own, order: 9 } }, callTo('catalogue', 'refund', [9])],
  ])('is read when it does what was asked: %j', (asked, call) => {
    expect(readCall(asked, call, CHAIN, CONTRACTS).contract).toBeTruthy();
  });

  it('says what its bytes say', () => {
    const read = readCall(TENDER, tender, CHAIN, CONTRACTS);
    expect(read).toEqual({
      ...{ contract: 'buyback', name: 'tender', args: { round: '2', amount: '4821' } },
    });
  });

  it.each([
    ['more points', callTo('buyback', 'tender', [2, 4822n]), 'numbers'],
    ['another round', callTo('buyback', 'tender', [1, 4821n]), 'numbers'],
    ['another function', callTo('buyback', 'untender', [2, 4821n]), 'function'],
    ['another contract', { ...tender, to: CONTRACTS.charter }, 'function'],
    ['a contract of nobody', { ...tender, to: address('ee') }, 'contract'],
    ['another chain', { ...tender, chainId: 1 }, 'chain'],
    ['bytes after it', { ...tender, data: `${tender.data}${OWN.slice(2)}` }, 'bytes'],
    ['too few bytes', { ...tender, data: tender.data.slice(0, -2) }, 'bytes'],
    ['no bytes', { ...tender, data: '0x' }, 'bytes'],
    ['a function that the page does not know', callTo('buyback', 'settle', []), 'function'],
  ])('is refused with %s', (_what, call, difference) => {
    expect(differenceOf(TENDER, call)).toBe(difference);
  });

  it('is refused when it pays another account', () => {
    const asked = { kind: 'roundClaim', input: { ...own, round: 1, asset: 'MONEY' } };
    const call = callTo('buyback', 'claimMoney', [1, address('99')]);
    expect(() => readCall(asked, call, CHAIN, CONTRACTS)).toThrow(CallFlaw);
  });

  it('is refused for a mutation that no wallet sends', () => {
    expect(() => readCall({ ...TENDER, kind: 'moneySend' }, tender, CHAIN, CONTRACTS)).toThrow(
      CallFlaw,
    );
  });
});
