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

/** Reads an argument that is an address. */
export const addressOf = (args: EventArguments, name: string): Address =>
  toAddress((args[name] as string).toLowerCase());
export const bigintOf = (args: EventArguments, name: string): bigint => args[name] as bigint;
/** Reads a number that is counted one by one, or is below 2^53 by its type. */
export const numberOf = (args: EventArguments, name: string): number => Number(args[name]);
export const msOf = (args: EventArguments, name: string): number =>
  Number(args[name]) * MS_PER_SECOND;

/**
 * Decodes the text in bytes. An operator can publish text that is not UTF-8: its wrong bytes become U+FFFD, and the indexer
 * goes on.
 *
 * @param bytes 0x-prefixed hex.
 */
export const textIn = (bytes: string): string => new TextDecoder().decode(getBytes(bytes));

/**
 * Creates a decoder of a contract's events.
 *
 * @param decoders One for each kind of event, called with what ethers has decoded.
 */
export function createEventParser<Event extends { readonly kind: string }>(
  contract: Interface,
  decoders: Readonly<Record<Event['kind'], (args: EventArguments, raw: RawEvent) => Event>>,
): {
  /** First topics of the events that {@link decode} knows. */
  readonly topics: readonly string[];
  /** Decodes an event; null for one that the service does not use. */
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
