import { it } from 'vitest';
import { expectRandomStoryIsVerified } from '../testing/randomStory.ts';

/** As few as bring a change into force, a round to its end and an order about; `npm run test:deep` takes many more. */
const STEPS = 60;
const SEED = 1;
const TIMEOUT_MS = 240_000;

it(
  'finds nothing wrong with what happens when anybody tries anything',
  () => expectRandomStoryIsVerified(STEPS, SEED),
  TIMEOUT_MS,
);
