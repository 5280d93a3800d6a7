import { useCallback } from 'react';
import type { Client } from '../../shared/graphql/client.ts';
import type { ResultOf } from '../../shared/graphql/graphql.ts';
import { useAskedOnce, type AskedOnce } from '../asking/useAskedOnce.ts';
import { LinesQuery, type FullLine } from './queries.ts';

/** What is known of one line. */
export interface FoundLine {
  readonly viewer: ResultOf<typeof LinesQuery>['viewer'];
  /** What is ripe, and what still ripens; empty when the member has no such line. */
  readonly lines: readonly FullLine[];
  /** Actions of this line that were taken back. */
  readonly voided: readonly FullLine[];
}

/** Lines come newest day first: an old day is many pages away, and this many at most. */
const MOST_PAGES = 50;

async function findLine(client: Client, epoch: number, ruleId: number): Promise<FoundLine> {
  let after: string | null = null;
  const ofRule: FullLine[] = [];
  for (let page = 1; ; page += 1) {
    const variables: { fromEpoch: number; after: string | null } = { fromEpoch: epoch, after };
    const { viewer }: ResultOf<typeof LinesQuery> = await client.ask(LinesQuery, variables);
    const lines = viewer.member?.history.edges.map(({ node }) => node) ?? [];
    ofRule.push(...lines.filter((line) => line.epoch === epoch && line.rule.ruleId === ruleId));
    // Lines of one day and rule follow each other.
    const isPast = ofRule.length > 0 && lines.at(-1)?.epoch !== epoch;
    const end: { hasNextPage: boolean; endCursor: string | null } | undefined =
      viewer.member?.history.pageInfo;
    if (isPast || end?.hasNextPage !== true || page === MOST_PAGES) {
      return {
        viewer,
        lines: ofRule.filter(({ eventId }) => eventId === null),
        voided: ofRule.filter(({ eventId }) => eventId !== null),
      };
    }
    after = end.endCursor;
  }
}

/** Finds one line of the member: what a rule earned in an epoch. */
export function useLine(epoch: number, ruleId: number): AskedOnce<FoundLine> {
  return useAskedOnce(
    useCallback((client: Client) => findLine(client, epoch, ruleId), [epoch, ruleId]),
  );
}
