import { connectChain, type Chain } from '../chain/connect.ts';
import { ConfigError } from '../config/config.ts';
import { readRpcUrls } from '../config/runningService.ts';
import { ServiceError } from '../domain/errors.ts';
import { RefusedError, UsageError, type Surroundings } from '../lib/commandLine.ts';

const isHttp = (url: string): boolean =>
  URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol);

/** Errors of what is not there: no demo runs, no node answers. */
export const LOCAL_PROBLEMS = [ConfigError, ServiceError];

/**
 * Connects to a local chain, whose clock and money are made up, and runs something on it.
 *
 * @param rpc URL of its node; left out for RPC_URL or the demo that runs on this machine.
 * @throws RefusedError for any other chain: nothing is done there
 */
export async function onLocalChain(
  rpc: string | undefined,
  { env }: Pick<Surroundings, 'env'>,
  run: (chain: Chain) => Promise<void>,
): Promise<void> {
  if (rpc !== undefined && !isHttp(rpc)) {
    throw new UsageError(`--rpc ${rpc} is not an http or https URL.`);
  }
  const rpcUrls = rpc === undefined ? await readRpcUrls(env) : [rpc];
  const chain = await connectChain({ rpcUrls, chainId: null });
  try {
    if (!chain.local) {
      throw new RefusedError(
        `Chain ${chain.chainId} at ${rpcUrls.join(', ')} is no local chain; its time and its money are real, and nothing was done.`,
      );
    }
    await run(chain);
  } finally {
    chain.close();
  }
}
