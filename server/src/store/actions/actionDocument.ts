import type { LogEntry } from '../../domain/actions/action.ts';
import type { StatementKey } from '../../ports/stores/statements.ts';

/** Key of an entry: an eventId is used once a member and kind, and many are found by one indexed field. */
export type EntryId = `${string}:${LogEntry['kind']}:${string}`;

export type ActionDocument = LogEntry & {
  readonly _id: EntryId;
  /** `${epoch with leading zeros}:${memberId}`: an epoch, or any number of statements, is a range of one indexed field. */
  readonly epochMember: string;
  /** Time on the wall just before the insert. Unix milliseconds. */
  readonly loggedAtMs: number;
};

/** Digits of the epoch at the beginning of `epochMember`. */
export const EPOCH_DIGITS = 10;

export const entryId = (
  kind: LogEntry['kind'],
  { memberId, eventId }: Pick<LogEntry, 'memberId' | 'eventId'>,
): EntryId => `${memberId}:${kind}:${eventId}`;

const padded = (epoch: number): string => String(epoch).padStart(EPOCH_DIGITS, '0');

export const epochMemberOf = ({ memberId, epoch }: StatementKey): string =>
  `${padded(epoch)}:${memberId}`;

/** The keys of all statements of these epochs, both included. `;` follows `:`. */
export const epochRange = (fromEpoch: number, toEpoch: number): { $gte: string; $lt: string } => ({
  $gte: `${padded(fromEpoch)}:`,
  $lt: `${padded(toEpoch)};`,
});

export const statementKeyOf = (epochMember: string): StatementKey => ({
  epoch: Number(epochMember.slice(0, EPOCH_DIGITS)),
  memberId: epochMember.slice(EPOCH_DIGITS + 1),
});

export const toActionDocument = (entry: LogEntry, loggedAtMs: number): ActionDocument => ({
  _id: entryId(entry.kind, entry),
  epochMember: epochMemberOf(entry),
  loggedAtMs,
  ...entry,
});

export const toEntry = ({
  _id,
  epochMember: _,
  loggedAtMs: __,
  ...entry
}: ActionDocument): LogEntry => entry;
