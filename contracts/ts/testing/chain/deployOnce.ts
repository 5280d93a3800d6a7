import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LOCAL_CHAIN_ID, startChain } from '@dewpoint/infra/chain/chain.ts';
import { listStates, type SavedState } from '@dewpoint/infra/chain/chainState.ts';
import { JsonRpcProvider, Wallet } from 'ethers';
import type { TestProject } from 'vitest/node';
import {
  deployLocalMoney,
  deployPrograms,
  type DeployedPrograms,
  type LocalMoneySettings,
} from '../../deploy.ts';
import type { Address } from '../../statement.ts';

/** 2026-01-01, 00:00 UTC: where the clock of every test's chain begins. */
export const STARTS_AT = 1_767_225_600;
/** The settlement token of tests; the server looks for a local money of this name too. */
const MONEY: LocalMoneySettings = { name: 'Local Dollar', symbol: 'LD', decimals: 6 };

/** Deploys everything that programs share: the first lane of the relayer of the server's tests, which look for it there. */
export const TEST_DEPLOYER = '0xba133e17c1f797e90c4af7d7c065036e12ec7b910e796bb4f940c174ebcc4f5a';
/** In wei, as hex: ten thousand ether. */
const DEPLOYER_MONEY = '0x21e19e0c9bab2400000';

/** What {@link TEST_DEPLOYER} has deployed on a chain that tests start from. */
export interface DeployedChain {
  readonly state: SavedState;
  readonly programs: DeployedPrograms;
  /** A settlement token that anybody may mint. */
  readonly money: Address;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the chains of all test files of a run begin. */
    deployedChain: DeployedChain;
  }
}

async function deployAll(url: string): Promise<Omit<DeployedChain, 'state'>> {
  const provider = new JsonRpcProvider(url, LOCAL_CHAIN_ID, {
    staticNetwork: true,
    cacheTimeout: -1,
    batchStallTime: 0,
  });
  try {
    const deployer = new Wallet(TEST_DEPLOYER, provider);
    await provider.send('anvil_setBalance', [deployer.address, DEPLOYER_MONEY]);
    const money = await deployLocalMoney(deployer, MONEY);
    return { programs: await deployPrograms(deployer), money };
  } finally {
    provider.destroy();
  }
}

/**
 * vitest's global set-up: deploys everything that programs share once, into a state of the chain that every test file can start from,
 * since deploying takes ten times as long as starting.
 */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const dir = await mkdtemp(join(tmpdir(), 'dewpoint-deployed-'));
  const chain = await startChain({ dir, genesisTimestamp: STARTS_AT });
  const deployed = await deployAll(chain.url);
  await chain.stop();
  const [state] = await listStates(dir);
  if (state === undefined) throw new Error('the chain kept no state');
  project.provide('deployedChain', { state, ...deployed });
  return () => rm(dir, { recursive: true, force: true });
};
