import type { Client } from '../../shared/graphql/client.ts';
import { graphql } from '../../shared/graphql/graphql.ts';
import { newIdempotencyKey } from '../../shared/transactions/intents.ts';

const TicketMutation = graphql(`
  mutation LinkTicket($input: WalletLinkTicketCreateInput!) {
    walletLinkTicketCreate(input: $input) {
      ticket
      expiresAt
    }
  }
`);

/** Path of the page for an own wallet, which has to be at the top: wallets do not come into frames. */
export const linkPath = (programId: string): string => `/w/${programId}/link`;

interface WayIn {
  readonly path: string;
  readonly expiresAt: string;
}

/** Makes a way in, good once and for a short time; null when there is none. @param place path, with what follows the ticket */
async function pathWithTicket(client: Client, place: string, more = ''): Promise<WayIn | null> {
  const input = { idempotencyKey: newIdempotencyKey() };
  const { walletLinkTicketCreate: made } = await client.ask(TicketMutation, { input });
  const { ticket, expiresAt } = made;
  if (ticket === null || expiresAt === null) return null;
  return { path: `${place}#t=${ticket}${more}`, expiresAt };
}

/** A way into the page for an own wallet. @throws ApiError */
export const linkWithTicket = (client: Client, programId: string): Promise<WayIn | null> =>
  pathWithTicket(client, linkPath(programId));

/** A way into a page of the wallet at the top, such as "/buyback". @throws ApiError */
export const walletWithTicket = (
  client: Client,
  programId: string,
  page: string,
): Promise<WayIn | null> => pathWithTicket(client, `/w/${programId}`, `&to=${page}`);
