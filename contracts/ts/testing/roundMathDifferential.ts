import { DEV_KEYS, LOCAL_CHAIN_ID, startChain, type Chain } from '@dewpoint/infra/chain/chain.ts';
import { ContractFactory, Interface, JsonRpcProvider, Wallet } from 'ethers';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { roundMathBenchAbi } from '../abi/roundMathBenchAbi.ts';
import benchArtifact from '../artifacts/RoundMathBench.json' with { type: 'json' };
import { minedReceipt } from '../minedReceipt.ts';
import type { Address } from '../statement.ts';
import { rounds, sharesOf, type DrawnRound, type Shares } from './randomRounds.ts';

/** Of the time that a search may take, for reporting the smallest failure found by then. */
const REPORT_SHARE = 0.25;

const bench = new Interface(roundMathBenchAbi);

/**
 * Tests that the arithmetic of rounds in TypeScript and the contract agree.
 *
 * @param args.rounds How many are tried, with two calls each: some fifty a second.
 */
export const testRoundMath = (args: { rounds: number; timeoutMs: number }): void => {
  describe('the arithmetic of rounds in TypeScript and the contract', () => {
    let chain: Chain;
    let provider: JsonRpcProvider;
    let address: Address;

    beforeAll(async () => {
      chain = await startChain({});
      provider = new JsonRpcProvider(chain.url, LOCAL_CHAIN_ID, {
        staticNetwork: true,
        cacheTimeout: -1,
        batchStallTime: 0,
      });
      const signer = new Wallet(DEV_KEYS.operator, provider);
      const factory = new ContractFactory(benchArtifact.abi, benchArtifact.bytecode, signer);
      const sent = await signer.sendTransaction(await factory.getDeployTransaction());
      const { contractAddress } = await minedReceipt(provider, sent.hash);
      address = contractAddress as Address;
    });
    afterAll(async () => {
      provider.destroy();
      await chain.stop();
    });

    it(
      'agree on what every round buys, pays and gives back',
      async () => {
        await fc.assert(
          fc.asyncProperty(rounds, async (round) => {
            expect(await sharesOnChain(round)).toEqual(sharesOf(round));
          }),
          {
            numRuns: args.rounds,
            interruptAfterTimeLimit: args.timeoutMs * (1 - REPORT_SHARE),
          },
        );
      },
      args.timeoutMs,
    );

    async function sharesOnChain(round: DrawnRound): Promise<Shares> {
      const { amounts, tendered, budget, pricePerPoint } = round;
      const [filled, payout] = (await call('buy', tendered, budget, pricePerPoint)) as bigint[];
      const [paid, returned] = (await call(
        'share',
        amounts,
        tendered,
        filled,
        payout,
      )) as bigint[][];
      return {
        filled: filled ?? -1n,
        payout: payout ?? -1n,
        paid: [...(paid ?? [])],
        returned: [...(returned ?? [])],
      };
    }

    async function call(name: string, ...values: unknown[]): Promise<unknown> {
      const data = bench.encodeFunctionData(name, values);
      const answer = await provider.call({ to: address, data });
      return bench.decodeFunctionResult(name, answer).toArray();
    }
  });
};
