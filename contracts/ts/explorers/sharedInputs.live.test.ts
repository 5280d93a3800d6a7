import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { SHARED_ARTIFACTS } from '../deploy.ts';
import type { Address } from '../statement.ts';
import { sharedInputs } from './sharedInputs.ts';

const SOLC = fileURLToPath(new URL('../../script/solc.mjs', import.meta.url));
const MAX_OUTPUT_BYTES = 100_000_000;
const AT: Address = '0x00000000000000000000000000000000000000aa';
const ADDRESSES = {
  ...{ forwarder: AT, points: AT, charter: AT, buyback: AT, catalogue: AT, programs: AT },
};

interface Compiled {
  readonly contracts: Readonly<
    Record<string, Readonly<Record<string, { readonly evm: { bytecode: { object: string } } }>>>
  >;
}

it.each(sharedInputs(ADDRESSES).map((input) => [input.contract, input] as const))(
  'compiling what an explorer is given for %s gives the bytecode that is deployed',
  (contract, { name, input }) => {
    const { stdout } = spawnSync(process.execPath, [SOLC, '--standard-json'], {
      input: JSON.stringify(input),
      encoding: 'utf8',
      maxBuffer: MAX_OUTPUT_BYTES,
    });
    const [file = '', title = ''] = name.split(':');
    const compiled = (JSON.parse(stdout) as Compiled).contracts[file]?.[title];
    expect(`0x${compiled?.evm.bytecode.object}`).toBe(SHARED_ARTIFACTS[contract].bytecode);
  },
);

it('gives the arguments of a constructor as explorers take them', () => {
  const points = sharedInputs(ADDRESSES).find(({ contract }) => contract === 'points');
  expect(points?.constructorArguments).toBe(AT.slice(2).padStart(64, '0'));
});
