import { useCallback } from 'react';
import type { Client } from '../../shared/graphql/client.ts';
import type { ResultOf } from '../../shared/graphql/graphql.ts';
import { useAskedOnce, type AskedOnce } from '../asking/useAskedOnce.ts';
import { VersionsQuery, type VersionsView, type WholeVersion } from './queries.ts';

/** One version of the rules, with the one before it. */
export interface FoundVersion {
  readonly program: VersionsView;
  /** Null when there is no such version. */
  readonly version: WholeVersion | null;
  /** Null for the first one. */
  readonly before: WholeVersion | null;
}

/** Versions come newest first: an old one is many pages away, and this many at most. */
const MOST_PAGES = 100;

async function findVersion(client: Client, number: number): Promise<FoundVersion> {
  const known: WholeVersion[] = [];
  let after: string | null = null;
  for (let page = 1; ; page += 1) {
    const variables: { after: string | null } = { after };
    const { viewer }: ResultOf<typeof VersionsQuery> = await client.ask(VersionsQuery, variables);
    const { program } = viewer;
    known.push(...program.ruleSets.edges.map(({ node }) => node));
    const version = known.find((each) => each.version === number) ?? null;
    const before = known.find((each) => each.version === number - 1) ?? null;
    const { hasNextPage, endCursor } = program.ruleSets.pageInfo;
    const isFound = version !== null && (before !== null || number === 0);
    if (isFound || !hasNextPage || page === MOST_PAGES) return { program, version, before };
    after = endCursor;
  }
}

/** Finds one version of the rules; it never changes, so it is asked for once. */
export function useVersion(number: number): AskedOnce<FoundVersion> {
  return useAskedOnce(useCallback((client: Client) => findVersion(client, number), [number]));
}
