import { UserError, refuseIfAny } from '../../domain/errors.ts';
import { checkId } from '../../domain/ids.ts';
import { nameForm } from '../../domain/names.ts';
import type { Program } from '../../domain/program.ts';
import type { OneUseStore } from '../../ports/stores/access.ts';
import type { Once } from '../transactions/once.ts';
import type { MemberSessions, OpenedSession } from './memberSessions.ts';
import { createSecretTokens } from './secretTokens.ts';

/** A ticket with which a page opens a session of a member, once. */
export interface LinkTicket {
  readonly ticket: string;
  readonly expiresAtMs: number;
}

/** Tickets that carry a member from a frame of the app to a page of the service, where wallets are. */
export interface LinkTickets {
  /** Makes a ticket for a member. @throws UserError for an id that is none, and for a key of another member */
  create(
    program: Pick<Program, 'id'>,
    input: {
      readonly memberId: string;
      readonly idempotencyKey: string;
      /** Whether the member asks for itself: its keys are its own. */
      readonly isOwn: boolean;
    },
  ): Promise<LinkTicket>;
  /**
   * Opens a session for a ticket: for one caller, at whichever server it is.
   *
   * @throws UserError USED_OR_EXPIRED for a ticket that was used under another key, that is too old or unknown
   */
  redeem(input: {
    readonly ticket: string;
    readonly idempotencyKey: string;
  }): Promise<OpenedSession>;
}

/** Time to open the page and to find the wallet in it. */
export const LINK_TICKET_MS = 900_000;

export function createLinkTickets(deps: {
  oneUseTokens: OneUseStore;
  memberSessions: Pick<MemberSessions, 'open' | 'withToken'>;
  once: Once;
  secretOf: (name: string) => Uint8Array;
  wallNowMs: () => number;
}): LinkTickets {
  const { oneUseTokens, memberSessions, once, wallNowMs } = deps;
  const tokens = createSecretTokens('dw_link_', deps.secretOf('link tickets'));

  const notGood = (): UserError =>
    new UserError({
      code: 'USED_OR_EXPIRED',
      field: 'ticket',
      message:
        'ticket was used, is older than 15 minutes, or was never given out; it must be a fresh one.',
    });

  return {
    create: async ({ id: programId }, { memberId, idempotencyKey, isOwn }) => {
      refuseIfAny([checkId('memberId', memberId)]);
      const externalId = nameForm(memberId);
      const owner = isOwn ? [programId, externalId] : [programId];
      const write = { owner, kind: 'walletLinkTicketCreate', idempotencyKey, input: externalId };
      const { effectId, expiresAtMs } = await once.run(write, async (effect) => {
        const createdAtMs = wallNowMs();
        const ticket = {
          id: tokens.hashOf(tokens.tokenOf(effect)) ?? '',
          ...{ programId, externalId, createdAtMs, usedBy: null },
          expiresAtMs: createdAtMs + LINK_TICKET_MS,
        };
        await oneUseTokens.keep(ticket);
        return { effectId: effect, expiresAtMs: ticket.expiresAtMs };
      });
      return { ticket: tokens.tokenOf(effectId), expiresAtMs };
    },
    redeem: async ({ ticket, idempotencyKey }) => {
      const id = tokens.hashOf(ticket);
      if (id === null) throw notGood();
      // The keys of a ticket are its own: a stranger takes none away.
      const owner = [id];
      const write = { owner, kind: 'walletLinkTicketRedeem', idempotencyKey, input: null };
      const session = await once.run(write, async (effectId) => {
        const used = await oneUseTokens.use(id, effectId, wallNowMs());
        if (used === null || used.externalId === null) throw notGood();
        const { programId, externalId } = used;
        return memberSessions.open({ programId, externalId }, effectId);
      });
      return memberSessions.withToken(session);
    },
  };
}
