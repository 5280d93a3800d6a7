import type { Connection, mongo } from 'mongoose';
import { DataVersionError } from '../../domain/errors.ts';

/** Brings data of one version to the next. May be stopped and repeated at any moment. */
export type Migration = (connection: Connection) => Promise<void>;

/** By the version that each one starts from; versions before the first are refused. */
export type Migrations = ReadonlyMap<number, Migration>;

const FIRST_VERSION = 1;
/** The version that data has after the last migration. */
const newestOf = (migrations: Migrations): number =>
  Math.max(FIRST_VERSION, ...[...migrations.keys()].map((from) => from + 1));

interface VersionDocument {
  readonly _id: 'data';
  readonly version: number;
}

const AFRESH =
  'name a new database in MONGODB_URI to begin afresh, or, with npm start, set DEWPOINT_DIR to a new folder';

const refuse = (why: string): never => {
  throw new DataVersionError(`This database holds data of ${why}: ${AFRESH}.`);
};

/** Collections that every version had, and that are empty in a database that was never used. */
const USED_FROM_THE_FIRST_DAY = ['programs', 'actions'] as const;

async function isUsed(connection: Connection): Promise<boolean> {
  for (const name of USED_FROM_THE_FIRST_DAY) {
    if ((await connection.collection(name).findOne({})) !== null) return true;
  }
  return false;
}

async function readOrNote(
  connection: Connection,
  versions: mongo.Collection<VersionDocument>,
  newest: number,
): Promise<number> {
  const noted = await versions.findOne({ _id: 'data' });
  if (noted !== null) return noted.version;
  if (await isUsed(connection)) refuse('a version of Dewpoint that is too old to be brought along');
  // Two processes that start on a new database at the same time note the same.
  await versions.updateOne(
    { _id: 'data' },
    { $setOnInsert: { version: newest } },
    { upsert: true },
  );
  return newest;
}

/**
 * Brings the data to the version after the last migration before anything reads it, and notes the version of a new database.
 *
 * @throws DataVersionError for data that this code can't read
 */
export async function bringToVersion(
  connection: Connection,
  migrations: Migrations,
): Promise<void> {
  const newest = newestOf(migrations);
  const versions = connection.collection<VersionDocument>('dataVersion');
  let version = await readOrNote(connection, versions, newest);
  if (version > newest) refuse('a newer version of Dewpoint');
  while (version < newest) {
    const migrate =
      migrations.get(version) ??
      refuse('a version of Dewpoint that is too old to be brought along');
    await migrate(connection);
    // Noted once it is done: a process that dies before repeats the migration.
    await versions.updateOne({ _id: 'data', version }, { $set: { version: version + 1 } });
    version += 1;
  }
}
