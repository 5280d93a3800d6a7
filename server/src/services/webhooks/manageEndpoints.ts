import { refuseIfAny, UserError, type Refusal } from '../../domain/errors.ts';
import { checkText } from '../../domain/ids.ts';
import type { Program } from '../../domain/program.ts';
import {
  checkEndpointUrl,
  MAX_DESCRIPTION_CHARACTERS,
  MAX_ENDPOINTS,
  MAX_OLD_SECRET_HOURS,
  withNewSecret,
} from '../../domain/webhooks/endpoint.ts';
import type { ToldKind } from '../../domain/webhooks/eventKinds.ts';
import type {
  EndpointChange,
  WebhookDeliveryStore,
  WebhookEndpointRecord,
  WebhookEndpointStore,
  WebhookHome,
} from '../../ports/webhooks.ts';
import type { LeaseStore } from '../../ports/stores/worker.ts';
import { sha256OfJson } from '../sha256.ts';
import type { NamedWrite, Once } from '../transactions/once.ts';
import { inTurn } from '../worker/inTurn.ts';
import type { HookSecrets } from './hookSecrets.ts';

/** What a new endpoint is to be. */
export interface EndpointRequest {
  readonly url: string;
  /** Null for every kind. */
  readonly kinds: readonly ToldKind[] | null;
  readonly description: string;
  /** The only program that it is told of; null for all that the caller may know of. */
  readonly programId: string | null;
  readonly idempotencyKey: string;
}

/** What is to be changed; what is left out stays. */
export interface EndpointUpdate {
  readonly id: string;
  readonly url?: string;
  readonly kinds?: readonly ToldKind[] | null;
  readonly description?: string;
  readonly isEnabled?: boolean;
  readonly idempotencyKey: string;
}

/** An endpoint with its newest secret. */
export interface MadeEndpoint {
  /** `whsec_...`: it is in the answers to this idempotency key for a day, and in no other. */
  readonly secret: string;
  readonly endpoint: WebhookEndpointRecord;
}

/** Makes, changes and ends the endpoints of an organisation in an environment. All of it is safe to repeat. */
export interface EndpointManager {
  /** @throws UserError REQUIRED, TOO_LONG, MALFORMED, URL_NOT_ALLOWED, NOT_FOUND, TOO_MANY_ENDPOINTS, IDEMPOTENCY_KEY_REUSED */
  create(home: WebhookHome, request: EndpointRequest): Promise<MadeEndpoint>;
  /** @throws UserError NOT_FOUND, REQUIRED, TOO_LONG, MALFORMED, URL_NOT_ALLOWED, IDEMPOTENCY_KEY_REUSED */
  update(home: WebhookHome, update: EndpointUpdate): Promise<WebhookEndpointRecord>;
  /** Deletes an endpoint with the log of its deliveries. @throws UserError NOT_FOUND, IDEMPOTENCY_KEY_REUSED */
  remove(
    home: WebhookHome,
    request: { readonly id: string; readonly idempotencyKey: string },
  ): Promise<void>;
  /**
   * Gives an endpoint another secret. The old one signs as well until it ends; one that is older still ends at once.
   *
   * @throws UserError NOT_FOUND, OUT_OF_RANGE, IDEMPOTENCY_KEY_REUSED
   */
  rotate(
    home: WebhookHome,
    request: {
      readonly id: string;
      readonly oldGoodForHours: number;
      readonly idempotencyKey: string;
    },
  ): Promise<MadeEndpoint>;
  /** Finds an endpoint; null when the caller has none of this id. */
  find(home: WebhookHome, id: string): Promise<WebhookEndpointRecord | null>;
  /** Lists endpoints, oldest first. */
  list(home: WebhookHome): Promise<WebhookEndpointRecord[]>;
}

const HOUR_MS = 3_600_000;
const ID_DIGITS = 24;

/** Says nothing of what it is made from. */
const idOf = (prefix: string, effectId: string): string =>
  `${prefix}_${sha256OfJson(['webhook', effectId]).slice(0, ID_DIGITS)}`;

/** Refuses the id of an endpoint that the caller does not have. */
export const noSuchEndpoint = (field = 'id'): UserError =>
  new UserError({
    code: 'NOT_FOUND',
    field,
    message: `${field} is of no webhook endpoint of yours; "webhookEndpoints" lists them.`,
  });

/** Names a write for the same home. */
export const namedWrite = (
  { organisationId, environment, programId }: WebhookHome,
  kind: string,
  { idempotencyKey, ...input }: { readonly idempotencyKey: string },
): NamedWrite => ({
  owner: [organisationId, environment, programId ?? ''],
  ...{ kind, idempotencyKey, input },
});

const checkDescription = (description: string | undefined): Refusal | null =>
  description === undefined || description === ''
    ? null
    : checkText('description', description, MAX_DESCRIPTION_CHARACTERS);

const checkKinds = (kinds: readonly ToldKind[] | null | undefined): Refusal | null =>
  kinds?.length === 0
    ? {
        ...{ code: 'REQUIRED', field: 'kinds' },
        message: 'kinds is empty; name one or more, or leave it out for every kind.',
      }
    : null;

const checkHours = (hours: number): Refusal | null =>
  hours >= 0 && hours <= MAX_OLD_SECRET_HOURS
    ? null
    : {
        ...{ code: 'OUT_OF_RANGE', field: 'oldGoodForHours' },
        message: `oldGoodForHours is ${hours}; it must be from 0 to ${MAX_OLD_SECRET_HOURS}.`,
      };

