import { goodSecrets, MAX_ENDPOINTS, MAX_SECRETS } from '../../domain/webhooks/endpoint.ts';
import { TOLD_KINDS, WEBHOOK_KINDS, type ToldKind } from '../../domain/webhooks/eventKinds.ts';
import type { WebhookEndpointRecord, WebhookHome } from '../../ports/webhooks.ts';
import { builder } from '../core/builder.ts';
import type { GraphqlContext } from '../core/context.ts';
import { ProgramType } from '../programs/program.ts';

/** Opens what is of webhooks. */
export const HOOK_SCOPE = { 'webhooks:write': true } as const;

/** Kinds in the API: a dot is no part of a name there. */
const enumName = (kind: ToldKind): string => kind.replace('.', '_').toUpperCase();

export const WebhookKindEnum = builder.enumType('WebhookEventKind', {
  description: 'Kind of event that webhooks tell of.',
  values: Object.fromEntries(
    TOLD_KINDS.map((kind) => [
      enumName(kind),
      { value: kind, description: `\`${kind}\`: ${WEBHOOK_KINDS[kind].when}.` },
    ]),
  ),
});

const EndpointStateEnum = builder.enumType('WebhookEndpointState', {
  description: 'Whether an endpoint is sent anything.',
  values: {
    ENABLED: { description: 'It is.' },
    DISABLED: { description: 'It was disabled by a person, or answered with 410.' },
    DEAD: { description: 'It took nothing for 24 hours and was given up.' },
  } as const,
});

export const WebhookEndpointType = builder
  .objectRef<WebhookEndpointRecord>('WebhookEndpoint')
  .implement({
    description:
      'Where an organisation is told of events. Its secret is shown once, when it is made.',
    authScopes: HOOK_SCOPE,
    fields: (t) => ({
      id: t.exposeString('id', { description: 'Public id, `whe_` and 24 hex digits.' }),
      url: t.exposeString('url', { description: 'Where events are sent.' }),
      kinds: t.field({
        type: [WebhookKindEnum],
        nullable: true,
        extensions: { rows: TOLD_KINDS.length },
        description: 'What it is told of; null for every kind, those to come as well.',
        resolve: ({ kinds }) => (kinds === null ? null : [...kinds]),
      }),
      description: t.exposeString('description', { description: 'What it is for.' }),
      program: t.field({
        type: ProgramType,
        nullable: true,
        extensions: { cost: 20 },
        description:
          'The only program that it is told of; null for every program of the organisation in the environment.',
        resolve: ({ programId }, _args, { programs }) =>
          programId === null ? null : programs.get(programId),
      }),
      state: t.expose('state', {
        type: EndpointStateEnum,
        description: 'Whether it is sent anything.',
      }),
      secretsEndAt: t.field({
        type: ['DateTime'],
        extensions: { rows: MAX_SECRETS },
        description:
          'When the secrets end that sign beside the newest one; empty unless it is being changed.',
        resolve: ({ secrets }) =>
          goodSecrets(secrets, Date.now()).flatMap(({ endsAtMs }) => endsAtMs ?? []),
      }),
      createdAt: t.expose('createdAtMs', { type: 'DateTime', description: 'When it was made.' }),
      lastTakenAt: t.expose('lastTakenAtMs', {
        type: 'DateTime',
        nullable: true,
        description: 'When it took an event last; null before the first one.',
      }),
      failures: t.expose('failures', {
        type: 'UInt',
        description: 'Attempts in a row that failed; from 5 on it is asked one thing at a time.',
      }),
    }),
  });

/** Whose endpoints a request is about: with a key for one program, those of this program alone. */
export function hookHomeOf({ organisationId, caller }: GraphqlContext): WebhookHome {
  return {
    organisationId,
    environment: caller?.environment ?? 'test',
    programId: caller?.kind === 'KEY' ? caller.key.programId : null,
  };
}

/** Reads an endpoint for the audit log. */
export async function endpointState(context: GraphqlContext, id: string): Promise<unknown> {
  const found = await context.endpointManager.find(hookHomeOf(context), id);
  if (found === null) return null;
  const { organisationId, environment, programId, url, kinds, description, state, secrets } = found;
  // What sending changes of it is in its own log.
  return {
    ...{ id, organisationId, environment, programId, url, kinds, description, state },
    // Their names: what they are is nowhere.
    rotations: secrets.map(({ id: name, endsAtMs }) => ({ name, endsAtMs })),
  };
}

builder.queryField('webhookEndpoints', (t) =>
  t.field({
    type: [WebhookEndpointType],
    authScopes: HOOK_SCOPE,
    extensions: { cost: 20, rows: MAX_ENDPOINTS },
    description: `Lists the webhook endpoints of the organisation in the environment of the request, oldest first: at most ${MAX_ENDPOINTS}. With a key for one program, those for this program alone.`,
    resolve: (_root, _args, context) => context.endpointManager.list(hookHomeOf(context)),
  }),
);
