import type { Client } from '../../shared/graphql/client.ts';
import type { ResultOf } from '../../shared/graphql/graphql.ts';
import { ReceiptsQuery } from './queries.ts';
import type { KeptReceipt } from './saveReceipts.ts';

/** One receipt with what it is still good for. */
export interface ListedReceipt {
  readonly receipt: KeptReceipt;
  /** The day on which its epoch began, ISO. */
  readonly day: string;
  /** Whether all of it is on the chain: then it is a proof and nothing is left to hand in. */
  readonly isFinal: boolean;
}

/** A member of ten years has a few thousand days: what is more is not read. */
const MOST_PAGES = 400;
const MS_PER_SECOND = 1_000;

/** Reads the receipts of all epochs, newest first. @throws ApiError */
export async function allReceipts(client: Client): Promise<readonly ListedReceipt[]> {
  const found = new Map<number, ListedReceipt>();
  let after: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { viewer }: ResultOf<typeof ReceiptsQuery> = await client.ask(ReceiptsQuery, { after });
    const { startsAt, epochSeconds } = viewer.program.clock;
    for (const { node } of viewer.member?.history.edges ?? []) {
      const { epoch, receipt, state } = node;
      if (receipt === null) continue;
      const startMs = Date.parse(startsAt) + epoch * epochSeconds * MS_PER_SECOND;
      const isFinal = state === 'SETTLED' && (found.get(epoch)?.isFinal ?? true);
      found.set(epoch, { receipt, day: new Date(startMs).toISOString(), isFinal });
    }
    const end: { hasNextPage: boolean; endCursor: string | null } | undefined =
      viewer.member?.history.pageInfo;
    if (end?.hasNextPage !== true) break;
    after = end.endCursor;
  }
  return [...found.values()];
}
