import type { Connection, mongo } from 'mongoose';
import {
  nameOf,
  type ProjectionKind,
  type ProjectionName,
  type Projections,
} from '../../domain/projections/project.ts';
import { ChainError } from '../../ports/chain/chain.ts';
import type { PageBelowHolder } from '../../ports/stores/pages.ts';
import type { ProjectionChange, ProjectionLedger } from '../../ports/stores/indexer.ts';
import { fromStored, toStored, type Stored } from '../mongo/bigints.ts';
import { duplicatesOf } from '../mongo/duplicateKeys.ts';
import { updateEach } from '../mongo/updateEach.ts';

/** A projection as stored: its fields beside its id and the event that it ends with. */
export type ProjectionDocument<Kind extends ProjectionKind> = Stored<Projections[Kind]> & {
  /** `${programId}:${id}` */
  _id: string;
  version: string;
};

const COLLECTIONS: Readonly<Record<ProjectionKind, string>> = {
  change: 'changes',
  objection: 'objections',
  round: 'rounds',
  share: 'shares',
  item: 'items',
  order: 'orders',
  anchor: 'anchors',
};
const KINDS = Object.keys(COLLECTIONS) as ProjectionKind[];

export function projectionCollection<Kind extends ProjectionKind>(
  connection: Connection,
  kind: Kind,
): mongo.Collection<ProjectionDocument<Kind>> {
  return connection.collection<ProjectionDocument<Kind>>(COLLECTIONS[kind]);
}

export const projectionId = (programId: string, id: number | string): string =>
  `${programId}:${id}`;

/** Makes a function that reads the record of a document, whatever else a query put beside it. */
export function readerOf<Kind extends ProjectionKind>(
  _kind: Kind,
): (document: mongo.WithId<mongo.Document> | ProjectionDocument<Kind>) => Projections[Kind] {
  return (document) => {
    const { _id, version: _, ...record } = document as ProjectionDocument<ProjectionKind>;
    return fromStored(record as Stored<Projections[Kind]>);
  };
}

/** Makes the filter for rows after a row, in lists that go down by a number and up by the holder. */
export function rowsAfter(field: 'change' | 'round', after: PageBelowHolder['after']): object {
  if (after === null) return {};
  const { number, holder } = after;
  return { $or: [{ [field]: { $lt: number } }, { [field]: number, holder: { $gt: holder } }] };
}

type AnyDocument = { _id: string; version: string } & mongo.Document;
const IS_AS_BEFORE = { $eq: ['$version', '$__row.guard.version'] };

/** Opens the ledger of projections, which only the indexer writes. */
export function createProjectionLedger(connection: Connection): ProjectionLedger {
  const collectionOf = (kind: ProjectionKind): mongo.Collection<AnyDocument> =>
    connection.collection<AnyDocument>(COLLECTIONS[kind]);

  /** @returns how many of them are written: all, unless another worker came between. */
  const saveKind = async (
    programId: string,
    kind: ProjectionKind,
    changes: readonly ProjectionChange[],
  ): Promise<number> => {
    const projections = collectionOf(kind);
    const added: AnyDocument[] = [];
    const moved: { _id: string; set: object; guard: { version: string } }[] = [];
    const gone: { _id: string; version: string }[] = [];
    for (const { id, before, after } of changes) {
      const _id = projectionId(programId, id);
      const set = after === null ? null : { ...toStored(after.record), version: after.version };
      if (set === null) gone.push({ _id, version: before ?? '' });
      else if (before === null) added.push({ _id, ...set });
      else moved.push({ _id, set, guard: { version: before } });
    }
    let written = await updateEach(projections, moved, { onlyIf: IS_AS_BEFORE });
    if (added.length > 0) {
      written += added.length;
      try {
        await projections.insertMany(added, { ordered: false });
      } catch (error) {
        written -= duplicatesOf(error).length;
      }
    }
    if (gone.length > 0) {
      // An event is about one projection of a kind at most, so no other one can be at its version.
      const { deletedCount } = await projections.deleteMany({
        _id: { $in: gone.map(({ _id }) => _id) },
        version: { $in: gone.map(({ version }) => version) },
      });
      written += deletedCount;
    }
    return written;
  };

  return {
    versions: async (programId, names) => {
      const versions = new Map<string, string>();
      for (const kind of KINDS) {
        const ids = names.filter((name) => name.kind === kind).map(({ id }) => id);
        if (ids.length === 0) continue;
        const found = await collectionOf(kind)
          .find({ _id: { $in: ids.map((id) => projectionId(programId, id)) } })
          .project<{ _id: string; version: string }>({ version: 1 })
          .toArray();
        const byId = new Map(found.map(({ _id, version }) => [_id, version]));
        for (const id of ids) {
          const version = byId.get(projectionId(programId, id));
          const name: ProjectionName = { kind, id };
          if (version !== undefined) versions.set(nameOf(name), version);
        }
      }
      return versions;
    },
    save: async (programId, changes) => {
      // What ends with the same event is the same: nothing is written twice.
      const news = changes.filter(({ before, after }) => before !== (after?.version ?? null));
      let written = 0;
      for (const kind of KINDS) {
        const own = news.filter((change) => change.kind === kind);
        if (own.length > 0) written += await saveKind(programId, kind, own);
      }
      if (written === news.length) return;
      throw new ChainError({
        kind: 'RACE_LOST',
        message: 'Another worker moved these projections meanwhile; the range is read again.',
        retryable: true,
      });
    },
  };
}
