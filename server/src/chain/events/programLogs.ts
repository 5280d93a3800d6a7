import type { Address } from '@dewpoint/contracts/statement.ts';
import type { ProgramContracts } from '../../domain/program.ts';
import type { ProgramEvent } from '../../domain/events.ts';
import { buybackEvents } from './buybackEvents.ts';
import { catalogueEvents } from './catalogueEvents.ts';
import { charterEvents, readProposedTerms } from './charterEvents.ts';
import type { RawEvent } from './eventParser.ts';
import { KNOWN_TOPICS, decodeEvent } from './pointsEvents.ts';

/** First topics of all events that the indexer reads. */
export const PROGRAM_TOPICS: readonly string[] = [
  ...KNOWN_TOPICS,
  ...charterEvents.topics,
  ...buybackEvents.topics,
  ...catalogueEvents.topics,
];

/** Contracts of programs by address. */
export type ContractsByAddress = ReadonlyMap<
  Address,
  { readonly role: keyof ProgramContracts; readonly program: ProgramContracts }
>;

export function contractsByAddress(programs: readonly ProgramContracts[]): ContractsByAddress {
  const roles = ['points', 'charter', 'buyback', 'catalogue'] as const;
  return new Map(
    programs.flatMap((program) => roles.map((role) => [program[role], { role, program }] as const)),
  );
}

/** Decodes an event of a contract of a program, by the kind of contract; null for one that the service does not use. */
export function decodeProgramEvent(
  role: keyof ProgramContracts,
  program: ProgramContracts,
  raw: RawEvent,
): ProgramEvent | null {
  if (role === 'points') return decodeEvent(raw);
  if (role === 'buyback') return buybackEvents.decode(raw);
  if (role === 'catalogue') return catalogueEvents.decode(raw);
  const event = charterEvents.decode(raw);
  if (event?.kind !== 'ChangeAnnounced') return event;
  return { ...event, proposed: readProposedTerms(event.target, program, event.terms) };
}
