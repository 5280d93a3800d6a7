import { it } from 'vitest';
import { expectRandomStoryIsVerified } from '../testing/randomStory.ts';

/** Enough for several notices, rounds and orders; most of the time is the chain's. */
const STEPS = 220;
const SEEDS = [1, 2, 3];
const TIMEOUT_MS = 240_000;

it.each(
  SEEDS.flatMap((seed) => [
    [seed, 'a program', false] as const,
    [seed, 'a backed program', true] as const,
  ]),
)(
  'finds nothing wrong with story %i of %s in which anybody tries anything',
  (seed, _which, backed) => expectRandomStoryIsVerified(STEPS, seed, backed),
  TIMEOUT_MS,
);
