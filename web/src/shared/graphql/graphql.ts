import type { initGraphQLTada } from 'gql.tada';
import type { introspection } from './introspection.d.ts';

/** How the scalars of the API come as JSON. Points, money and amounts are decimal strings: exact, and never a float. */
interface Scalars {
  readonly Address: `0x${string}`;
  readonly Amount: string;
  readonly DateTime: string;
  readonly Hex: `0x${string}`;
  readonly Money: string;
  readonly Points: string;
  readonly UInt: number;
}

type Tada = initGraphQLTada<{
  introspection: introspection;
  scalars: Scalars;
  disableMasking: true;
}>;

/** Stands between the parts of a document, as an empty comment: a fragment that two parts need is sent once. */
const BETWEEN = '\n#\n';

/**
 * Types a document by the schema. It stays text at run time: no parser is loaded.
 *
 * @param fragments documents of the fragments that it uses
 */
export const graphql = ((source: string, fragments: readonly string[] = []) =>
  [...new Set([...fragments, source].flatMap((part) => part.split(BETWEEN)))].join(
    BETWEEN,
  )) as unknown as Tada;

export type { FragmentOf, ResultOf, VariablesOf } from 'gql.tada';
