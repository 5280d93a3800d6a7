/** Composes what sends webhooks. */
import { randomUUID } from 'node:crypto';
import { encodeGlobalId } from '../graphql/core/globalId.ts';
import type { Logger } from '../lib/logger.ts';
import type { Metrics } from '../lib/metrics.ts';
import { createHookSender } from '../outgoing/hookSender.ts';
import type { HookSender } from '../ports/webhooks.ts';
import { createDeliverer, type Deliverer } from '../services/webhooks/deliverer.ts';
import { createEndAlerts } from '../services/webhooks/endAlerts.ts';
import { createHookSecrets } from '../services/webhooks/hookSecrets.ts';
import type { PeopleParts } from './composePeople.ts';
import type { Foundation } from './composeServices.ts';

/** Lease and poll times of a deliverer, and what it sends by. */
export interface DelivererOptions {
  /** Unique to this process. */
  readonly holder?: string;
  readonly leaseTtlMs?: number;
  readonly pollMs?: number;
  readonly hookSender?: HookSender;
}

/** Composes what sends the webhooks of an environment. */
export function composeDeliverer(
  foundation: Pick<
    Foundation,
    'store' | 'environment' | 'keystore' | 'hasLocalHooks' | 'wallNowMs'
  >,
  logger: Logger,
  parts: {
    readonly people: {
      readonly mail: Pick<PeopleParts['mail'], 'send'>;
      readonly callers: Pick<PeopleParts['callers'], 'teams'>;
    };
    readonly metrics: Pick<Metrics, 'countHook'>;
  },
  options: DelivererOptions = {},
): Deliverer {
  const { store, environment, keystore, hasLocalHooks, wallNowMs } = foundation;
  const { people, metrics } = parts;
  return createDeliverer({
    ...{ ...store, environment, logger, wallNowMs },
    hookSender: createHookSender({ isLocal: hasLocalHooks }),
    hookSecrets: createHookSecrets(keystore.keySecrets),
    apiIdOf: (programId) => encodeGlobalId('Program', programId),
    onAttempt: (outcome) => metrics.countHook(environment, outcome),
    random: Math.random,
    endAlerts: createEndAlerts({
      ...{ ...store, environment, wallNowMs, mail: people.mail, teams: people.callers.teams },
      onMailFailure: (error) => logger.error({ err: error }, 'a letter was not sent'),
    }),
    holder: randomUUID(),
    ...options,
  });
}
