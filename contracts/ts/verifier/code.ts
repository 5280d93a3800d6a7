import { dataLength, id, keccak256, zeroPadValue } from 'ethers';
import forwarderArtifact from '../artifacts/ERC2771Forwarder.json' with { type: 'json' };
import pointsArtifact from '../artifacts/Points.json' with { type: 'json' };
import programsArtifact from '../artifacts/Programs.json' with { type: 'json' };
import type { Address, Hex } from '../statement.ts';
import { Check, type CheckResult, type Place } from './check.ts';
import { shown } from './events.ts';
import type { RawLog } from './logs.ts';
import type { ProgramSettings } from './programState.ts';
import { codeAt, quantity, type Rpc } from './rpc.ts';

/** A minimal proxy of ERC-1167: it calls one implementation, whose address is in its code, for ever. */
const CLONE = /^0x363d3d373d3d3d363d73([0-9a-f]{40})5af43d82803e903d91602b57fd5bf3$/;

const PROGRAM_CREATED = id('ProgramCreated(address,address,address,string)');

/** What of a compiled contract decides whether deployed code is its code. */
interface CompiledCode {
  readonly deployedBytecode: string;
  /** Where the constructor puts values that are known only on deployment. */
  readonly immutableReferences: readonly { readonly start: number; readonly length: number }[];
}

type CodePart = [name: string, address: Address, compiled: CompiledCode];

/**
 * Whether the contract that answered is the one whose source everybody can read: otherwise its answers and its logs
 * prove nothing. The factory counts too, since it alone keeps the settings within bounds.
 *
 * @param creation Where the program's first log is.
 */
export async function checkCode(
  rpc: Rpc,
  { program, forwarder }: Pick<ProgramSettings, 'program' | 'forwarder'>,
  creation: Place,
): Promise<CheckResult> {
  const check = new Check(
    'code',
    'The program is a plain clone, made by the factory, of the Points of this source',
  );
  const code = await codeAt(rpc, program);
  const implementation = CLONE.exec(code)?.[1];
  check.holds(
    implementation !== undefined,
    () => `the code at ${shown(program)}`,
    'an ERC-1167 clone',
    `${dataLength(code)} bytes of other code`,
    null,
  );
  if (implementation === undefined) return check.result();
  const factory = await factoryOf(rpc, program, creation);
  check.holds(factory !== null, () => 'who created the program', 'a factory', 'nobody', null);
  const parts: CodePart[] = [
    ['implementation', `0x${implementation}`, pointsArtifact],
    ['forwarder', forwarder, forwarderArtifact],
    ...(factory === null ? [] : [['factory', factory, programsArtifact] satisfies CodePart]),
  ];
  for (const [name, address, compiled] of parts) {
    const deployed = withoutImmutables(await codeAt(rpc, address), compiled);
    const expected = withoutImmutables(compiled.deployedBytecode, compiled);
    const what = () => `hash of the code of the ${name} at ${shown(address)}`;
    check.equal(keccak256(expected), keccak256(deployed), what, null);
  }
  return check.result();
}

/** Who logged that it created the program, in the same transaction: others may log what they like. */
async function factoryOf(rpc: Rpc, program: Address, creation: Place): Promise<Address | null> {
  const filter = {
    fromBlock: quantity(creation.block),
    toBlock: quantity(creation.block),
    topics: [PROGRAM_CREATED, zeroPadValue(program, 32)],
  };
  const logs = (await rpc.send('eth_getLogs', [filter])) as readonly RawLog[];
  const log = logs.find(({ transactionHash }) => transactionHash === creation.transactionHash);
  return (log?.address as Address | undefined) ?? null;
}

function withoutImmutables(code: string, { immutableReferences }: CompiledCode): Hex {
  const bytes = [...immutableReferences].sort((a, b) => a.start - b.start);
  let masked = '';
  let at = 0;
  for (const { start, length } of bytes) {
    masked += code.slice(at, 2 + start * 2) + '00'.repeat(length);
    at = 2 + (start + length) * 2;
  }
  return `${masked}${code.slice(at)}`.toLowerCase() as Hex;
}
