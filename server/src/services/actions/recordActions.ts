import { setTimeout as delay } from 'node:timers/promises';
import {
  checkAction,
  type ActionInput,
  type ActionWarning,
  type Checked,
  type CheckedAction,
} from '../../domain/actions/actionRules.ts';
import { checkCallSize } from '../../domain/actions/callSize.ts';
import { givenId, type UnreadAction } from '../../domain/actions/sentAction.ts';
import { ServiceError, type Refusal } from '../../domain/errors.ts';
import type { Program } from '../../domain/program.ts';
import { createGroupCommit } from '../../lib/groupCommit.ts';
import type { ChainClock, ChainTime } from '../../ports/chain/clock.ts';
import type { ProgramStore } from '../../ports/stores/programs.ts';
import type { Wake } from '../../ports/wake.ts';
import { refuseIfStopped, type RecordingStops } from '../billing/recordingStops.ts';
import { createNamedActions } from './namedActions.ts';
import { createRecordGroup, type RecordGroupDeps } from './recordGroup.ts';
import type { NotedRejections } from './rejections.ts';
import { judgeRepeats, type RecordOutcome } from './repeats.ts';

interface Named {
  readonly eventId: string;
  /** The app's own id. */
  readonly memberId: string;
}
export interface Recorded extends Named {
  /** VOIDED: the same action is in the log, was voided since, and does not count. */
  readonly status: 'RECORDED' | 'DUPLICATE' | 'VOIDED';
  readonly epoch: number;
  /** Left out when all is well. */
  readonly warning?: ActionWarning;
}
export interface Rejected extends Named {
  readonly status: 'REJECTED';
  readonly refusal: Refusal;
}
/** Outcome of recording one action. */
export type RecordResult = Recorded | Rejected;

export interface RecordActions {
  /**
   * Records actions, each checked by itself. Resolves when the log is on disk.
   *
   * @returns results in the order of the inputs
   * @throws ServiceError REQUIRED, LIMIT_EXCEEDED, RECORDING_STOPPED (nothing was recorded) or OVERLOADED (repeat after retryAfterMs)
   */
  record(
    program: Program,
    inputs: readonly (ActionInput | UnreadAction)[],
  ): Promise<RecordResult[]>;
  /** Accepts no more actions and waits until the accepted ones are recorded. */
  close(): Promise<void>;
}

export interface RecordActionsDeps extends RecordGroupDeps {
  readonly clock: ChainClock;
  readonly wake: Wake;
  readonly recordingStops: RecordingStops;
  readonly programs: Pick<ProgramStore, 'find'>;
  readonly notedRejections: Pick<NotedRejections, 'note' | 'close'>;
  /** {@link MAX_QUEUED_ACTIONS} when left out. */
  readonly maxQueuedActions?: number;
}

/** Keeps a call's answer within a second and its body below a few hundred kB. */
export const MAX_ACTIONS_PER_CALL = 500;
/** Long enough to catch concurrent calls, too short to be noticed by one. */
const MAX_GROUP_WAIT_MS = 5;
/** Two full calls: larger bulks are no faster. */
const MAX_GROUP_ACTIONS = 1_000;
/** About a second of work for the slowest database; later requests are told to come again. */
const MAX_QUEUED_ACTIONS = 20_000;
/** One group is prepared while the database is busy with the other. */
const MAX_CONCURRENT_GROUPS = 2;
const RETRY_AFTER_MS = 1_000;
/** Ten seconds: nearly always the worker reads a new program within two. */
const RULES_READS = 40;
const RULES_READ_EVERY_MS = 250;

const overloaded = (): ServiceError =>
  new ServiceError({
    code: 'OVERLOADED',
    message: `More actions are waiting than can be recorded soon; repeat the same request after ${RETRY_AFTER_MS} ms.`,
    retryAfterMs: RETRY_AFTER_MS,
  });

/** Every program has rules on chain, so one without was registered a moment ago: nothing is wrong with its actions. */
const notReadYet = (): ServiceError =>
  new ServiceError({
    code: 'CHAIN_UNAVAILABLE',
    message:
      'The rules of this program have not been read from the chain yet; repeat the same request soon.',
    retryAfterMs: RETRY_AFTER_MS,
  });

