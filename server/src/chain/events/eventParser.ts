import type { Address } from '@dewpoint/contracts/statement.ts';
import { getBytes, type Interface, type Result } from 'ethers';
import { toAddress } from '../rpc/addresses.ts';

/** A log as a node gives it. */
export interface RawEvent {
  readonly topics: readonly string[];
  readonly data: string;
}

/** Arguments of an event by name. */
export type EventArguments = Readonly<Record<string, unknown>>;

const MS_PER_SECOND = 1_000;

/** Reads arguments as what the contract's ABI says they are. */
export const addressOf = (args: EventArguments, name: string): Address =>
  toAddress((args[name] as string).toLowerCase());
export const bigintOf = (args: EventArguments, name: string): bigint => args[name] as bigint;
/** For numbers of the contracts that are counted one by one, or below 2^53 by their type. */
export const numberOf = (args: EventArguments, name: string): number => Number(args[name]);
export const msOf = (args: EventArguments, name: string): number =>
  Number(args[name]) * MS_PER_SECOND;

/**
 * Text in bytes. Nothing on chain keeps an operator from texts that are no UTF-8: what is wrong in them is shown as
 * U+FFFD, and the reader goes on.
 *
 * @param bytes 0x-prefixed hex.
 */
export const textIn = (bytes: string): string => new TextDecoder().decode(getBytes(bytes));

/**
 * Makes a decoder of a contract's events.
 *
 * @param decoders One for each kind of event; they get what ethers has read of it.
 */
export function createEventParser<Event extends { readonly kind: string }>(
  contract: Interface,
  decoders: Readonly<Record<Event['kind'], (args: EventArguments, raw: RawEvent) => Event>>,
): {
  /** First topics of the events that {@link decode} knows. */
  readonly topics: readonly string[];
  /** Null for events that the service has no use for. */
  decode(raw: RawEvent): Event | null;
} {
  const byTopic = new Map(
    Object.entries<(args: EventArguments, raw: RawEvent) => Event>(decoders).map(
      ([name, decode]) => {
        const fragment = contract.getEvent(name);
        if (fragment === null) throw new Error(`the contract has no event ${name}`);
        return [fragment.topicHash, { fragment, decode }] as const;
      },
    ),
  );
  return {
    topics: [...byTopic.keys()],
    decode: (raw) => {
      const known = byTopic.get(raw.topics[0] ?? '');
      if (known === undefined) return null;
      const { fragment, decode } = known;
      const decoded: Result = contract.decodeEventLog(fragment, raw.data, raw.topics);
      const names = fragment.inputs.map(({ name }) => name);
      const args: EventArguments = Object.defineProperties(
        {},
        // Read only when asked for: a text that is not UTF-8 throws, and its decoder reads it in another way.
        Object.fromEntries(
          names.map((name, index) => [name, { get: () => decoded[index] as unknown }]),
        ),
      );
      return decode(args, raw);
    },
  };
}
