import { pointsAbi } from '@dewpoint/contracts/abi/pointsAbi.ts';
import type { Hex } from '@dewpoint/contracts/statement.ts';
import { Interface } from 'ethers';
import { DAY_MS } from '../../builders/time.ts';
import { goodProgram } from '../../badPrograms.ts';
import type { KeyedProgram, OwnWallet } from '../../service.ts';
import type { Asker, ParallelCalls } from '../parallelCall.ts';
import type { ParallelStage } from '../parallelStage.ts';

const points = new Interface(pointsAbi);
const TO_SIGN = 'toSign { id account json expiresAt } transaction { id status }';

interface Handed extends KeyedProgram {
  readonly ask: Asker;
  readonly operator: OwnWallet;
}

/** What the contract answers to a view without arguments. */
const answered =
  ({ service }: ParallelStage, { program }: KeyedProgram, view: 'operator' | 'offeredOperator') =>
  async (): Promise<unknown> => {
    const call = { to: program.address, data: points.encodeFunctionData(view) };
    const reply = await service.foundation.chain.rpc.call('eth_call', [call, 'latest']);
    return points.decodeFunctionResult(view, String(reply))[0];
  };

/** A program whose operator is an own wallet. */
async function handedOver(stage: ParallelStage): Promise<Handed> {
  const keyed = await stage.newProgram();
  const ask = stage.withKey(keyed.key);
  const operator = await stage.service.openWallet();
  await stage.act(ask, 'operatorOffer', { operator: operator.address });
  const data = points.encodeFunctionData('acceptOperator') as Hex;
  await operator.send({ to: keyed.program.address, data });
  return { ...keyed, ask, operator };
}

/** Has the wallet sign a write. @returns what `transactionSign` takes */
async function signed(
  { act }: ParallelStage,
  { ask, operator }: Handed,
  name: string,
  input: object,
): Promise<{ readonly id: string; readonly signature: Hex }> {
  const { toSign } = await act(ask, name, input, TO_SIGN);
  const { id, json } = toSign as { id: string; json: string };
  return { id, signature: await operator.sign(json) };
}

export const PROGRAM_CALLS: ParallelCalls = {
  programCreate: ({ service, withKey, count }) => {
    const { mine } = service;
    const { idempotencyKey: _, ...good } = goodProgram(mine.program.settlementToken.address);
    return Promise.resolve({
      ...{ by: withKey(mine.key), input: { ...good, name: 'Parallel' } },
      selection: 'address program { id name } transaction { id status }',
      other: { name: 'Parallel too' },
      effect: () => count('programs', { name: { $in: ['Parallel', 'Parallel too'] } }),
      after: 1,
    });
  },
  programLookSet: async (stage) => {
    const { program, key } = await stage.newProgram();
    return {
      by: stage.withKey(key),
      input: { pointName: { en: 'Drop' }, origins: ['https://shop.example'] },
      selection: 'look { pointName { en zh } colors { accent } }',
      other: { pointName: { en: 'Leaf' } },
      effect: async () => (await stage.service.foundation.store.looks.find(program.id))?.pointName,
      after: { en: 'Drop', zh: null },
    };
  },
  operatorOffer: async (stage) => {
    const keyed = await stage.newProgram();
    const [next, another] = [await stage.service.openWallet(), await stage.service.openWallet()];
    return {
      ...{ by: stage.withKey(keyed.key), input: { operator: next.address } },
      selection: 'offeredOperator transaction { id status }',
      other: { operator: another.address },
      effect: answered(stage, keyed, 'offeredOperator'),
      after: next.address,
    };
  },
  operatorAccept: async (stage) => {
    const handed = await handedOver(stage);
    const { operator } = stage.service.foundation;
    await stage.act(handed.ask, 'transactionSign', {
      idempotencyKey: undefined,
      ...(await signed(stage, handed, 'operatorOffer', { operator })),
    });
    return {
      ...{ by: handed.ask, input: {}, selection: 'operator transaction { id status }' },
      other: 'The account is no part of what the key stands for: each account has keys of its own.',
      effect: answered(stage, handed, 'operator'),
      after: operator,
    };
  },
  transactionSign: async (stage) => {
    const handed = await handedOver(stage);
    const { catalogue } = stage.service.services;
    const input = await signed(stage, handed, 'itemAdd', { price: '1', text: 'A cup' });
    return {
      ...{ by: handed.ask, input, selection: 'transaction { id status }' },
      otherMeans: {
        because: 'What is signed has an id and a nonce: it is carried out once, whoever sends it.',
        alike: (payload) => payload,
      },
      other: 'Once it is carried out, no signature changes anything.',
      effect: async () => [
        (await catalogue.findItem(handed.program, 1))?.text ?? null,
        await catalogue.findItem(handed.program, 2),
      ],
      after: ['A cup', null],
    };
  },
  clockMove: async ({ service, withKey }) => {
    const { mine, foundation } = service;
    const today = async (): Promise<number> => {
      const { nowMs } = await foundation.chain.clock.now();
      return Math.floor((nowMs - mine.program.startsAtMs) / DAY_MS);
    };
    return {
      ...{ by: withKey(mine.key), input: { to: 'NEXT_DAY' }, other: { to: 'NEXT_ROUND' } },
      selection: 'before after closedEpoch openedRound',
      ...{ effect: today, after: (await today()) + 1 },
    };
  },
};
