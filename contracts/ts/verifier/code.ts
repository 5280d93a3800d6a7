import { dataLength, keccak256 } from 'ethers';
import forwarderArtifact from '../artifacts/ERC2771Forwarder.json' with { type: 'json' };
import pointsArtifact from '../artifacts/Points.json' with { type: 'json' };
import type { Address, Hex } from '../statement.ts';
import { Check, type CheckResult } from './check.ts';
import { shown } from './events.ts';
import type { ProgramSettings } from './programState.ts';
import { codeAt, type Rpc } from './rpc.ts';

/** A minimal proxy of ERC-1167: it calls one implementation, whose address is in its code, for ever. */
const CLONE = /^0x363d3d373d3d3d363d73([0-9a-f]{40})5af43d82803e903d91602b57fd5bf3$/;

/** What of a compiled contract decides whether deployed code is its code. */
interface CompiledCode {
  readonly deployedBytecode: string;
  /** Where the constructor puts values that are known only on deployment. */
  readonly immutableReferences: readonly { readonly start: number; readonly length: number }[];
}

/**
 * Whether the contract that answered is the one whose source everybody can read: otherwise its answers and its logs
 * prove nothing.
 */
export async function checkCode(
  rpc: Rpc,
  { program, forwarder }: Pick<ProgramSettings, 'program' | 'forwarder'>,
): Promise<CheckResult> {
  const check = new Check(
    'code',
    'The program is a plain clone of the Points that this version was built from',
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
  const parts: [string, Address, CompiledCode][] = [
    ['implementation', `0x${implementation}`, pointsArtifact],
    ['forwarder', forwarder, forwarderArtifact],
  ];
  for (const [name, address, compiled] of parts) {
    const deployed = withoutImmutables(await codeAt(rpc, address), compiled);
    const expected = withoutImmutables(compiled.deployedBytecode, compiled);
    const what = () => `hash of the code of the ${name} at ${shown(address)}`;
    check.equal(keccak256(expected), keccak256(deployed), what, null);
  }
  return check.result();
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
