/** Joins the demo to the real chain and to the folder in which its key is kept. */
import { join } from 'node:path';
import type { Chain } from '../chain/connect.ts';
import { moveClockTo } from '../chain/local/localClock.ts';
import { mintLocalMoney } from '../chain/local/localMoney.ts';
import type { Foundation, Services } from '../composition/composeServices.ts';
import type { Config } from '../config/config.ts';
import type { Program } from '../domain/program.ts';
import { DEMO_AMOUNT_UNIT, DEMO_ORGANISATION } from './demoProgram.ts';
import { createDemo, type DemoAccess, type DemoChain } from './demo.ts';
import { keptKeyIn } from './keptKey.ts';

/** The demo as it runs. */
export interface RunningDemo {
  readonly program: Program;
  readonly access: DemoAccess;
  /** What amounts of its actions are counted in, for people, by language. */
  readonly amountUnit: typeof DEMO_AMOUNT_UNIT;
}

const NO_CODE = '0x';

function demoChain({ chain, deployment }: Foundation): DemoChain {
  const hasContract = async (connected: Chain, address: string): Promise<boolean> =>
    (await connected.rpc.call('eth_getCode', [address, 'latest'])) !== NO_CODE;
  return {
    clock: chain.clock,
    fund: () => deployment.fund([]),
    hasContract: (address) => hasContract(chain, address),
    createProgram: (settings) =>
      deployment.createProgram({ ...settings, organisationId: DEMO_ORGANISATION }),
    local: chain.local
      ? {
          moveClockTo: (ms) => moveClockTo(chain, ms),
          mintMoney: mintLocalMoney,
        }
      : null,
  };
}

/** Creates the demo program where it is missing, through the services of the API. */
export async function prepareDemo(
  config: Config,
  foundation: Foundation,
  services: Services,
): Promise<RunningDemo> {
  const prepared = await createDemo({
    ...services,
    chain: demoChain(foundation),
    chainId: foundation.chain.chainId,
    keptKey: keptKeyIn(join(config.stateDir, 'demo-key')),
    keptOperatorKey: keptKeyIn(join(config.stateDir, 'demo-operator-key')),
    wallNowMs: Date.now,
  }).prepare();
  return { ...prepared, amountUnit: DEMO_AMOUNT_UNIT };
}
