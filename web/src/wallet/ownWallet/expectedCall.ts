import { POINT_DECIMALS, toBase } from '../../shared/format/amounts.ts';
import type { CallContract } from './callAbi.ts';

/** Addresses of the contracts of a program. */
export type Contracts = Readonly<Record<CallContract, string>>;

/** A call as the page works it out itself, from what the member asked for. */
export interface ExpectedCall {
  readonly contract: CallContract;
  readonly name: string;
  /** Arguments that are known beforehand, by their names in the ABI. */
  readonly args: Readonly<Record<string, string | number | bigint>>;
}

/** Input of a mutation, as far as calls follow from it. */
interface Asked {
  readonly ownWallet: string;
  readonly amount: string;
  readonly round: number;
  readonly asset: 'POINTS' | 'MONEY';
  readonly change: number;
  readonly item: number;
  readonly quantity?: number;
  readonly maxPrice: string;
  readonly order: number;
}

const points = (amount: string): bigint => toBase(amount, POINT_DECIMALS);

const EXPECTED: Readonly<Record<string, (asked: Asked) => ExpectedCall>> = {
  roundTender: ({ round, amount }) => ({
    ...{ contract: 'buyback', name: 'tender', args: { round, amount: points(amount) } },
  }),
  roundUntender: ({ round, amount }) => ({
    ...{ contract: 'buyback', name: 'untender', args: { round, amount: points(amount) } },
  }),
  roundClaim: ({ round, asset, ownWallet }) => ({
    contract: 'buyback',
    name: asset === 'POINTS' ? 'claimPoints' : 'claimMoney',
    args: { round, holder: ownWallet },
  }),
  changeObject: ({ change, amount }) => ({
    ...{ contract: 'charter', name: 'object', args: { id: change, amount: points(amount) } },
  }),
  objectionRelease: ({ change, ownWallet }) => ({
    ...{ contract: 'charter', name: 'release', args: { id: change, holder: ownWallet } },
  }),
  itemRedeem: ({ item, quantity = 1, maxPrice }) => ({
    contract: 'catalogue',
    name: 'redeem',
    // The reference of the order is the service's to choose: it makes the order one of its own, and costs nothing.
    args: { item, quantity, maxPrice: points(maxPrice) },
  }),
  orderRefund: ({ order }) => ({ contract: 'catalogue', name: 'refund', args: { order } }),
};

/** Works out the call for a mutation; null for one that no wallet sends. */
export function expectedCall(
  kind: string,
  input: Readonly<Record<string, unknown>>,
): ExpectedCall | null {
  return EXPECTED[kind]?.(input as unknown as Asked) ?? null;
}
