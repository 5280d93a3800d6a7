import type { Client } from '../../shared/graphql/client.ts';
import { graphql } from '../../shared/graphql/graphql.ts';

/** How far a transaction of a wallet is. */
export interface SentCall {
  /** MINED once the service has read the block. */
  readonly status: 'SENT' | 'MINED' | 'REVERTED';
  readonly blockNumber: number | null;
}

const SeenQuery = graphql(`
  query Seen {
    viewer {
      program {
        chainId
      }
      member {
        balance {
          asOfBlock
        }
        activity(first: 20) {
          edges {
            node {
              moment {
                transactionHash
                blockNumber
              }
            }
          }
        }
      }
    }
  }
`);

/**
 * Tells whether the service knows what a transaction did. Where its news do not say so, as of money that came to a wallet, the wallets of
 * this browser are asked for the block of it, and the service whether it has read that block.
 *
 * @throws ApiError
 */
export async function findSentCall(client: Client, hash: string): Promise<SentCall> {
  const { viewer } = await client.ask(SeenQuery);
  const rows = viewer.member?.activity.edges ?? [];
  const seen = rows
    .map(({ node }) => node.moment)
    .find((moment) => moment?.transactionHash === hash);
  if (seen != null) return { status: 'MINED', blockNumber: seen.blockNumber };
  const { receiptOf } = await import('./receipt.ts');
  const receipt = await receiptOf(hash, viewer.program.chainId);
  if (receipt === null) return { status: 'SENT', blockNumber: null };
  const { blockNumber } = receipt;
  const isRead = (viewer.member?.balance.asOfBlock ?? 0) >= blockNumber;
  if (!receipt.isDone) return { status: 'REVERTED', blockNumber };
  return { status: isRead ? 'MINED' : 'SENT', blockNumber };
}