export function createRecordActions(deps: RecordActionsDeps): RecordActions {
  const namedActions = createNamedActions(deps);
  const groups = createGroupCommit({
    commit: createRecordGroup(deps),
    maxWaitMs: MAX_GROUP_WAIT_MS,
    maxItemsPerGroup: MAX_GROUP_ACTIONS,
    maxQueuedItems: deps.maxQueuedActions ?? MAX_QUEUED_ACTIONS,
    maxConcurrentGroups: MAX_CONCURRENT_GROUPS,
  });

  /** Too late or too early, unless it is a repeat of what was recorded in time. Nothing is written. */
  const judgeUntimely = async (
    program: Program,
    actions: readonly (CheckedAction & { untimely: Refusal })[],
  ): Promise<RecordOutcome[]> => {
    if (actions.length === 0) return [];
    const standing = await namedActions.findReported(
      program,
      actions.map(({ externalId: memberId, eventId, epoch }) => ({ memberId, eventId, epoch })),
    );
    const repeats = actions.flatMap((action, index) => {
      const entry = standing[index] ?? null;
      return entry === null ? [] : [{ action, standing: entry }];
    });
    const judged = await judgeRepeats(deps.actionLog, program.id, repeats);
    const outcomes = new Map(repeats.map(({ action }, index) => [action, judged[index]]));
    return actions.map(
      (action) => outcomes.get(action) ?? { status: 'REJECTED', refusal: action.untimely },
    );
  };

  /** Who has just created a program reports its first action at once: its rules are awaited. */
  const withRules = async (given: Program): Promise<Program> => {
    let program = given;
    for (let left = RULES_READS; program.ruleSets.length === 0; left -= 1) {
      if (left === 0) throw notReadYet();
      await delay(RULES_READ_EVERY_MS);
      program = (await deps.programs.find(given.id)) ?? given;
    }
    return program;
  };

  /** Judges by a time that was read a moment ago, and again by the present one before anything is refused by it. */
  const check = async (
    program: Program,
    inputs: readonly (ActionInput | UnreadAction)[],
  ): Promise<{ readonly nowMs: number; readonly checked: readonly Checked[] }> => {
    const judge = ({ nowMs }: ChainTime): { nowMs: number; checked: Checked[] } => ({
      nowMs,
      checked: inputs.map((input) => checkAction(program, input, nowMs)),
    });
    const judged = judge(await deps.clock.recent());
    const isTimely = judged.checked.every(({ action }) => (action?.untimely ?? null) === null);
    return isTimely ? judged : judge(await deps.clock.now());
  };

  const isUntimely = (action: CheckedAction): action is CheckedAction & { untimely: Refusal } =>
    action.untimely !== null;

  return {
    record: async (given, inputs) => {
      checkCallSize('actions', inputs.length, MAX_ACTIONS_PER_CALL);
      await refuseIfStopped(deps.recordingStops, given);
      const program = await withRules(given);
      const { nowMs, checked } = await check(program, inputs);
      const actions = checked.flatMap(({ action }) => action ?? []);
      const timely = actions.filter((action) => !isUntimely(action));
      const untimely = actions.filter(isUntimely);
      const [written, judged] = await Promise.all([
        groups.submit(
          program.id,
          timely.map((action) => ({ program, action, nowMs })),
        ),
        judgeUntimely(program, untimely),
      ]);
      if (written === null) throw overloaded();
      const outcomes = new Map<CheckedAction, RecordOutcome | undefined>([
        ...timely.map((action, index) => [action, written[index]] as const),
        ...untimely.map((action, index) => [action, judged[index]] as const),
      ]);
      if (written.some(({ status }) => status === 'RECORDED')) deps.wake.wake();
      const results = checked.map(({ action, refusal }, index): RecordResult => {
        const memberId = givenId(inputs[index]?.memberId);
        const eventId = givenId(inputs[index]?.eventId);
        if (refusal !== undefined) return { status: 'REJECTED', memberId, eventId, refusal };
        const outcome = outcomes.get(action);
        if (outcome === undefined) throw new Error('An action has no outcome.');
        if (outcome.status === 'REJECTED' || outcome.status === 'VOIDED' || !action.warning) {
          return { ...outcome, memberId, eventId };
        }
        return { ...outcome, memberId, eventId, warning: action.warning };
      });
      deps.notedRejections.note(
        program.id,
        results.filter((result) => result.status === 'REJECTED'),
      );
      return results;
    },
    close: async () => {
      await groups.close();
      await deps.notedRejections.close();
    },
  };
}
