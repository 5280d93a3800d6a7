import { pointsAbi } from '@dewpoint/contracts/abi/pointsAbi.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { Interface } from 'ethers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOBODY } from '../../testing/badPrograms.ts';
import { MUTATION_SETTINGS } from '../../testing/builders/program.ts';
import { type OwnWallet, startService, type TestService } from '../../testing/service.ts';

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
    // The same key is the same transaction.
    const again = await service.act('operatorOffer', input, 'offeredOperator');
    expect(again.transaction?.id).toBe(offered.transaction?.id);
    await service.act('operatorOffer', offering(ZERO));
    expect(await answered('offeredOperator')).toBe(ZERO);
    expect(await answered('operator')).toBe(before);
    await expect(accept()).rejects.toThrow();
  });

  it('passes with the acceptance, after which the service writes as the operator no more', async () => {
    await service.act('operatorOffer', offering(next.address));
    await accept();
    expect(await answered('operator')).toBe(next.address);
    expect(await answered('offeredOperator')).toBe(ZERO);
    const item = { price: '1', text: 'A cup', idempotencyKey: service.key() };
    expect(await service.refused('itemAdd', item)).toEqual([[null, 'NOT_OPERATOR']]);
    expect(await service.refused('operatorOffer', offering(next.address))).toEqual([
      [null, 'NOT_OPERATOR'],
    ]);
  });
});
