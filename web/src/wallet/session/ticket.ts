import { ApiError, createClient } from '../../shared/graphql/client.ts';
import { graphql } from '../../shared/graphql/graphql.ts';
import type { TabStorage } from '../../shared/storage/tabStorage.ts';
import { newIdempotencyKey } from '../../shared/transactions/intents.ts';
import type { OpenedToken, Session } from './session.ts';

const RedeemMutation = graphql(`
  mutation Redeem($input: WalletLinkTicketRedeemInput!) {
    walletLinkTicketRedeem(input: $input) {
      token
      session {
        expiresAt
      }
      userErrors {
        code
      }
    }
  }
`);

/** A ticket, and the page of the wallet that it is for. */
const TICKET = /^#t=(dw_link_[\w-]+)(?:&to=(\/[\w/-]*))?$/;
const AGAIN_MS = [500, 2_000, 6_000] as const;
const AGAIN_AT_MOST_MS = 15_000;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Opens a session for a ticket; null for one that was used or is too old. @throws ApiError when no answer came */
async function redeem(ticket: string, idempotencyKey: string): Promise<OpenedToken | null> {
  const client = createClient(() => null);
  const input = { ticket, idempotencyKey };
  const { walletLinkTicketRedeem: answer } = await client.ask(RedeemMutation, { input });
  const { token, session } = answer;
  return token === null || session === null ? null : { token, expiresAt: session.expiresAt };
}

/**
 * A ticket is used once: a second try goes out under the same key, and gets the same session. Only an answer says that there is
 * no way in, so it is asked for until one comes.
 */
async function redeemPatiently(ticket: string, key: string): Promise<OpenedToken | null> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await redeem(ticket, key);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const wait = AGAIN_MS[tries] ?? AGAIN_AT_MOST_MS;
      await sleep(Math.max(wait, error.retryAfterMs ?? 0));
    }
  }
}

const readKept = (text: string | null): OpenedToken | null => {
  if (text === null) return null;
  try {
    const { token, expiresAt } = JSON.parse(text) as Partial<OpenedToken>;
    return typeof token === 'string' && typeof expiresAt === 'string' ? { token, expiresAt } : null;
  } catch {
    // Another page of this origin wrote it.
    return null;
  }
};

const sessionPlace = (programId: string): string => `dewpoint.session.${programId}`;

/** Keeps a session for this tab alone: a page that is loaded again goes on with it. */
export const keepSession = (storage: TabStorage, programId: string, opened: OpenedToken): void =>
  storage.set(sessionPlace(programId), JSON.stringify(opened));

/** A ticket on its way to be redeemed, with the key that it is redeemed under. */
interface KeptTicket {
  readonly ticket: string;
  readonly key: string;
}

/**
 * Takes the ticket out of the address, where it would stay in the history, and keeps it in the tab until it is redeemed: a page that is
 * loaded again in between goes on under the same key. Null when there is none.
 */
function takeTicket(storage: TabStorage, place: string): KeptTicket | null {
  const [, ticket, page = '/'] = TICKET.exec(location.hash) ?? [];
  const [kept = '', keptKey = ''] = storage.get(place)?.split(' ') ?? [];
  if (ticket === undefined) return kept === '' ? null : { ticket: kept, key: keptKey };
  history.replaceState(history.state, '', `${location.pathname}${location.search}#${page}`);
  const key = kept === ticket ? keptKey : newIdempotencyKey();
  storage.set(place, `${ticket} ${key}`);
  return { ticket, key };
}

/**
 * Opens the session of a page of its own: by the one-use ticket in the fragment, else by what this tab still has from before it
 * was loaded again. The token is kept for this tab alone.
 */
export async function openByTicket(
  session: Session,
  storage: TabStorage,
  programId: string,
): Promise<void> {
  const place = sessionPlace(programId);
  const ticketPlace = `dewpoint.ticket.${programId}`;
  const openKept = (): void => {
    const kept = readKept(storage.get(place));
    if (kept === null) session.giveUp();
    else session.open(kept);
  };
  const taken = takeTicket(storage, ticketPlace);
  if (taken === null) return openKept();
  const opened = await redeemPatiently(taken.ticket, taken.key);
  storage.remove(ticketPlace);
  // One that was used may have been used by this very tab, which then still has its session.
  if (opened === null) return openKept();
  keepSession(storage, programId, opened);
  session.open(opened);
}
