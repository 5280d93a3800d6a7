import type { KeyedProgram } from '../../service.ts';
import type { ParallelCalls, Payload } from '../parallelCall.ts';
import type { ParallelStage } from '../parallelStage.ts';

interface Result {
  readonly status: string;
  readonly [field: string]: unknown;
}
const resultsOf = (payload: Payload): readonly Result[] => payload['results'] as readonly Result[];

/** All of a result but which call of several came first. */
const unordered = (payload: Payload, first: string): unknown =>
  resultsOf(payload).map((result) => ({
    ...result,
    status: result.status === first ? 'DUPLICATE' : result.status,
  }));

const isFirst = (payload: Payload, first: string): boolean =>
  resultsOf(payload).every(({ status }) => status === first);

const BY_EVENT_ID =
  'An action is named by its eventId: a repeat is told that it is one, and by nothing else apart.';

async function actionAt(
  { service }: ParallelStage,
  more: Payload = {},
): Promise<Readonly<Record<string, unknown>>> {
  const { nowMs } = await service.foundation.chain.clock.now();
  const occurredAt = new Date(nowMs).toISOString();
  return { memberId: 'mei', eventId: 'order-1', rule: 'visit', occurredAt, ...more };
}

const entriesOf = (
  { count }: ParallelStage,
  { program }: KeyedProgram,
  kind: string,
): Promise<number> => count('actions', { programId: program.id, kind });

const RECORD = `mutation ($input: ActionsRecordInput!) { actionsRecord(input: $input) { results { status } } }`;
const RESULTS = 'results { memberId eventId status code field }';

/** One decision on an action that has not matured. */
const reviewCall =
  (kind: 'void' | 'hold' | 'release', status: string): ParallelCalls[string] =>
  async (stage) => {
    const keyed = await stage.newProgram();
    const { nowMs } = await stage.service.foundation.chain.clock.now();
    const maturesAt = new Date(nowMs + 2 * 86_400_000).toISOString();
    const by = stage.withKey(keyed.key);
    const actions = [await actionAt(stage, { maturesAt })];
    await by(0, RECORD, { input: { actions } });
    return {
      by,
      input: { actions: [{ memberId: 'mei', eventId: 'order-1', reason: 'returned' }] },
      selection: RESULTS,
      otherMeans: {
        because: 'Such a decision is made once on an action: a repeat is told that it was.',
        alike: (payload) => unordered(payload, status),
        isFirst: (payload) => isFirst(payload, status),
      },
      other: 'What is decided stays so with the first reason, whatever a repeat names.',
      effect: () => entriesOf(stage, keyed, kind),
      after: 1,
    };
  };

export const ACTION_CALLS: ParallelCalls = {
  actionsRecord: async (stage) => {
    const keyed = await stage.newProgram();
    const action = await actionAt(stage);
    return {
      by: stage.withKey(keyed.key),
      input: { actions: [action] },
      selection: 'results { memberId eventId status epoch code field warning }',
      otherMeans: {
        because: BY_EVENT_ID,
        alike: (payload) => unordered(payload, 'RECORDED'),
        isFirst: (payload) => isFirst(payload, 'RECORDED'),
      },
      other: { actions: [{ ...action, count: 2 }] },
      refusal: { results: [{ status: 'REJECTED', code: 'EVENT_ID_REUSED' }] },
      effect: () => entriesOf(stage, keyed, 'action'),
      after: 1,
    };
  },
  actionsVoid: reviewCall('void', 'VOIDED'),
  actionsHold: reviewCall('hold', 'HELD'),
  actionsRelease: reviewCall('release', 'RELEASED'),
  dropsCollect: async (stage) => {
    const { services, foundation } = stage.service;
    const keyed = await stage.newProgram();
    const by = stage.withKey(keyed.key);
    await by(0, RECORD, { input: { actions: [await actionAt(stage)] } });
    const { program } = keyed;
    const member = await services.members.find(program, 'mei');
    if (member === null) throw new Error('there is no member');
    return {
      by,
      input: { memberId: 'mei' },
      selection: 'drops { epoch }',
      otherMeans: {
        because:
          'It asks for what is earned to be settled, which is done once for all who ask; a drop is gone once it is settled.',
        alike: ({ userErrors }) => userErrors,
      },
      other: 'It has no input but the member.',
      effect: async () => {
        const { issued } = await foundation.store.totals.supply(program.id);
        const { settled } = await services.members.balance(program, member);
        return [issued, settled];
      },
      after: [200n, 200n],
    };
  },
};
