import type { Logger } from '../../lib/logger.ts';
import { isRetryable } from '../isRetryable.ts';
import type { Upkeep } from './upkeeps.ts';

/** Finds upkeep of one kind. */
export type FindUpkeep = () => Promise<readonly Upkeep[]>;

/**
 * Runs finders one after the other. One that fails is named in the log and rests, longer each time; the others go on.
 *
 * @throws the error of the first one when each of them fails: then the cause is not theirs
 */
export type FindEach = (
  programId: string,
  finders: Readonly<Record<string, FindUpkeep>>,
) => Promise<Upkeep[]>;

const FIRST_REST_MS = 10_000;
const MAX_REST_MS = 600_000;
const restMs = (failures: number): number =>
  Math.min(MAX_REST_MS, FIRST_REST_MS * 2 ** Math.min(failures, 16));

interface Failing {
  readonly failures: number;
  readonly untilMs: number;
}

export function createFindEach(deps: { logger: Logger; wallNowMs: () => number }): FindEach {
  const { logger, wallNowMs } = deps;
  /** Lost in a restart, which then tries them once more. */
  const failing = new Map<string, Failing>();

  const note = (programId: string, upkeep: string, err: unknown): void => {
    const key = `${programId}:${upkeep}`;
    const failures = (failing.get(key)?.failures ?? 0) + 1;
    failing.set(key, { failures, untilMs: wallNowMs() + restMs(failures - 1) });
    const level = isRetryable(err) ? 'warn' : 'error';
    logger[level]({ err, programId, upkeep, failures }, 'an upkeep failed; the others go on');
  };

  return async (programId, finders) => {
    const found: Upkeep[] = [];
    const errors = new Map<string, unknown>();
    const awake = Object.entries(finders).filter(
      ([upkeep]) => wallNowMs() >= (failing.get(`${programId}:${upkeep}`)?.untilMs ?? 0),
    );
    for (const [upkeep, find] of awake) {
      try {
        found.push(...(await find()));
        failing.delete(`${programId}:${upkeep}`);
      } catch (error) {
        errors.set(upkeep, error);
      }
    }
    if (errors.size > 1 && errors.size === awake.length) throw [...errors.values()][0];
    for (const [upkeep, error] of errors) note(programId, upkeep, error);
    return found;
  };
}
