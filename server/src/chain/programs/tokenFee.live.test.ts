import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { compilerInput } from '@dewpoint/contracts/explorers/compilerInput.ts';
import { minedReceipt } from '@dewpoint/contracts/minedReceipt.ts';
import type { Address } from '@dewpoint/contracts/statement.ts';
import { DEV_KEYS, startChain, type Chain as Anvil } from '@dewpoint/infra/chain/chain.ts';
import { ROOT_DIR } from '@dewpoint/infra/paths.ts';
import type { Contract } from 'ethers';
import { ContractFactory, JsonRpcProvider, Wallet, type InterfaceAbi } from 'ethers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectChain, type Chain } from '../connect.ts';
import { tokenFee } from './tokenFee.ts';

const SOURCE = 'contracts/test/model/tokens/FeeMoney.sol';
const MAX_OUTPUT_BYTES = 100_000_000;
const SETTINGS = { version: '', evmVersion: 'cancun', viaIR: false, optimizerRuns: 200 };

let anvil: Anvil;
let chain: Chain;
let provider: JsonRpcProvider;
let money: Contract;
let token: Address;

const send = async (name: string, ...values: unknown[]): Promise<void> => {
  const { hash } = (await money.getFunction(name)(...values)) as { hash: string };
  expect((await minedReceipt(provider, hash)).status).toBe(1);
};

beforeAll(async () => {
  anvil = await startChain();
  chain = await connectChain({ rpcUrls: [anvil.url], chainId: null });
  provider = new JsonRpcProvider(anvil.url, undefined, { cacheTimeout: -1 });
  const { stdout } = spawnSync(process.execPath, ['contracts/script/solc.mjs'], {
    cwd: join(ROOT_DIR),
    input: JSON.stringify(compilerInput(SOURCE, SETTINGS)),
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT_BYTES,
  });
  const { contracts } = JSON.parse(stdout) as {
    contracts: Record<
      string,
      Record<string, { abi: InterfaceAbi; evm: { bytecode: { object: string } } }>
    >;
  };
  const compiled = contracts[SOURCE]?.['FeeMoney'];
  if (compiled === undefined) throw new Error(stdout.slice(0, 1_000));
  const deployer = new Wallet(DEV_KEYS.stranger, provider);
  const factory = new ContractFactory(compiled.abi, compiled.evm.bytecode.object, deployer);
  const deployed = await factory.deploy();
  money = deployed as Contract;
  token = (await deployed.getAddress()) as Address;
});
afterAll(async () => {
  provider.destroy();
  chain.close();
  await anvil.stop();
});

it('can not be told of a token that nobody holds', async () => {
  expect(await tokenFee(chain.rpc, token)).toBe('UNKNOWN');
});

it('is told by a transfer of a holder that never happens', async () => {
  const holder = new Wallet(DEV_KEYS.operator).address;
  await send('mint', holder, 10n ** 9n);
  expect(await tokenFee(chain.rpc, token)).toBe('NONE');
  await send('setFee', 1n);
  expect(await tokenFee(chain.rpc, token)).toBe('TAKES_A_PART');
  expect(await money.getFunction('balanceOf')(holder)).toBe(10n ** 9n);
});
