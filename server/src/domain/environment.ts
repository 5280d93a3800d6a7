/** Where programs are: to try things out, or for real. Each has a chain, keys and programs of its own. */
export const ENVIRONMENTS = ['test', 'live'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];
