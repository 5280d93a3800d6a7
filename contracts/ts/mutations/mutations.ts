import { BUYBACK_MUTATIONS } from './buyback.ts';
import { BUYBACK_TERMS_MUTATIONS } from './buybackTerms.ts';
import { CATALOGUE_MUTATIONS } from './catalogue.ts';
import { CHANGE_MUTATIONS } from './changes.ts';
import { CHARTER_MUTATIONS } from './charter.ts';
import { FORMULA_MUTATIONS } from './formula.ts';
import type { Mutation } from './mutation.ts';
import { POINTS_MUTATIONS } from './points.ts';
import { PROGRAM_MUTATIONS } from './program.ts';
import { ROUND_MUTATIONS } from './rounds.ts';
import { WORD_MUTATIONS } from './words.ts';

/** Every fault that the tests of the contracts must find: `npm run test:deep -- mutations`. */
export const MUTATIONS: readonly Mutation[] = [
  ...POINTS_MUTATIONS,
  ...WORD_MUTATIONS,
  ...FORMULA_MUTATIONS,
  ...PROGRAM_MUTATIONS,
  ...CHARTER_MUTATIONS,
  ...CHANGE_MUTATIONS,
  ...BUYBACK_MUTATIONS,
  ...BUYBACK_TERMS_MUTATIONS,
  ...ROUND_MUTATIONS,
  ...CATALOGUE_MUTATIONS,
];
