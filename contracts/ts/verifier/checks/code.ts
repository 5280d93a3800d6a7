import { dataLength, keccak256, zeroPadValue } from 'ethers';
import buybackArtifact from '../../artifacts/Buyback.json' with { type: 'json' };
import catalogueArtifact from '../../artifacts/Catalogue.json' with { type: 'json' };
import charterArtifact from '../../artifacts/Charter.json' with { type: 'json' };
import forwarderArtifact from '../../artifacts/ERC2771Forwarder.json' with { type: 'json' };
import pointsArtifact from '../../artifacts/Points.json' with { type: 'json' };
import programsArtifact from '../../artifacts/Programs.json' with { type: 'json' };
import { programsInterface } from '../../contractInterfaces.ts';
import type { Address, Hex } from '../../statement.ts';
import { shown, type Place } from '../events/events.ts';
import { Check, type CheckResult } from '../report/check.ts';
import type { RawLog } from '../rpc/logs.ts';
import { codeAt, quantity, type Rpc } from '../rpc/rpc.ts';
import type { SettingsRead } from '../settings/settingsRead.ts';

/** A minimal proxy of ERC-1167: it calls one implementation, whose address is in its code, for ever. */
const CLONE = /^0x363d3d373d3d3d363d73([0-9a-f]{40})5af43d82803e903d91602b57fd5bf3$/;

const PROGRAM_CREATED = programsInterface.getEvent('ProgramCreated')?.topicHash ?? '';

/** What of a compiled contract decides whether deployed code is its code. */
interface CompiledCode {
  readonly deployedBytecode: string;
  /** Where the constructor puts values that are known only on deployment. */
  readonly immutableReferences: readonly { readonly start: number; readonly length: number }[];
}

type CodePart = [name: string, address: Address, compiled: CompiledCode];

/** What each of the four contracts is a clone of. */
const IMPLEMENTATIONS = {
  points: pointsArtifact,
  charter: charterArtifact,
  buyback: buybackArtifact,
  catalogue: catalogueArtifact,
} as const satisfies Record<string, CompiledCode>;

/**
 * Whether the contracts that answered are those whose source everybody can read: otherwise their answers and their logs
 * prove nothing. The factory counts too, since it alone keeps the settings within bounds.
 *
 * @param creation Where the program's first log is.
 */
export async function checkCode(
  rpc: Rpc,
  settings: SettingsRead,
  creation: Place,
): Promise<CheckResult> {
  const check = new Check(
    'code',
    'The four contracts are plain clones, made together by the factory, of those of this source',
  );
  const clones = {
    points: settings.program,
    charter: settings.charter,
    buyback: settings.buyback,
    catalogue: settings.catalogue,
  };
  const parts: CodePart[] = [['forwarder', settings.forwarder, forwarderArtifact]];
  for (const name of NAMES) {
    const implementation = await implementationOf(rpc, check, clones[name]);
    if (implementation === null) continue;
    parts.push([`implementation of ${name}`, implementation, IMPLEMENTATIONS[name]]);
  }
  const created = await creationOf(rpc, settings.program, creation);
  check.holds(created !== null, () => 'who created the program', 'a factory', 'nobody', creation);
  if (created !== null) {
    parts.push(['factory', created.factory, programsArtifact]);
    for (const name of NAMES) {
      const what = () => `the ${name} that the factory created`;
      check.equal(shown(created[name]), shown(clones[name]), what, creation);
    }
  }
  for (const [name, address, compiled] of parts) {
    const deployed = withoutImmutables(await codeAt(rpc, address), compiled);
    const expected = withoutImmutables(compiled.deployedBytecode, compiled);
    const what = () => `hash of the code of the ${name} at ${shown(address)}`;
    check.equal(keccak256(expected), keccak256(deployed), what, null);
  }
  return check.result();
}

const NAMES = ['points', 'charter', 'buyback', 'catalogue'] as const;

/** The address that a clone calls; null when it is no clone. */
async function implementationOf(rpc: Rpc, check: Check, clone: Address): Promise<Address | null> {
  const code = await codeAt(rpc, clone);
  const implementation = CLONE.exec(code)?.[1];
  check.holds(
    implementation !== undefined,
    () => `the code at ${shown(clone)}`,
    'an ERC-1167 clone',
    `${dataLength(code)} bytes of other code`,
    null,
  );
  return implementation === undefined ? null : `0x${implementation}`;
}

type Created = Record<(typeof NAMES)[number] | 'factory', Address>;

/** What a factory logged of the program, in the same transaction: others may log what they like. */
async function creationOf(rpc: Rpc, program: Address, creation: Place): Promise<Created | null> {
  const filter = {
    fromBlock: quantity(creation.block),
    toBlock: quantity(creation.block),
    topics: [PROGRAM_CREATED, zeroPadValue(program, 32)],
  };
  const logs = (await rpc.send('eth_getLogs', [filter])) as readonly RawLog[];
  const log = logs.find(({ transactionHash }) => transactionHash === creation.transactionHash);
  if (log === undefined) return null;
  const args = programsInterface.parseLog(log)?.args;
  const named = (name: string) => String(args?.getValue(name)).toLowerCase() as Address;
  return {
    factory: log.address as Address,
    points: named('points'),
    charter: named('charter'),
    buyback: named('buyback'),
    catalogue: named('catalogue'),
  };
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
