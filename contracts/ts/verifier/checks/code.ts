import { dataLength, keccak256, zeroPadValue } from 'ethers';
import { codeHashes } from '../../codeHashes.ts';
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

/** What decides whether deployed code is that of a contract of this source. */
interface CodeHash {
  /** keccak256 of the code with zeros where the constructor puts values that are known only on deployment. */
  readonly hash: string;
  /** Where those are: first byte and length. */
  readonly immutables: readonly (readonly [start: number, length: number])[];
}

type CodePart = [name: string, address: Address, code: CodeHash];

/** What each of the four contracts is a clone of. */
const IMPLEMENTATIONS = {
  points: codeHashes.Points,
  charter: codeHashes.Charter,
  buyback: codeHashes.Buyback,
  catalogue: codeHashes.Catalogue,
} as const satisfies Record<string, CodeHash>;

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
  const check = new Check('code');
  const clones = {
    points: settings.program,
    charter: settings.charter,
    buyback: settings.buyback,
    catalogue: settings.catalogue,
  };
  const parts: CodePart[] = [
    ['forwarder', settings.forwarder, codeHashes.ERC2771Forwarder],
    ['terms check', settings.termsCheck, codeHashes.TermsCheck],
  ];
  for (const name of NAMES) {
    const implementation = await implementationOf(rpc, check, clones[name]);
    if (implementation === null) continue;
    parts.push([`implementation of ${name}`, implementation, IMPLEMENTATIONS[name]]);
  }
  const created = await creationOf(rpc, settings.program, creation);
  check.holds(created !== null, () => 'who created the program', 'a factory', 'nobody', creation);
  if (created !== null) {
    parts.push(['factory', created.factory, codeHashes.Programs]);
    for (const name of NAMES) {
      const what = () => `the ${name} that the factory created`;
      check.equal(shown(created[name]), shown(clones[name]), what, creation);
    }
  }
  for (const [name, address, { hash, immutables }] of parts) {
    const deployed = withoutImmutables(await codeAt(rpc, address), immutables);
    const what = () => `hash of the code of the ${name} at ${shown(address)}`;
    check.equal(hash, keccak256(deployed), what, null);
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

/** The code with zeros for its immutables. Code that is too short for them stays too short. */
export function withoutImmutables(code: Hex, immutables: CodeHash['immutables']): Hex {
  let masked = '';
  let at = 0;
  for (const [start, length] of immutables) {
    const digits = code.slice(2 + start * 2, 2 + (start + length) * 2);
    masked += code.slice(at, 2 + start * 2) + '0'.repeat(digits.length);
    at = 2 + (start + length) * 2;
  }
  return `${masked}${code.slice(at)}`.toLowerCase() as Hex;
}
