import type { SourceProgram } from './queries.ts';

/** A program with its newest rules and buyback terms. */
export type NewestProgram = Omit<SourceProgram, 'ruleSets' | 'buybackTerms'> & {
  readonly ruleSet: SourceProgram['ruleSets']['edges'][number]['node'];
  readonly buyback: SourceProgram['buybackTerms']['edges'][number]['node'];
};

/** The program by its newest terms; null while they are not read from the chain. */
export function newestOf(source: SourceProgram): NewestProgram | null {
  const { ruleSets, buybackTerms, ...program } = source;
  const ruleSet = ruleSets.edges[0]?.node;
  const buyback = buybackTerms.edges[0]?.node;
  return ruleSet === undefined || buyback === undefined ? null : { ...program, ruleSet, buyback };
}
