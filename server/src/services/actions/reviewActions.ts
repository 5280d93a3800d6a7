import type { ActionEntry, DecisionEntry } from '../../domain/actions/action.ts';
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
import {
  decide,
  NO_DECISIONS,
  type Decision,
  type Verdict,
} from '../../domain/actions/reviewRules.ts';
import type { ChainClock } from '../../ports/chain/clock.ts';
import type { ActionLog } from '../../ports/stores/actions.ts';
import type { MemberStore } from '../../ports/stores/members.ts';
import type { Wake } from '../../ports/wake.ts';
import { createNamedActions } from './namedActions.ts';
import { newSalt } from './salts.ts';
import type { Aggregator } from '../statements/aggregator.ts';

/** Names one recorded action to decide on. */
export interface DecisionInput {
  /** The app's own id of the member. */
  readonly memberId: string;
  readonly eventId: string;
  readonly reason?: string | null;
}

/** A decision as it came over the wire, where a field may hold anything; null when the item itself is. */
export type SentDecision = DecisionInput | Sent<keyof DecisionInput> | null;

interface Named {
  readonly memberId: string;
  readonly eventId: string;
}
/** Verdict of deciding on one action: `DUPLICATE` when the same was decided before, or when there is nothing to change. */
export type DecisionResult =
  | (Named & { readonly status: 'DECIDED' | 'DUPLICATE'; readonly epoch: number })
  | (Named & { readonly status: 'REJECTED'; readonly refusal: Refusal });

/** What is decided, and the person who does; null for the app by itself. */
export type Reviewer = Pick<Decision, 'kind' | 'actor'>;

export interface ReviewActions {
  /**
   * Voids, holds or releases actions that have not matured, each checked by itself. Safe to repeat: the first decision of a kind stays,
   * with its reason.
   *
   * @returns results in the order of the inputs
   * @throws ServiceError REQUIRED, LIMIT_EXCEEDED, or CHAIN_STALE while the chain's time is not certain
   */
  decide(
    program: Program,
    by: Reviewer,
    inputs: readonly SentDecision[],
  ): Promise<DecisionResult[]>;
}

const MAX_DECISIONS_PER_CALL = 500;
const STALE_RETRY_AFTER_MS = 10_000;
/** Refuses a name of no recorded action. */
const NOBODY = '';

function readDecision(sent: SentDecision): DecisionInput | UnreadAction {
  if (sent === null) return unreadNull();
  const { memberId, eventId, reason } = sent;
  const refusal =
    checkId('memberId', memberId) ??
    checkId('eventId', eventId) ??
    checkText('reason', reason, MAX_REASON_CHARACTERS);
  if (refusal !== null) return { refusal, memberId, eventId };
  const { memberId: member, eventId: event, reason: why } = sent as DecisionInput;
  return { memberId: nameForm(member), eventId: nameForm(event), reason: why ?? null };
}

const unknownAction = ({ memberId, eventId }: DecisionInput): Refusal => ({
  code: 'UNKNOWN_ACTION',
  field: 'eventId',
  message: `eventId is "${eventId}"; member "${memberId}" has no recorded action with this eventId.`,
});

/** An item of a call with the action that it names; null for one that is unknown. */
interface Wanted {
  readonly input: DecisionInput | UnreadAction;
  readonly action: ActionEntry | null;
}

/** A decision takes the place that another one wanted at most twice: there are two places for them on an action. */
const MAX_ROUNDS = 3;

export function createReviewActions(deps: {
  actionLog: ActionLog;
  members: MemberStore;
  aggregator: Pick<Aggregator, 'refresh'>;
  clock: ChainClock;
  wake: Wake;
}): ReviewActions {
  const { actionLog } = deps;
  const namedActions = createNamedActions(deps);

  const findActions = (
    program: Program,
    inputs: readonly (DecisionInput | UnreadAction)[],
  ): Promise<readonly (ActionEntry | null)[]> =>
    namedActions.find(
      program,
      inputs.map((input) => (isUnread(input) ? { memberId: NOBODY, eventId: NOBODY } : input)),
    );

  /** Judges each input by what the log has of its action now. */
  const judge = async (
    program: Program,
    by: Omit<Decision, 'reason' | 'salt'>,
    found: readonly Wanted[],
  ): Promise<Verdict[]> => {
    const decisions = await actionLog.findDecisions(
      program.id,
      found.map(({ action }) => action ?? { memberId: NOBODY, eventId: NOBODY }),
    );
    return found.map(({ input, action }, index): Verdict => {
      if (isUnread(input)) return { refusal: input.refusal };
      if (action === null) return { refusal: unknownAction(input) };
      const decision = { ...by, reason: input.reason ?? null, salt: newSalt() };
      return decide(program, action, decisions[index] ?? NO_DECISIONS, decision);
    });
  };

  /**
   * Judges and adds to the log. A place in the log that another decision took meanwhile is judged again: entries of the log never
   * change, so that what is found then holds.
   */
  const decideAll = async (
    program: Program,
    by: Omit<Decision, 'reason' | 'salt'>,
    found: readonly Wanted[],
  ): Promise<Verdict[]> => {
    const outcomes = new Map<Wanted, Verdict>();
    let open = found;
    for (let round = 0; open.length > 0; round += 1) {
      if (round === MAX_ROUNDS) throw new Error('An action has more decisions than places.');
      const judged = await judge(program, by, open);
      const wanted = judged.flatMap((one) => ('add' in one ? one.add : []));
      const standing = (await actionLog.insert(wanted)).values();
      const again: Wanted[] = [];
      for (const [index, item] of open.entries()) {
        const verdict = judged[index];
        if (verdict === undefined) throw new Error('A decision has no verdict.');
        const isTaken = 'add' in verdict && standing.next().value !== null;
        if (isTaken) again.push(item);
        else outcomes.set(item, verdict);
      }
      open = again;
    }
    return found.map((item) => outcomes.get(item) as Verdict); // the last round left none open
  };

  return {
    decide: async (program, by, inputs) => {
      checkCallSize('actions', inputs.length, MAX_DECISIONS_PER_CALL);
      const { nowMs, fresh } = await deps.clock.now();
      if (!fresh) {
        throw new ServiceError({
          code: 'CHAIN_STALE',
          message:
            'The newest block of the chain is too old to decide what has matured; repeat the request when the chain has new blocks.',
          retryAfterMs: STALE_RETRY_AFTER_MS,
        });
      }
      const read = inputs.map(readDecision);
      const actions = await findActions(program, read);
      const found = read.map((input, index): Wanted => ({ input, action: actions[index] ?? null }));
      const outcomes = await decideAll(program, { ...by, nowMs }, found);
      const decided = outcomes.flatMap((outcome): DecisionEntry[] => {
        if ('add' in outcome) return [outcome.add];
        return 'stands' in outcome && outcome.stands !== null ? [outcome.stands] : [];
      });
      // Recording looks for late entries in open epochs alone, and a decision may belong to any. A repeated call does it again.
      await deps.aggregator.refresh(program, decided);
      if (decided.length > 0) deps.wake.wake();
      return inputs.map((sent, index): DecisionResult => {
        const [memberId, eventId] = [givenId(sent?.memberId), givenId(sent?.eventId)];
        const outcome = outcomes[index] as Verdict; // one for each input
        if ('refusal' in outcome)
          return { memberId, eventId, status: 'REJECTED', refusal: outcome.refusal };
        const epoch = found[index]?.action?.epoch ?? 0;
        return { memberId, eventId, status: 'add' in outcome ? 'DECIDED' : 'DUPLICATE', epoch };
      });
    },
  };
}
