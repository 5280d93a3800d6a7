import type { ActionEntry, VoidEntry } from '../../domain/actions/action.ts';
import { checkCallSize } from '../../domain/actions/callSize.ts';
import {
  givenId,
  isUnread,
  unreadNull,
  type Sent,
  type UnreadAction,
} from '../../domain/actions/sentAction.ts';
import { ServiceError, type Refusal } from '../../domain/errors.ts';
import { checkId, checkText, MAX_REASON_CHARACTERS } from '../../domain/ids.ts';
import { nameForm } from '../../domain/names.ts';
import type { Program } from '../../domain/program.ts';
import { voidOf, voidTooLate } from '../../domain/actions/voidRules.ts';
import type { ChainClock } from '../../ports/chain/clock.ts';
import type { ActionLog } from '../../ports/stores/actions.ts';
import type { MemberStore } from '../../ports/stores/members.ts';
import type { Wake } from '../../ports/wake.ts';
import { createNamedActions } from './namedActions.ts';
import { newSalt } from './salts.ts';
import type { Aggregator } from '../statements/aggregator.ts';

/** Names one recorded action to void. */
export interface VoidInput {
  /** The app's own id of the member. */
  readonly memberId: string;
  readonly eventId: string;
  readonly reason?: string | null;
}

/** A void as it came over the wire, where a field may hold anything; null when the item itself is. */
export type SentVoid = VoidInput | Sent<keyof VoidInput> | null;

interface Named {
  readonly memberId: string;
  readonly eventId: string;
}
/** Outcome of voiding one action. */
export type VoidResult =
  | (Named & { readonly status: 'VOIDED' | 'DUPLICATE'; readonly epoch: number })
  | (Named & { readonly status: 'REJECTED'; readonly refusal: Refusal });

export interface VoidActions {
  /**
   * Voids actions that have not matured, each checked by itself. Safe to repeat: the first void of an action stays, with
   * its reason.
   *
   * @returns results in the order of the inputs
   * @throws ServiceError REQUIRED, LIMIT_EXCEEDED, or CHAIN_STALE while the chain's time is not certain
   */
  void(program: Program, inputs: readonly SentVoid[]): Promise<VoidResult[]>;
}

const MAX_VOIDS_PER_CALL = 500;
const STALE_RETRY_AFTER_MS = 10_000;
/** Refuses a name of no recorded action. */
const NOBODY = '';

function readVoid(sent: SentVoid): VoidInput | UnreadAction {
  if (sent === null) return unreadNull();
  const { memberId, eventId, reason } = sent;
  const refusal =
    checkId('memberId', memberId) ??
    checkId('eventId', eventId) ??
    checkText('reason', reason, MAX_REASON_CHARACTERS);
  if (refusal !== null) return { refusal, memberId, eventId };
  const { memberId: member, eventId: event, reason: why } = sent as VoidInput;
  return { memberId: nameForm(member), eventId: nameForm(event), reason: why ?? null };
}

const unknownAction = ({ memberId, eventId }: VoidInput): Refusal => ({
  code: 'UNKNOWN_ACTION',
  field: 'eventId',
  message: `eventId is "${eventId}"; member "${memberId}" has no recorded action with this eventId.`,
});

type Verdict = Refusal | { readonly entry: VoidEntry };
const isRefusal = (verdict: Verdict): verdict is Refusal => 'code' in verdict;

export function createVoidActions(deps: {
  actionLog: ActionLog;
  members: MemberStore;
  aggregator: Pick<Aggregator, 'refresh'>;
  clock: ChainClock;
  wake: Wake;
}): VoidActions {
  const namedActions = createNamedActions(deps);

  /** Entries of the log never change, so what is found here holds when the void is inserted. */
  const judge = async (
    program: Program,
    inputs: readonly (VoidInput | UnreadAction)[],
    nowMs: number,
  ): Promise<Verdict[]> => {
    const named = inputs.map((input) =>
      isUnread(input) ? { memberId: NOBODY, eventId: NOBODY } : input,
    );
    const actions = await namedActions.find(program, named);
    const voids = await deps.actionLog.findVoids(
      program.id,
      actions.map((action) => action ?? { memberId: NOBODY, eventId: NOBODY }),
    );
    return inputs.map((input, index): Verdict => {
      if (isUnread(input)) return input.refusal;
      const action: ActionEntry | null = actions[index] ?? null;
      if (action === null) return unknownAction(input);
      const standing = voids[index] ?? null;
      if (standing !== null) return { entry: standing };
      const tooLate = voidTooLate(action, nowMs);
      if (tooLate !== null) return tooLate;
      return { entry: voidOf(action, nowMs, { reason: input.reason ?? null, salt: newSalt() }) };
    });
  };

  return {
    void: async (program, inputs) => {
      checkCallSize('actions', inputs.length, MAX_VOIDS_PER_CALL);
      const { nowMs, fresh } = await deps.clock.now();
      if (!fresh) {
        throw new ServiceError({
          code: 'CHAIN_STALE',
          message:
            'The newest block of the chain is too old to decide what has matured; repeat the request when the chain has new blocks.',
          retryAfterMs: STALE_RETRY_AFTER_MS,
        });
      }
      const verdicts = await judge(program, inputs.map(readVoid), nowMs);
      const voids = verdicts.flatMap((verdict) => (isRefusal(verdict) ? [] : verdict));
      const entries = voids.map(({ entry }) => entry);
      const standing = await deps.actionLog.insert(entries);
      // Recording looks for late entries in open epochs alone, and a void may belong to any. A repeated call does it again.
      await deps.aggregator.refresh(program, entries);
      if (entries.length > 0) deps.wake.wake();
      const isNew = new Map(voids.map(({ entry }, index) => [entry, standing[index] === null]));
      return inputs.map((sent, index): VoidResult => {
        const [memberId, eventId] = [givenId(sent?.memberId), givenId(sent?.eventId)];
        const verdict = verdicts[index];
        if (verdict === undefined) throw new Error('A void has no verdict.');
        if (isRefusal(verdict)) return { memberId, eventId, status: 'REJECTED', refusal: verdict };
        const { entry } = verdict;
        const status = isNew.get(entry) === true ? 'VOIDED' : 'DUPLICATE';
        return { memberId, eventId, status, epoch: entry.epoch };
      });
    },
  };
}
