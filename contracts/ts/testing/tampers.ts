import type { Interface, Result } from 'ethers';
import {
  buybackInterface,
  catalogueInterface,
  charterInterface,
  pointsInterface,
  programsInterface,
} from '../contractInterfaces.ts';
import {
  packBatch,
  unpackBatch,
  type Address,
  type Hex,
  type PackedStatement,
} from '../statement.ts';
import type { Tamper } from './tamperingProxy.ts';

/** A log as JSON-RPC answers it. */
export interface Log {
  readonly topics: readonly string[];
  readonly data: string;
  readonly blockNumber: string;
  readonly logIndex: string;
}

type Change = (value: unknown) => unknown;

const INTERFACES: readonly Interface[] = [
  pointsInterface,
  charterInterface,
  buybackInterface,
  catalogueInterface,
  programsInterface,
];

/** The interface that has an event or a function of this name, the first of several. */
function interfaceOf(kind: 'getEvent' | 'getFunction', name: string): Interface {
  const found = INTERFACES.find((contract) => contract[kind](name) !== null);
  if (found === undefined) throw new Error(`no contract has ${name}`);
  return found;
}

/** Several lies at once. */
export function all(...tampers: readonly Tamper[]): Tamper {
  return (request, result) => tampers.reduce((answer, tamper) => tamper(request, answer), result);
}

/** Replaces one log of an event, the `nth` from 0, by what `change` makes of it: none, one or several. */
export function changingLog(name: string, nth: number, change: (log: Log) => Log[]): Tamper {
  const topic = interfaceOf('getEvent', name).getEvent(name)?.topicHash;
  // Across pages: a tamper is good for one reading of the logs.
  let seen = 0;
  return ({ method }, result) => {
    if (method !== 'eth_getLogs') return result;
    return (result as Log[]).flatMap((log) =>
      log.topics[0] === topic && seen++ === nth ? change(log) : [log],
    );
  };
}

/** Puts the first log of an event behind the one that follows it. */
export function delaying(name: string): Tamper {
  const topic = interfaceOf('getEvent', name).getEvent(name)?.topicHash;
  return ({ method }, result) => {
    if (method !== 'eth_getLogs') return result;
    const logs = [...(result as Log[])];
    const at = logs.findIndex(({ topics }) => topics[0] === topic);
    if (at >= 0) logs.splice(at + 1, 0, ...logs.splice(at, 1));
    return logs;
  };
}

/** Makes a log a transfer. */
export function asTransfer(from: string, to: string, amount: bigint): (log: Log) => Log[] {
  return (log) => [{ ...log, ...pointsInterface.encodeEventLog('Transfer', [from, to, amount]) }];
}

/** Drops one log. */
export function without(name: string, nth: number): Tamper {
  return changingLog(name, nth, () => []);
}

/** Changes values of one log by their names; a function gets the value that it replaces. */
export function withValues(name: string, nth: number, values: Record<string, unknown>): Tamper {
  const contract = interfaceOf('getEvent', name);
  return changingLog(name, nth, (log) => {
    const event = contract.parseLog({ topics: log.topics, data: log.data });
    if (event === null) throw new Error(`no ${name}`);
    const changed = event.fragment.inputs.map((input, i) => {
      const value = plain(event.args, i);
      const change = values[input.name];
      return typeof change === 'function' ? (change as Change)(value) : (change ?? value);
    });
    return [{ ...log, ...contract.encodeEventLog(event.fragment, changed) }];
  });
}

/** Changes what a read of a contract answers, for every argument or for those that `matches` picks. */
export function answering(
  name: string,
  change: (answer: unknown[]) => unknown[],
  matches: (args: unknown[], to: string) => boolean = () => true,
): Tamper {
  const contract = interfaceOf('getFunction', name);
  const selector = contract.getFunction(name)?.selector;
  return ({ method, params }, result) => {
    const { data, to = '' } = (params[0] ?? {}) as { data?: string; to?: string };
    if (method !== 'eth_call' || selector === undefined || data?.startsWith(selector) !== true) {
      return result;
    }
    const args = contract.decodeFunctionData(name, data).toArray();
    if (!matches(args, to.toLowerCase())) return result;
    const answer = contract.decodeFunctionResult(name, result as string).toArray(true);
    return contract.encodeFunctionResult(name, change(answer));
  };
}

/** Changes fields of the struct that a read answers, by position. */
export function answeringField(name: string, position: number, value: unknown): Tamper {
  return answering(name, ([struct]) => [(struct as unknown[]).with(position, value)]);
}

/** Moves a block to another time, in unix seconds. */
export function withTime(block: number, time: number): Tamper {
  return ({ method, params }, result) =>
    method === 'eth_getBlockByNumber' && Number(params[0]) === block
      ? { ...(result as object), timestamp: `0x${time.toString(16)}` }
      : result;
}

/** Changes the code at one address. */
export function withCode(address: string, change: (code: string) => string): Tamper {
  return ({ method, params }, result) =>
    method === 'eth_getCode' && String(params[0]).toLowerCase() === address.toLowerCase()
      ? change(result as string)
      : result;
}

/** Position of a field in a rule. */
export const RULE_FIELDS = { id: 0, perAction: 1, name: 6, text: 7 } as const;

/** Changes one field of the first rule of a version, where it was published. */
export function withRule(version: number, field: keyof typeof RULE_FIELDS, value: unknown): Tamper {
  return withValues('RuleSetPublished', version, {
    rules: ([first = [], ...others]: unknown[][]) => [
      first.with(RULE_FIELDS[field], value),
      ...others,
    ],
  });
}

/** Changes a number of a version consistently: where it was published and where the contract is read. */
export function withVersion(
  version: number,
  field: 'fromEpoch' | 'budgetPerEpoch',
  value: bigint,
): Tamper {
  const position = field === 'fromEpoch' ? 0 : 1;
  return all(
    withValues('RuleSetPublished', version, { [field]: value }),
    answering(
      'ruleSet',
      (answer) => answer.with(position, value),
      ([asked]) => asked === BigInt(version),
    ),
  );
}

/** Changes one statement of the `nth` batch. */
export function withStatement(
  nth: number,
  index: number,
  change: (statement: PackedStatement) => Partial<PackedStatement>,
): Tamper {
  return withValues('BatchSettled', nth, {
    batch: (batch: unknown) => {
      const statements = unpackBatch(batch as Hex);
      const statement = statements[index];
      if (statement === undefined) throw new Error(`batch ${nth} has no statement ${index}`);
      return packBatch(statements.with(index, { ...statement, ...change(statement) }));
    },
  });
}

/** Changes the packed lines of one statement. */
export function withLines(nth: number, index: number, change: (lines: string) => string): Tamper {
  return withStatement(nth, index, ({ lines }) => ({ lines: change(lines) as Hex }));
}

/** Makes a settled statement, its mint included, one for another account. */
export function forMember(nth: number, index: number, mint: number, member: Address): Tamper {
  return all(
    withStatement(nth, index, () => ({ member })),
    withValues('Transfer', mint, { to: member }),
  );
}

/** Adds one to the first value of an answer. */
export const plusOne = ([value, ...rest]: unknown[]): unknown[] => [
  BigInt(value as bigint) + 1n,
  ...rest,
];

/** ethers' results are read-only and nested; plain arrays can be encoded again. */
function plain(args: Result, i: number): unknown {
  const value: unknown = args[i];
  return typeof value === 'object' && value !== null ? (value as Result).toArray(true) : value;
}
