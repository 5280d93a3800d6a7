import { MAX_BODY_CHARACTERS } from '../../domain/webhooks/delivery.ts';
import type { WebhookDraft, WebhookEventRecord } from '../../ports/webhooks.ts';
import { sha256OfJson } from '../sha256.ts';

const ID_DIGITS = 32;

/** Makes the id of an event: of the same event always the same, so that telling it again adds nothing. */
export const eventIdOf = (name: readonly (string | number | null)[]): string =>
  `evt_${sha256OfJson(name).slice(0, ID_DIGITS)}`;

/** Makes the id of the delivery of an event to an endpoint. */
export const deliveryIdOf = (endpointId: string, eventId: string): string =>
  `whd_${sha256OfJson([endpointId, eventId]).slice(0, ID_DIGITS)}`;

/** Makes the body of an event, which says it in the words of Standard Webhooks. @param apiIdOf Gives a program's `id` of the API. */
export function bodyOf(event: WebhookEventRecord, apiIdOf: (programId: string) => string): string {
  const {
    id,
    kind,
    environment,
    programId,
    sequence,
    memberId,
    account,
    place,
  }: WebhookDraft & {
    readonly sequence: number;
  } = event;
  const body = JSON.stringify({
    id,
    type: kind,
    timestamp: new Date(event.atMs).toISOString(),
    data: {
      environment,
      programId: programId === null ? null : apiIdOf(programId),
      ...{ sequence, memberId, account },
      block: place?.blockNumber ?? null,
      transaction: place?.transactionHash ?? null,
      ...event.data,
    },
  });
  if (body.length > MAX_BODY_CHARACTERS) throw new Error(`the body of ${id} is too long`);
  return body;
}
