/**
 * The chain of the demo without anything else, for a container: `node --import tsx infra/src/start/chainAlone.ts`. Its state is kept in
 * DEWPOINT_DIR; DEWPOINT_CHAIN_HOST and DEWPOINT_CHAIN_PORT say where it listens.
 */
import { resolve } from 'node:path';
import { startChain } from '../chain/chain.ts';
import { readVariable } from '../environment.ts';
import { KEPT_DIR } from '../paths.ts';
import { LOCALHOST, choosePort } from '../processes/ports.ts';
import { demoStart } from './demoStart.ts';

const CHAIN_PORT = 8_545;

let stopping = false;
const host = readVariable('DEWPOINT_CHAIN_HOST') ?? LOCALHOST;
const chain = await startChain({
  dir: resolve(readVariable('DEWPOINT_DIR') ?? KEPT_DIR, 'chain'),
  host,
  port: await choosePort({
    what: 'the chain',
    variable: 'DEWPOINT_CHAIN_PORT',
    defaultPort: CHAIN_PORT,
    host,
  }),
  genesisTimestamp: demoStart(),
  followWallClock: true,
  onSilence: (line) => console.error(line),
  onDumpFailed: (error) => {
    console.error(`The chain can no longer be kept (${String(error)}); stopping.`);
    process.exitCode = 1;
    stop();
  },
  onExit: ({ code, signal }) => {
    if (stopping) return;
    console.error(`The chain has ended unexpectedly (${code ?? signal}).`);
    process.exitCode = 1;
  },
});
function stop(): void {
  stopping = true;
  // It says itself what it could not keep; the process has nothing else to do.
  void chain.stop().catch((error: unknown) => {
    console.error(String(error));
    process.exitCode = 1;
  });
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
console.log(`Chain: anvil, on ${host}:${chain.port}${chain.resumed ? ', going on' : ''}.`);
