import { Interface, type Result } from 'ethers';
import { pointsAbi } from '../abi/pointsAbi.ts';
import type { Doctor } from './doctoringProxy.ts';

/** A log as JSON-RPC answers it. */
export interface Log {
  readonly topics: readonly string[];
  readonly data: string;
  readonly blockNumber: string;
  readonly logIndex: string;
}

type Change = (value: unknown) => unknown;

const points = new Interface(pointsAbi);

/** Several lies at once. */
export function all(...doctors: readonly Doctor[]): Doctor {
  return (request, result) => doctors.reduce((answer, doctor) => doctor(request, answer), result);
}

/** Replaces one log of an event, the `nth` from 0, by what `change` makes of it: none, one or several. */
export function changingLog(name: string, nth: number, change: (log: Log) => Log[]): Doctor {
  const topic = points.getEvent(name)?.topicHash;
  return ({ method }, result) => {
    if (method !== 'eth_getLogs') return result;
    let seen = 0;
    return (result as Log[]).flatMap((log) =>
      log.topics[0] === topic && seen++ === nth ? change(log) : [log],
    );
  };
}

/** Puts the first log of an event behind the one that follows it. */
export function delaying(name: string): Doctor {
  const topic = points.getEvent(name)?.topicHash;
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
  return (log) => [{ ...log, ...points.encodeEventLog('Transfer', [from, to, amount]) }];
}

/** Drops one log. */
export function without(name: string, nth: number): Doctor {
  return changingLog(name, nth, () => []);
}

/** Changes values of one log by their names; a function gets the value that it replaces. */
export function withValues(name: string, nth: number, values: Record<string, unknown>): Doctor {
  return changingLog(name, nth, (log) => {
    const event = points.parseLog({ topics: log.topics, data: log.data });
    if (event === null) throw new Error(`no ${name}`);
    const changed = event.fragment.inputs.map((input, i) => {
      const value = plain(event.args, i);
      const change = values[input.name];
      return typeof change === 'function' ? (change as Change)(value) : (change ?? value);
    });
    return [{ ...log, ...points.encodeEventLog(event.fragment, changed) }];
  });
}

/** Changes what a read of the contract answers, for every argument or for those that `matches` picks. */
export function answering(
  name: string,
  change: (answer: unknown[]) => unknown[],
  matches: (args: unknown[]) => boolean = () => true,
): Doctor {
  const selector = points.getFunction(name)?.selector;
  return ({ method, params }, result) => {
    const { data } = (params[0] ?? {}) as { data?: string };
    if (method !== 'eth_call' || selector === undefined || data?.startsWith(selector) !== true) {
      return result;
    }
    const args = points.decodeFunctionData(name, data).toArray();
    if (!matches(args)) return result;
    const answer = points.decodeFunctionResult(name, result as string).toArray(true);
    return points.encodeFunctionResult(name, change(answer));
  };
}

/** Changes the code at one address. */
export function withCode(address: string, change: (code: string) => string): Doctor {
  return ({ method, params }, result) =>
    method === 'eth_getCode' && String(params[0]).toLowerCase() === address.toLowerCase()
      ? change(result as string)
      : result;
}

/** Position of a field in a rule. */
export const RULE_FIELDS = { id: 0, perAction: 1, text: 7 } as const;

/** Changes one field of the first rule of a version, where it was published. */
export function withRule(version: number, field: keyof typeof RULE_FIELDS, value: unknown): Doctor {
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
): Doctor {
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

/** Changes the packed lines of one statement. */
export function withLines(name: string, nth: number, change: (lines: string) => string): Doctor {
  return withValues(name, nth, { lines: change });
}

/** Makes a settled statement, its mint included, one for another account. */
export function forMember(nth: number, mint: number, member: string): Doctor {
  return all(withValues('Settled', nth, { member }), withValues('Transfer', mint, { to: member }));
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
