import { pointsAbi } from '@dewpoint/contracts/abi/pointsAbi.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { Interface } from 'ethers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOBODY } from '../../testing/badPrograms.ts';
import { startActsWorld, type ActsWorld, type OwnWallet } from '../../testing/apiActs.ts';

const points = new Interface(pointsAbi);
const ZERO: Address = `0x${'0'.repeat(40)}`;

let world: ActsWorld;
let next: OwnWallet;
beforeAll(async () => {
  world = await startActsWorld();
  next = await world.openWallet();
});
afterAll(() => world.close());

const offering = (operator: string): object => ({ operator, idempotencyKey: world.key() });

/** What the contract answers to a view without arguments. */
async function answered(view: 'operator' | 'offeredOperator'): Promise<unknown> {
  const call = { to: world.mine.program.address, data: points.encodeFunctionData(view) };
  const reply = await world.foundation.chain.rpc.call('eth_call', [call, 'latest']);
  return points.decodeFunctionResult(view, String(reply))[0];
}

const accept = (): Promise<void> =>
  next.send({
    to: world.mine.program.address,
    data: points.encodeFunctionData('acceptOperator') as Hex,
  });

describe('the operator role', () => {
  it('is not offered to a contract of the program, nor to a mistyped address', async () => {
    const { address, charter, buyback, catalogue, forwarder } = world.mine.program;
    for (const own of [address, charter, buyback, catalogue, forwarder]) {
      expect(await world.refused('operatorOffer', offering(own))).toEqual([
        ['operator', 'OUT_OF_RANGE'],
      ]);
    }
    const mistyped = NOBODY.replace('dEaD', 'deaD');
    expect(await world.refused('operatorOffer', offering(mistyped))).toEqual([
      ['operator', 'MALFORMED'],
    ]);
    expect(await answered('offeredOperator')).toBe(ZERO);
  });

  it('is offered, and the offer withdrawn, without a change of operator', async () => {
    const before = await answered('operator');
    const input = offering(next.address);
    const offered = await world.act('operatorOffer', input, 'offeredOperator');
    expect(offered).toMatchObject({
      userErrors: [],
      offeredOperator: next.address,
      transaction: { status: 'MINED' },
    });
    expect(await answered('offeredOperator')).toBe(next.address);
    // The same key is the same transaction.
    const again = await world.act('operatorOffer', input, 'offeredOperator');
    expect(again.transaction?.id).toBe(offered.transaction?.id);
    await world.act('operatorOffer', offering(ZERO));
    expect(await answered('offeredOperator')).toBe(ZERO);
    expect(await answered('operator')).toBe(before);
    await expect(accept()).rejects.toThrow();
  });

  it('passes with the acceptance, after which the service writes as the operator no more', async () => {
    await world.act('operatorOffer', offering(next.address));
    await accept();
    expect(await answered('operator')).toBe(next.address);
    expect(await answered('offeredOperator')).toBe(ZERO);
    const item = { price: '1', text: 'A cup', idempotencyKey: world.key() };
    expect(await world.refused('itemAdd', item)).toEqual([[null, 'NOT_OPERATOR']]);
    expect(await world.refused('operatorOffer', offering(next.address))).toEqual([
      [null, 'NOT_OPERATOR'],
    ]);
  });
});
