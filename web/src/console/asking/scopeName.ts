import type { AskedScope } from './consoleClient.ts';

/**
 * Tells scopes apart, also by how their names begin: what is under way is found by its beginning, and what was begun in live must
 * not go on in test.
 */
export const scopeName = ({ organisation, program, environment }: AskedScope): string =>
  `${organisation ?? ''} ${program ?? environment ?? ''}`;
