import { startReceiver } from '../../webhooks/receiver.ts';
import type { ParallelCalls, Payload } from '../parallelCall.ts';
import type { ParallelStage } from '../parallelStage.ts';
import type { KeyedProgram } from '../../service.ts';

const ENDPOINT = 'endpoint { id url kinds description state secretsEndAt createdAt }';
const DELIVERY = 'delivery { id eventId type }';
const NOWHERE = 'http://127.0.0.1:9/hooks';

interface WithEndpoint extends KeyedProgram {
  readonly by: ReturnType<ParallelStage['withKey']>;
  readonly id: string;
}

/** A program with an endpoint that is told of it alone. */
async function withEndpoint(stage: ParallelStage, url = NOWHERE): Promise<WithEndpoint> {
  const keyed = await stage.newProgram();
  const by = stage.withKey(keyed.key);
  // Nothing of what happens there is sent: only what is asked for.
  const input = { url, kinds: ['CHANGE_DIED'] };
  const made = await stage.act(by, 'webhookEndpointCreate', input, 'endpoint { id }');
  return { ...keyed, by, id: (made['endpoint'] as { id: string }).id };
}

const endpointsOf = (
  { count }: ParallelStage,
  { program }: KeyedProgram,
  more: Payload = {},
): Promise<number> => count('webhookEndpoints', { programId: program.id, ...more });

export const WEBHOOK_CALLS: ParallelCalls = {
  webhookEndpointCreate: async (stage) => {
    const keyed = await stage.newProgram();
    return {
      ...{ by: stage.withKey(keyed.key), input: { url: NOWHERE }, selection: `secret ${ENDPOINT}` },
      other: { url: `${NOWHERE}/others` },
      effect: () => endpointsOf(stage, keyed),
      after: 1,
    };
  },
  webhookEndpointUpdate: async (stage) => {
    const own = await withEndpoint(stage);
    return {
      ...{ by: own.by, input: { id: own.id, description: 'new' }, selection: ENDPOINT },
      other: { description: 'newer' },
      effect: () => endpointsOf(stage, own, { description: 'new' }),
      after: 1,
    };
  },
  webhookEndpointDelete: async (stage) => {
    const own = await withEndpoint(stage);
    const input = { url: `${NOWHERE}/others` };
    const made = await stage.act(own.by, 'webhookEndpointCreate', input, 'endpoint { id }');
    const { id: other } = made['endpoint'] as { id: string };
    return {
      ...{ by: own.by, input: { id: own.id }, selection: 'deletedId', other: { id: other } },
      effect: () => endpointsOf(stage, own),
      after: 1,
    };
  },
  webhookSecretRotate: async (stage) => {
    const own = await withEndpoint(stage);
    return {
      ...{ by: own.by, input: { id: own.id, oldGoodForHours: 1 } },
      ...{ selection: `secret ${ENDPOINT}`, other: { oldGoodForHours: 2 } },
      effect: () => endpointsOf(stage, own, { secrets: { $size: 2 } }),
      after: 1,
    };
  },
  webhookTest: async (stage) => {
    const own = await withEndpoint(stage);
    const another = await withEndpoint(stage);
    return {
      ...{ by: own.by, input: { id: own.id }, selection: DELIVERY, other: { id: another.id } },
      effect: () => stage.count('webhookDeliveries', { endpointId: own.id }),
      after: 1,
    };
  },
  webhookResend: async (stage) => {
    const receiver = await startReceiver();
    const own = await withEndpoint(stage, receiver.url);
    const tested = await stage.act(own.by, 'webhookTest', { id: own.id }, DELIVERY);
    const { id: deliveryId } = tested['delivery'] as { id: string };
    await receiver.got(1);
    return {
      ...{ by: own.by, input: { deliveryId }, selection: DELIVERY },
      other: { deliveryId: `whd_${'0'.repeat(32)}` },
      effect: () =>
        stage.count('webhookDeliveries', { _id: deliveryId, 'attempts.1': { $exists: true } }),
      after: 1,
    };
  },
  webhookResendSince: async (stage) => {
    const own = await withEndpoint(stage);
    const { program } = own;
    await stage.act(own.by, 'webhookEndpointUpdate', { id: own.id, kinds: null }, '');
    const { webhookEvents } = stage.service.foundation.store;
    const nowMs = Date.now();
    const { id: programId, organisationId, environment } = program;
    await webhookEvents.add(
      programId,
      ['1', '2'].map((name) => ({
        id: `evt_${programId}_${name}`,
        ...{ programId, organisationId, environment, kind: 'change.died', subject: 'program' },
        ...{ account: null, memberId: null, atMs: nowMs, place: null, data: {} },
      })),
      nowMs,
    );
    const since = new Date(nowMs - 1_000).toISOString();
    return {
      ...{ by: own.by, input: { endpointId: own.id, since }, selection: 'resent nextSince' },
      other: { since: new Date(nowMs).toISOString() },
      effect: () =>
        stage.count('webhookDeliveries', {
          endpointId: own.id,
          eventId: { $in: [`evt_${programId}_1`, `evt_${programId}_2`] },
        }),
      after: 2,
    };
  },
};
