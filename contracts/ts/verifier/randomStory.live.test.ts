import { it } from 'vitest';
import { expectRandomStoryIsVerified } from '../testing/randomStory.ts';

/** As few as bring a change into force, a round to its end, an order and an anchor about; `npm run test:deep` takes many more. */
const STEPS = 80;
const TIMEOUT_MS = 240_000;

it.each([
  ['a program', 2, false],
  ['a backed program', 7, true],
])(
  'finds nothing wrong with what happens to %s when anybody tries anything',
  (_which, seed, backed) => expectRandomStoryIsVerified(STEPS, seed, backed),
  TIMEOUT_MS,
);
