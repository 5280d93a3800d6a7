import { DEV_KEYS, LOCAL_CHAIN_ID, startChain, type Chain } from '@dewpoint/infra/chain/chain.ts';
import { ContractFactory, Interface, JsonRpcProvider, Wallet } from 'ethers';
import fc from 'fast-check';
import { expect } from 'vitest';
import { roundMathBenchAbi } from '../abi/roundMathBenchAbi.ts';
import benchArtifact from '../artifacts/RoundMathBench.json' with { type: 'json' };
import { minedReceipt } from '../minedReceipt.ts';
import type { Address } from '../statement.ts';
import { rounds, sharesOf, type DrawnRound, type Shares } from './randomRounds.ts';

/** Leaves time to report the smallest failure found by then. */
const SEARCH_MS = 90_000;

const bench = new Interface(roundMathBenchAbi);

/** The library behind settled rounds, callable, on a chain of its own. */
export class RoundMathBench {
  readonly #chain: Chain;
  readonly #provider: JsonRpcProvider;
  readonly #address: Address;

  private constructor(chain: Chain, provider: JsonRpcProvider, address: Address) {
    this.#chain = chain;
    this.#provider = provider;
    this.#address = address;
  }

  static async start(): Promise<RoundMathBench> {
    const chain = await startChain({});
    const provider = new JsonRpcProvider(chain.url, LOCAL_CHAIN_ID, {
      staticNetwork: true,
      cacheTimeout: -1,
      batchStallTime: 0,
    });
    const signer = new Wallet(DEV_KEYS.operator, provider);
    const factory = new ContractFactory(benchArtifact.abi, benchArtifact.bytecode, signer);
    const sent = await signer.sendTransaction(await factory.getDeployTransaction());
    const { contractAddress } = await minedReceipt(provider, sent.hash);
    return new RoundMathBench(chain, provider, contractAddress as Address);
  }

  async stop(): Promise<void> {
    this.#provider.destroy();
    await this.#chain.stop();
  }

  /** Compares what TypeScript and the contract say of so many rounds that chance drew. */
  async compare(count: number): Promise<void> {
    await fc.assert(
      fc.asyncProperty(rounds, async (round) => {
        expect(await this.#sharesOnChain(round)).toEqual(sharesOf(round));
      }),
      { numRuns: count, interruptAfterTimeLimit: SEARCH_MS },
    );
  }

  async #sharesOnChain({ amounts, tendered, budget, pricePerPoint }: DrawnRound): Promise<Shares> {
    const bought = await this.#call('buy', tendered, budget, pricePerPoint);
    const [filled, payout] = bought as bigint[];
    const shares = await this.#call('share', amounts, tendered, filled, payout);
    const [paid, returned] = shares as bigint[][];
    return {
      filled: filled ?? -1n,
      payout: payout ?? -1n,
      paid: [...(paid ?? [])],
      returned: [...(returned ?? [])],
    };
  }

  async #call(name: string, ...values: unknown[]): Promise<unknown> {
    const data = bench.encodeFunctionData(name, values);
    const answer = await this.#provider.call({ to: this.#address, data });
    return bench.decodeFunctionResult(name, answer).toArray();
  }
}
