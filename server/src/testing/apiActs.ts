/** Acts through the API: what tests of mutations share. */
import { randomBytes } from 'node:crypto';
import { minedReceipt } from '@dewpoint/contracts/minedReceipt.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { JsonRpcProvider, Wallet } from 'ethers';
import { mintLocalMoney } from '../chain/local/localMoney.ts';
import type { NewProgram } from '../chain/programs/newProgram.ts';
import type { ContractCall } from '../ports/chain/submitter.ts';
import { DAY_MS, startApiWorld, until, type Answer, type ApiWorld } from './apiWorld.ts';
import { chainRule } from './badTerms.ts';
import { finalAnswer } from './finalAnswer.ts';
import { inputTypeOf } from './sampleInput.ts';

/** What every act answers with; what a test asks for besides is beside it. */
export interface ActAnswer extends Record<string, unknown> {
  readonly transaction: {
    readonly id: string;
    readonly hash: string;
    readonly status: string;
    readonly blockNumber: number;
  } | null;
  readonly userErrors: readonly {
    readonly field: string | null;
    readonly code: string;
    readonly message: string;
  }[];
}

/** An own wallet of somebody, with gas money. */
export interface OwnWallet {
  readonly address: Address;
  sign(typedDataJson: string): Promise<Hex>;
  /** Sends a call and waits until it is mined and read. */
  send(call: ContractCall): Promise<void>;
}

export interface ActsWorld extends ApiWorld {
  /**
   * Calls a mutation of my program, until its transaction is through.
   *
   * @param selection What to ask for beside `transaction` and `userErrors`.
   */
  act(name: string, input: object, selection?: string): Promise<ActAnswer>;
  /** Field and code of each userError of a call. */
  refused(name: string, input: object): Promise<(readonly [string | null, string])[]>;
  /** Gives a member settled points, 2 a visit. */
  earn(memberId: string, visits: number): Promise<void>;
  /** Gives the operator money. Base units. */
  mint(amount: bigint): Promise<void>;
  openWallet(): Promise<OwnWallet>;
  /** A key that no other act of the test has. */
  key(): string;
}

/** Half a local dollar a point, for 40 points a round; rounds of 3 days every 14 days from the third day on. */
const SETTINGS: Partial<NewProgram> = {
  buybackTerms: { pricePerPoint: 500_000n, budgetPerRound: 20_000_000n, minTender: 100n },
  roundPeriodMs: 14 * DAY_MS,
  roundWindowMs: 3 * DAY_MS,
  opening: [
    {
      notBefore: 0,
      budgetPerEpoch: 100_000n,
      rules: [chainRule(1, 'visit', { perAction: 200n }), chainRule(2, 'review')],
    },
  ],
};

const GAS_MONEY = '0x8ac7230489e80000';

/** The fields of an answer, or a failure with the errors that came instead. */
function fieldOf(answer: Answer, name: string): ActAnswer {
  const { data, errors } = answer;
  if (!data || errors !== undefined) throw new Error(JSON.stringify(errors));
  return data[name] as ActAnswer;
}

/** Starts the world; its clock stands at the start of its programs. */
export async function startActsWorld(settings: Partial<NewProgram> = {}): Promise<ActsWorld> {
  const world = await startApiWorld(['both'], { ...SETTINGS, ...settings });
  const { mine, foundation, services } = world;
  const { rpc } = foundation.chain;
  const provider = new JsonRpcProvider(world.config.rpcUrls[0], undefined, { cacheTimeout: -1 });

  /** What the reader has worked off by now is what the API shows. */
  const read = async (hash: string): Promise<void> => {
    const { blockNumber } = await minedReceipt(provider, hash);
    await until('the reader has read the block', async () => {
      const asOf = await foundation.store.totals.asOf(mine.program.chainId);
      return asOf.blockNumber >= blockNumber;
    });
  };

  const acts: ActsWorld = {
    ...world,
    act: async (name, input, selection = '') => {
      const query = `mutation ($input: ${inputTypeOf(name)}) { ${name}(input: $input) {
        ${selection} transaction { id hash status blockNumber } userErrors { field code message } } }`;
      return fieldOf(await finalAnswer(() => world.ask(mine.key, query, { input })), name);
    },
    refused: async (name, input) => {
      const { transaction, userErrors } = await acts.act(name, input);
      if (transaction !== null) throw new Error(`${name} was done: ${transaction.hash}`);
      return userErrors.map(({ field, code }) => [field, code] as const);
    },
    earn: async (memberId, visits) => {
      const { nowMs } = await foundation.chain.clock.now();
      const occurredAt = new Date(nowMs).toISOString();
      const action = { memberId, eventId: acts.key(), rule: 'visit', count: visits, occurredAt };
      const record = `mutation ($input: ActionsRecordInput!) { actionsRecord(input: $input) { results { status } } }`;
      await world.ask(mine.key, record, { input: { actions: [action] } });
      const collect = `mutation ($input: DropsCollectInput!) { dropsCollect(input: $input) { userErrors { code } } }`;
      await world.ask(mine.key, collect, { input: { memberId } });
      const member = await services.members.find(mine.program, memberId);
      await until(`${memberId} has its points`, async () => {
        // With its rules, which came after it was registered.
        const program = await services.programs.get(mine.program.id);
        if (member === null || program === null) return false;
        const { pending } = await services.members.balance(program, member);
        return pending === 0n;
      });
    },
    mint: async (amount) => {
      const { operator } = foundation.deployment;
      const wallet = await acts.openWallet();
      await wallet.send(mintLocalMoney(mine.program)(operator, amount));
    },
    openWallet: async () => {
      const wallet = new Wallet(`0x${randomBytes(32).toString('hex')}`, provider);
      await rpc.call('anvil_setBalance', [wallet.address, GAS_MONEY]);
      return {
        address: wallet.address as Address,
        sign: async (json) => {
          const { domain, types, message } = JSON.parse(json) as {
            domain: object;
            types: Record<string, { name: string; type: string }[]>;
            message: Record<string, unknown>;
          };
          const { EIP712Domain: _, ...own } = types;
          return (await wallet.signTypedData(domain, own, message)) as Hex;
        },
        send: async ({ to, data }) => {
          const sent = await wallet.sendTransaction({ to, data });
          await read(sent.hash);
        },
      };
    },
    key: () => randomBytes(8).toString('hex'),
    close: async () => {
      provider.destroy();
      await world.close();
    },
  };
  return acts;
}
