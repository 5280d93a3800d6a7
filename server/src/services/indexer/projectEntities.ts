import { foldFact, mentionsOf, nameOf, type FactName } from '../../domain/projections/project.ts';
import type { Program } from '../../domain/program.ts';
import type {
  ChainEventStore,
  FactChange,
  FactLedger,
  StoredEvent,
} from '../../ports/stores/indexer.ts';

/** Keeps changes, rounds, items, orders and what accounts have in them equal to what their events tell. */
export interface FactKeeping {
  /**
   * Folds every fact anew that these events mention, from what is stored.
   *
   * @param throughBlock Only events up to it count: to take back what is above. Null for all that are stored.
   */
  refresh(
    program: Program,
    events: readonly StoredEvent[],
    throughBlock: number | null,
  ): Promise<void>;
}

/** Facts in one query and one write: a busy range has thousands. */
const FACTS_PER_STEP = 500;

const versionOf = ({ at, blockHash }: StoredEvent): string =>
  `${at.blockNumber}:${at.logIndex}:${blockHash}`;

function namesIn(events: readonly StoredEvent[]): FactName[] {
  const names = new Map<string, FactName>();
  for (const { event } of events) {
    for (const { kind, id } of mentionsOf(event)) names.set(nameOf({ kind, id }), { kind, id });
  }
  return [...names.values()];
}

function changeOf(
  program: Program,
  { kind, id }: FactName,
  before: string | null,
  events: readonly StoredEvent[],
): FactChange {
  const happenings = events.map(({ event, at, blockTimeMs }) => {
    const { blockNumber, transactionHash } = at;
    return { event, moment: { atMs: blockTimeMs ?? 0, blockNumber, transactionHash } };
  });
  const record = foldFact(program, kind, happenings);
  const last = events.at(-1);
  const after = record === null || last === undefined ? null : { version: versionOf(last), record };
  return { kind, id, before, after };
}

export function createFactKeeping(deps: {
  chainEvents: Pick<ChainEventStore, 'factEvents'>;
  facts: FactLedger;
}): FactKeeping {
  return {
    refresh: async (program, events, throughBlock) => {
      const names = namesIn(events);
      for (let at = 0; at < names.length; at += FACTS_PER_STEP) {
        const part = names.slice(at, at + FACTS_PER_STEP);
        // Before the events: whoever comes between changes a version, and then nothing is written over theirs.
        const before = await deps.facts.versions(program.id, part);
        const stored = await deps.chainEvents.factEvents(program.id, part, throughBlock);
        const changes = part.map((name) => {
          const key = nameOf(name);
          return changeOf(program, name, before.get(key) ?? null, stored.get(key) ?? []);
        });
        await deps.facts.save(program.id, changes);
      }
    },
  };
}
