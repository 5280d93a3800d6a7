import { it } from 'vitest';
import { expectRandomStoryIsVerified } from '../testing/randomStory.ts';

/** Enough for several notices, rounds and orders; most of the time is the chain's. */
const STEPS = 200;
const SEED = 21;
const TIMEOUT_MS = 240_000;

it(
  'finds nothing wrong with what happens when anybody tries anything',
  () => expectRandomStoryIsVerified(STEPS, SEED),
  TIMEOUT_MS,
);
