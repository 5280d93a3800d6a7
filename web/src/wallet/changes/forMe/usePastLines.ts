import { useCallback } from 'react';
import type { Client } from '../../../shared/graphql/client.ts';
import type { ResultOf } from '../../../shared/graphql/graphql.ts';
import { useAskedOnce, type AskedOnce } from '../../asking/useAskedOnce.ts';
import type { PastLine } from './underTerms.ts';
import { PastLinesQuery } from '../data/queries.ts';

/** Four weeks where an epoch is a day. */
export const PAST_EPOCHS = 28;

/** Enough for 28 epochs of 32 rules, each with what ripens and what was taken back apart. */
const MOST_PAGES = 40;
/** What never counted, or was taken back, earned nothing under any numbers. */
const UNCOUNTED = ['VOIDED', 'RULE_NOT_IN_FORCE'];

async function readLines(client: Client, fromEpoch: number): Promise<readonly PastLine[]> {
  const lines: PastLine[] = [];
  let after: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const variables: { fromEpoch: number; after: string | null } = { fromEpoch, after };
    const { viewer }: ResultOf<typeof PastLinesQuery> = await client.ask(PastLinesQuery, variables);
    for (const { node } of viewer.member?.history.edges ?? []) {
      if (UNCOUNTED.includes(node.state)) continue;
      const { epoch, count, amount, rule } = node;
      lines.push({ epoch, ruleId: rule.ruleId, count, amount });
    }
    const end: { hasNextPage: boolean; endCursor: string | null } | undefined =
      viewer.member?.history.pageInfo;
    if (end?.hasNextPage !== true) break;
    after = end.endCursor;
  }
  return lines;
}

/** What the member did in the last epochs. */
export function usePastLines(fromEpoch: number): AskedOnce<readonly PastLine[]> {
  return useAskedOnce(useCallback((client: Client) => readLines(client, fromEpoch), [fromEpoch]));
}
