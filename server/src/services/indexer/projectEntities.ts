import {
  project,
  mentionsOf,
  nameOf,
  type ProjectionName,
} from '../../domain/projections/project.ts';
import type { Program } from '../../domain/program.ts';
import type {
  ChainEventStore,
  ProjectionChange,
  ProjectionLedger,
  StoredEvent,
} from '../../ports/stores/indexer.ts';

/** Keeps changes, rounds, items, orders, shares and objections equal to what their events say. */
export interface ProjectEntities {
  /**
   * Folds every projection that these events mention again, from the stored events.
   *
   * @param throughBlock Block up to which events count, to undo what is above it. Null for all that are stored.
   */
  refresh(
    program: Program,
    events: readonly StoredEvent[],
    throughBlock: number | null,
  ): Promise<void>;
}

/** Projections in one query and one write: a busy range has thousands. */
const PROJECTIONS_PER_STEP = 500;

const versionOf = ({ at, blockHash }: StoredEvent): string =>
  `${at.blockNumber}:${at.logIndex}:${blockHash}`;

function namesIn(events: readonly StoredEvent[]): ProjectionName[] {
  const names = new Map<string, ProjectionName>();
  for (const { event } of events) {
    for (const { kind, id } of mentionsOf(event)) names.set(nameOf({ kind, id }), { kind, id });
  }
  return [...names.values()];
}

function changeOf(
  program: Program,
  { kind, id }: ProjectionName,
  before: string | null,
  events: readonly StoredEvent[],
): ProjectionChange {
  const datedEvents = events.map(({ event, at, blockTimeMs }) => {
    const { blockNumber, transactionHash } = at;
    return { event, moment: { atMs: blockTimeMs ?? 0, blockNumber, transactionHash } };
  });
  const record = project(program, kind, datedEvents);
  const last = events.at(-1);
  const after = record === null || last === undefined ? null : { version: versionOf(last), record };
  return { kind, id, before, after };
}

export function createProjectEntities(deps: {
  chainEvents: Pick<ChainEventStore, 'projectionEvents'>;
  projections: ProjectionLedger;
}): ProjectEntities {
  return {
    refresh: async (program, events, throughBlock) => {
      const names = namesIn(events);
      for (let at = 0; at < names.length; at += PROJECTIONS_PER_STEP) {
        const part = names.slice(at, at + PROJECTIONS_PER_STEP);
        // Before the events: another worker that comes between changes a version, and then nothing overwrites its projections.
        const before = await deps.projections.versions(program.id, part);
        const stored = await deps.chainEvents.projectionEvents(program.id, part, throughBlock);
        const changes = part.map((name) => {
          const key = nameOf(name);
          return changeOf(program, name, before.get(key) ?? null, stored.get(key) ?? []);
        });
        await deps.projections.save(program.id, changes);
      }
    },
  };
}
