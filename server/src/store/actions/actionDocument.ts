import type { LogEntry } from '../../domain/actions/action.ts';
import type { StatementKey } from '../../ports/stores/statements.ts';

/**
 * Place of an entry among those of its action: the action itself, the first decision on it, and one after a hold. What is decided at the
 * same time wants the same place, and one of them gets it.
 */
type EntryPlace = 'action' | 'void' | 'after-hold';

/** Key of an entry: an eventId is used once a member and place, and many are found by one indexed field. */
export type EntryId = `${string}:${EntryPlace}:${string}`;

export type ActionDocument = LogEntry & {
  readonly _id: EntryId;
  /** `${epoch with leading zeros}:${memberId}`: an epoch, or any number of statements, is a range of one indexed field. */
  readonly epochMember: string;
  /** Time on the wall just before the insert. Unix milliseconds. */
  readonly loggedAtMs: number;
};

/** Digits of the epoch at the beginning of `epochMember`. */
export const EPOCH_DIGITS = 10;

type EntryName = Pick<LogEntry, 'memberId' | 'eventId'>;

const idAt = (place: EntryPlace, { memberId, eventId }: EntryName): EntryId =>
  `${memberId}:${place}:${eventId}`;

export const actionId = (name: EntryName): EntryId => idAt('action', name);

/** Ids of the decisions that there can be on an action: the first one, and one after a hold. */
export const decisionIds = (name: EntryName): readonly [first: EntryId, afterHold: EntryId] => [
  idAt('void', name),
  idAt('after-hold', name),
];

export function entryId(entry: LogEntry): EntryId {
  if (entry.kind === 'action') return actionId(entry);
  const [first, afterHold] = decisionIds(entry);
  return entry.afterHold === true ? afterHold : first;
}

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
  _id: entryId(entry),
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