/** @param deps.isLocal Whether the service is on a developer's machine, which may send to itself. */
export function createEndpointManager(deps: {
  webhookEndpoints: WebhookEndpointStore;
  webhookDeliveries: Pick<WebhookDeliveryStore, 'removeOf'>;
  programs: { get(programId: string): Promise<Program | null> };
  leases: LeaseStore;
  once: Once;
  hookSecrets: HookSecrets;
  isLocal: boolean;
  wallNowMs: () => number;
}): EndpointManager {
  const { webhookEndpoints: endpoints, once, hookSecrets, wallNowMs } = deps;

  const found = async (home: WebhookHome, id: string): Promise<WebhookEndpointRecord> => {
    const endpoint = await endpoints.find(home, id);
    if (endpoint === null) throw noSuchEndpoint();
    return endpoint;
  };

  /** The program of a new endpoint. A caller that may know of one alone can name no other. */
  async function programOf(home: WebhookHome, named: string | null): Promise<string | null> {
    if (named === null) return home.programId;
    const program = await deps.programs.get(named);
    const isTheirs =
      program?.organisationId === home.organisationId &&
      program.environment === home.environment &&
      (home.programId ?? named) === named;
    if (isTheirs) return named;
    throw new UserError({
      ...{ code: 'NOT_FOUND', field: 'programId' },
      message:
        'There is no such program for these credentials; leave programId out for all of them.',
    });
  }

  async function store(
    home: WebhookHome,
    effectId: string,
    fields: Pick<WebhookEndpointRecord, 'url' | 'kinds' | 'description' | 'programId'>,
  ): Promise<string> {
    const id = idOf('whe', effectId);
    const { organisationId, environment } = home;
    const all = { organisationId, environment, programId: null };
    await inTurn(deps, `webhookEndpoints:${organisationId}:${environment}`, async () => {
      if ((await endpoints.find(all, id)) !== null) return;
      if ((await endpoints.count(all)) >= MAX_ENDPOINTS) {
        throw new UserError({
          ...{ code: 'TOO_MANY_ENDPOINTS', field: null },
          message: `There are ${MAX_ENDPOINTS} endpoints in this environment, which is the most; delete one that is not used any more.`,
        });
      }
      const createdAtMs = wallNowMs();
      await endpoints.insert({
        ...{ id, organisationId, environment, ...fields, state: 'ENABLED', createdAtMs },
        secrets: [{ id: idOf('whs', effectId), createdAtMs, endsAtMs: null }],
        ...{ lastTakenAtMs: null, failures: 0, pausedUntilMs: 0, arrivals: 0 },
      });
    });
    return id;
  }

  /** Replaces the secrets, again when another call was faster. */
  async function replaceSecrets(
    home: WebhookHome,
    id: string,
    secretId: string,
    hours: number,
  ): Promise<void> {
    for (;;) {
      const { secrets } = await found(home, id);
      if (secrets.some((secret) => secret.id === secretId)) return;
      const nowMs = wallNowMs();
      const added = { id: secretId, createdAtMs: nowMs };
      const next = withNewSecret(secrets, added, nowMs + hours * HOUR_MS);
      if (await endpoints.saveSecrets(id, secrets[0]?.id ?? '', next)) return;
    }
  }

  return {
    create: async (home, request) => {
      const { url, kinds, description } = request;
      const write = namedWrite(home, 'webhookEndpointCreate', request);
      const made = await once.run(write, async (effectId) => {
        refuseIfAny([
          checkEndpointUrl(url, deps.isLocal),
          checkKinds(kinds),
          checkDescription(description),
        ]);
        const programId = await programOf(home, request.programId);
        const fields = { url, description, programId, kinds: kinds && [...new Set(kinds)] };
        const id = await store(home, effectId, fields);
        return { id, secretId: idOf('whs', effectId) };
      });
      const endpoint = await found(home, made.id);
      return { secret: hookSecrets(endpoint, made.secretId), endpoint };
    },
    update: async (home, update) => {
      const { id, url, kinds, description, isEnabled } = update;
      await once.run(namedWrite(home, 'webhookEndpointUpdate', update), async () => {
        refuseIfAny([
          url === undefined ? null : checkEndpointUrl(url, deps.isLocal),
          checkKinds(kinds),
          checkDescription(description),
        ]);
        const { state } = await found(home, id);
        const isChanged = isEnabled !== undefined && isEnabled !== (state === 'ENABLED');
        const change: EndpointChange = {
          ...(url !== undefined && { url }),
          ...(kinds !== undefined && { kinds: kinds && [...new Set(kinds)] }),
          ...(description !== undefined && { description }),
          ...(isChanged && { state: isEnabled ? 'ENABLED' : 'DISABLED' }),
        };
        if (Object.keys(change).length > 0) {
          await endpoints.change(home, id, change, wallNowMs());
        }
        return null;
      });
      return found(home, id);
    },
    remove: async (home, request) => {
      await once.run(namedWrite(home, 'webhookEndpointDelete', request), async () => {
        await found(home, request.id);
        // Its deliveries first: without it nobody could ask for them to be deleted again.
        await deps.webhookDeliveries.removeOf(request.id);
        await endpoints.remove(home, request.id);
        // What was added while it was still there.
        await deps.webhookDeliveries.removeOf(request.id);
        return null;
      });
    },
    rotate: async (home, request) => {
      const { id, oldGoodForHours } = request;
      const write = namedWrite(home, 'webhookSecretRotate', request);
      const { secretId } = await once.run(write, async (effectId) => {
        refuseIfAny([checkHours(oldGoodForHours)]);
        const made = idOf('whs', effectId);
        await replaceSecrets(home, id, made, oldGoodForHours);
        return { secretId: made };
      });
      const endpoint = await found(home, id);
      return { secret: hookSecrets(endpoint, secretId), endpoint };
    },
    find: (home, id) => endpoints.find(home, id),
    list: (home) => endpoints.list(home),
  };
}
