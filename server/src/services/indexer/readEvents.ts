import type {
  BuybackEvent,
  CatalogueEvent,
  CharterEvent,
  PointsEvent,
  ProgramEvent,
  ReadEvent,
} from '../../domain/events.ts';
import { statementKey, withOutcomes } from '../../domain/statements/outcomes.ts';
import { UnreadableEvents, type ChainLog } from '../../ports/chain/chain.ts';
import type { ChainEventStore } from '../../ports/stores/indexer.ts';

/** A log of a program with its event completed by what came before it. */
export type ReadLog = Omit<ChainLog, 'event'> & { readonly event: ReadEvent };

/**
 * Completes events by those before them: which statement each mint and each skip is of, and which item a refunded order was
 * for. What came before is read from the stored events below the first of these blocks, so reading a range again gives the same.
 *
 * @throws UnreadableEvents for events that no contract of a program emits so
 */
export type CompleteEvents = (programId: string, logs: readonly ChainLog[]) => Promise<ReadLog[]>;

type WithItems = PointsEvent | CharterEvent | BuybackEvent | CatalogueEvent;

function withItem(event: ProgramEvent, items: ReadonlyMap<number, number>): WithItems {
  if (event.kind !== 'OrderRefunded') return event;
  const item = items.get(event.order);
  if (item === undefined) throw new Error(`order ${event.order} was refunded and never placed`);
  return { ...event, item };
}

export function createCompleteEvents(
  chainEvents: Pick<ChainEventStore, 'ruleSets' | 'statementEvents' | 'projectionEvents'>,
): CompleteEvents {
  const mintedBefore = async (
    programId: string,
    logs: readonly ChainLog[],
    block: number,
  ): Promise<Map<string, bigint>> => {
    const statements = logs.flatMap(({ event }) =>
      event.kind === 'BatchSettled'
        ? event.statements.map(({ member: account, epoch }) => ({ account, epoch }))
        : [],
    );
    const minted = new Map<string, bigint>();
    for (const { event } of await chainEvents.statementEvents(programId, statements, block)) {
      if (event.kind !== 'StatementSettled') continue;
      minted.set(statementKey(event.account, event.epoch), event.points);
    }
    return minted;
  };

  /** Items of orders that are refunded here, by the number of the order. */
  const itemsOf = async (
    programId: string,
    logs: readonly ChainLog[],
    block: number,
  ): Promise<Map<number, number>> => {
    const refunded = logs.flatMap(({ event }) =>
      event.kind === 'OrderRefunded' ? [{ kind: 'order' as const, id: String(event.order) }] : [],
    );
    if (refunded.length === 0) return new Map();
    const stored = await chainEvents.projectionEvents(programId, refunded, block);
    return new Map(
      [...logs, ...[...stored.values()].flat()].flatMap(({ event }) =>
        event.kind === 'Redeemed' ? [[event.order, event.item] as const] : [],
      ),
    );
  };

  return async (programId, logs) => {
    const [first] = logs;
    if (first === undefined) return [];
    const { points } = first;
    const before = first.at.blockNumber - 1;
    const settles = logs.some(({ event }) => event.kind === 'BatchSettled');
    const ruleSets = settles ? await chainEvents.ruleSets(programId, before) : [];
    const minted = settles
      ? await mintedBefore(programId, logs, before)
      : new Map<string, bigint>();
    const items = await itemsOf(programId, logs, before);
    try {
      return withOutcomes(
        logs.map((log) => ({ ...log, event: withItem(log.event, items) })),
        { ruleSets, minted },
      );
    } catch (error) {
      throw new UnreadableEvents(points, error);
    }
  };
}
