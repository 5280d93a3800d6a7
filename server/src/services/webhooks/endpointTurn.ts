import {
  afterAttempt,
  FAILURES_UNTIL_PAUSE,
  isGone,
  isTaken,
  pauseMs,
  type SendOutcome,
} from '../../domain/webhooks/delivery.ts';
import { goodSecrets } from '../../domain/webhooks/endpoint.ts';
import type {
  AttemptedDelivery,
  EndpointTurn,
  HookSender,
  WebhookDeliveryStore,
  WebhookEndpointRecord,
  WebhookEndpointStore,
} from '../../ports/webhooks.ts';
import type { Air } from './air.ts';
import type { DueDelivery, LoadedTurn } from './dueDeliveries.ts';
import { bodyOf } from './eventBody.ts';
import type { HookSecrets } from './hookSecrets.ts';

/** How an attempt ended, for counting. */
export type AttemptOutcome = 'delivered' | 'failed' | 'refused' | 'dead';

/**
 * Sends what is due to one endpoint: first attempts in the order of their subjects, and repeated ones beside them, which hold
 * nobody up.
 */
export type EndpointTurns = (endpoint: WebhookEndpointRecord, due: LoadedTurn) => Promise<void>;

/** Requests to an endpoint that are under way at the same time: those of one that hangs, and those of one that is quick. */
export const PLACES = { least: 2, most: 8 };

/** What changes of an endpoint within a turn. */
interface TurnState {
  failures: number;
  lastTakenAtMs: number | null;
  wakeAtMs: number;
  stopped: 'DISABLED' | 'DEAD' | null;
}

const isFirst = ({ delivery }: DueDelivery): boolean => delivery.state === 'WAITING';

export function createEndpointTurns(deps: {
  webhookEndpoints: Pick<WebhookEndpointStore, 'stop'>;
  webhookDeliveries: Pick<WebhookDeliveryStore, 'giveUp'>;
  noteAttempt: (attempted: AttemptedDelivery) => Promise<void>;
  noteTurn: (turn: EndpointTurn) => Promise<void>;
  hookSender: HookSender;
  hookSecrets: HookSecrets;
  air: Air;
  /** Whether this process may still begin to send. */
  mayGoOn: () => boolean;
  apiIdOf: (programId: string) => string;
  onAttempt: (outcome: AttemptOutcome) => void;
  random: () => number;
  wallNowMs: () => number;
}): EndpointTurns {
  const { webhookDeliveries, air, wallNowMs } = deps;

  const send = (endpoint: WebhookEndpointRecord, { event }: DueDelivery): Promise<SendOutcome> => {
    const sentAtMs = wallNowMs();
    const secrets = goodSecrets(endpoint.secrets, sentAtMs).map(({ id }) =>
      deps.hookSecrets(endpoint, id),
    );
    const body = bodyOf(event, deps.apiIdOf);
    return deps.hookSender.send({ url: endpoint.url, id: event.id, sentAtMs, body, secrets });
  };

  /** One attempt, with what follows from it for the delivery and for the endpoint. */
  const attempt = async (
    endpoint: WebhookEndpointRecord,
    due: DueDelivery,
    state: TurnState,
  ): Promise<boolean> => {
    const { delivery } = due;
    const atMs = wallNowMs();
    const outcome = await send(endpoint, due);
    const nowMs = wallNowMs();
    const after = afterAttempt(delivery, outcome, { nowMs, random: deps.random() });
    const attempts = [...delivery.attempts, { ...outcome, atMs }];
    await deps.noteAttempt({ id: delivery.id, attempts, ...after });
    const taken = isTaken(outcome);
    if (taken) {
      state.failures = 0;
      state.lastTakenAtMs = nowMs;
    } else {
      state.failures += 1;
      if (after.state === 'RETRYING') state.wakeAtMs = Math.min(state.wakeAtMs, after.dueAtMs);
      // Nothing at all was taken for as long as this one was tried.
      const isDead = after.state === 'DEAD' && (state.lastTakenAtMs ?? 0) < after.retriedFromMs;
      if (isGone(outcome)) state.stopped = 'DISABLED';
      else if (isDead) state.stopped = 'DEAD';
    }
    const failed = outcome.failure === 'FORBIDDEN_ADDRESS' ? 'refused' : 'failed';
    deps.onAttempt(taken ? 'delivered' : after.state === 'DEAD' ? 'dead' : failed);
    return taken;
  };

  /** Sends a queue in a few places at a time. */
  const work = async (
    endpoint: WebhookEndpointRecord,
    queue: DueDelivery[],
    state: TurnState,
    most: number,
  ): Promise<void> => {
    const flying = new Set<string>();
    const subjectOf = ({ event: { programId, subject } }: DueDelivery): string =>
      `${programId} ${subject}`;
    const next = (): DueDelivery | undefined => {
      if (!deps.mayGoOn() || state.stopped !== null) return undefined;
      if (state.failures >= FAILURES_UNTIL_PAUSE && endpoint.failures < state.failures) {
        return undefined;
      }
      const index = queue.findIndex((due) => !isFirst(due) || !flying.has(subjectOf(due)));
      return index < 0 ? undefined : queue.splice(index, 1)[0];
    };
    const runners: Promise<void>[] = [];
    const errors: unknown[] = [];
    let running = 0;
    /** @param hasPlace Whether it has a place already. */
    const run = async (hasPlace: boolean): Promise<void> => {
      let holds = hasPlace;
      try {
        for (;;) {
          if (!holds) await air.take();
          holds = true;
          const due = next();
          if (due === undefined) return;
          const subject = subjectOf(due);
          if (isFirst(due)) flying.add(subject);
          const taken = await attempt(endpoint, due, state);
          if (isFirst(due)) flying.delete(subject);
          if (taken && running < most && queue.length > 0 && air.takeMore()) start(true);
          air.give();
          holds = false;
        }
      } finally {
        if (holds) air.give();
        running -= 1;
      }
    };
    const start = (hasPlace: boolean): void => {
      running += 1;
      runners.push(run(hasPlace).catch((error: unknown) => void errors.push(error)));
    };
    for (let place = 0; place < Math.min(most, PLACES.least, queue.length); place += 1) {
      start(false);
    }
    // Those that were added meanwhile are behind these.
    for (const runner of runners) await runner;
    if (errors.length > 0) throw errors[0];
  };

  return async (endpoint, { due, wakeAtMs }) => {
    // One that failed too often is asked one thing, to see whether it is there again.
    const isProbe = endpoint.failures >= FAILURES_UNTIL_PAUSE;
    const queue = due.slice(0, isProbe ? 1 : due.length);
    const isCut = queue.length < due.length;
    const { failures, lastTakenAtMs } = endpoint;
    const state: TurnState = { failures, lastTakenAtMs, wakeAtMs, stopped: null };
    await work(endpoint, queue, state, isProbe ? 1 : PLACES.most);
    const nowMs = wallNowMs();
    const pausedForMs = pauseMs(state.failures, deps.random());
    await deps.noteTurn({
      ...{ id: endpoint.id, failures: state.failures, lastTakenAtMs: state.lastTakenAtMs },
      pausedUntilMs: nowMs + pausedForMs,
      wakeAtMs: queue.length > 0 || isCut ? nowMs : state.wakeAtMs,
      arrivals: endpoint.arrivals,
    });
    if (state.stopped === null) return;
    if (await deps.webhookEndpoints.stop(endpoint.id, state.stopped)) {
      await webhookDeliveries.giveUp(endpoint.id, nowMs);
    }
  };
}
