import { startChain, type Chain, type ChainOptions } from '@dewpoint/infra/chain/chain.ts';
import { inject } from 'vitest';
import { STARTS_AT, type DeployedChain } from './deployOnce.ts';

/** A chain of its own for a test, with everything that programs share on it already. */
export interface StartedChain extends Omit<DeployedChain, 'state'> {
  readonly chain: Chain;
}

/** Starts a chain from the state that the global set-up made, its clock at the start of 2026. */
export async function startDeployedChain(
  options: Omit<ChainOptions, 'genesisTimestamp' | 'initialState'> = {},
): Promise<StartedChain> {
  const { state, ...deployed } = inject('deployedChain');
  const chain = await startChain({
    ...options,
    genesisTimestamp: STARTS_AT,
    initialState: state,
  });
  return { chain, ...deployed };
}
