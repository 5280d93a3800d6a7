/** A fault put into a source on purpose: tests that stay green with it prove nothing about what it breaks. */
export interface Mutation {
  /** Under contracts/src. */
  file: string;
  /** What goes wrong with it, in one line. */
  fault: string;
  /** Occurs exactly once in the file. */
  from: string;
  to: string;
  /** Tests under contracts/test, without `.t.sol`, of which one should turn red; the others run only when none does. */
  tests: readonly string[];
}

/** The faults of one file: what goes wrong, the text, its replacement, and tests where they are others than the file's. */
export type Fault = readonly [fault: string, from: string, to: string, tests?: readonly string[]];

export const mutationsOf = (
  file: string,
  tests: readonly string[],
  faults: readonly Fault[],
): readonly Mutation[] =>
  faults.map(([fault, from, to, own]) => ({ file, fault, from, to, tests: own ?? tests }));

/**
 * @param source text of the mutation's file
 * @returns it with the fault in it; undefined where the text to replace is not there exactly once
 */
export const mutate = (source: string, { from, to }: Mutation): string | undefined => {
  const at = source.indexOf(from);
  if (at === -1 || source.includes(from, at + 1)) return undefined;
  return source.slice(0, at) + to + source.slice(at + from.length);
};
