import { UserError, refuseIfAny } from '../../domain/errors.ts';
import { checkId } from '../../domain/ids.ts';
import { nameForm } from '../../domain/names.ts';
import type { Program } from '../../domain/program.ts';
import { createNextFlight } from '../../lib/nextFlight.ts';
import type {
  MemberSessionRecord,
  MemberSessionStore,
  SessionOwner,
} from '../../ports/stores/access.ts';
import type { Once } from '../transactions/once.ts';
import { createSecretTokens } from './secretTokens.ts';

/** A session as it was opened, with its token. */
export interface OpenedSession {
  readonly session: MemberSessionRecord;
  readonly token: string;
}

/** Sessions of members: tokens with which a member reads and does what is its own, on every server. */
export interface MemberSessions {
  /**
   * Opens a session for a member of an app.
   *
   * @throws UserError for an id that is none, and for a key of another member
   */
  create(
    program: Pick<Program, 'id'>,
    input: { readonly memberId: string; readonly idempotencyKey: string },
  ): Promise<OpenedSession>;
  /**
   * Opens the session of an effect, once: it is named by the effect, and the oldest ones of the member above the bound are revoked.
   */
  open(of: SessionOwner, effectId: string): Promise<MemberSessionRecord>;
  /** Makes the token of a session. */
  withToken(session: MemberSessionRecord): OpenedSession;
  /**
   * Finds the session of a token; null for one that is unknown, expired or revoked. The database is asked after each call, so that
   * a revocation holds from the next request on, on every server.
   */
  authenticate(token: string): Promise<MemberSessionRecord | null>;
  /**
   * Revokes a session.
   *
   * @param by `externalId` of the member that may revoke its own alone; null for the app, which may revoke all of its program.
   * @throws UserError NOT_FOUND for a session that is not there for this caller
   */
  revoke(
    by: { readonly program: Pick<Program, 'id'>; readonly externalId: string | null },
    input: { readonly sessionId: string; readonly idempotencyKey: string },
  ): Promise<MemberSessionRecord>;
}

/** Long enough to look around, short enough that a stolen one is soon void. */
export const MEMBER_SESSION_MS = 600_000;
/** Sessions of one member that are open at a time: more than it has devices and tabs. */
export const MAX_OPEN_SESSIONS = 20;
/** What tokens of sessions begin with. */
export const MEMBER_TOKEN_PREFIX = 'dw_member_';

export function createMemberSessions(deps: {
  memberSessions: MemberSessionStore;
  once: Once;
  secretOf: (name: string) => Uint8Array;
  wallNowMs: () => number;
}): MemberSessions {
  const { memberSessions, once, wallNowMs } = deps;
  const tokens = createSecretTokens(MEMBER_TOKEN_PREFIX, deps.secretOf('member sessions'));
  const findByHash = createNextFlight((hash: string) => memberSessions.findByHash(hash));

  const withToken = (session: MemberSessionRecord): OpenedSession => ({
    session,
    token: tokens.tokenOf(session.id),
  });

  const open: MemberSessions['open'] = async ({ programId, externalId }, effectId) => {
    const id = `mse_${effectId.replaceAll('-', '')}`;
    const createdAtMs = wallNowMs();
    const session = await memberSessions.keep({
      ...{ id, programId, externalId, createdAtMs },
      hash: tokens.hashOf(tokens.tokenOf(id)) ?? '',
      expiresAtMs: createdAtMs + MEMBER_SESSION_MS,
      revokedAtMs: null,
    });
    const all = await memberSessions.listOpen({ programId, externalId }, createdAtMs);
    const tooMany = all.slice(MAX_OPEN_SESSIONS).map((one) => one.id);
    await memberSessions.revoke(programId, tooMany, createdAtMs);
    return session;
  };

  const notFound = (id: string): UserError =>
    new UserError({
      code: 'NOT_FOUND',
      field: 'sessionId',
      message: `sessionId is ${JSON.stringify(id)}; there is no such session.`,
    });

  return {
    open,
    withToken,
    create: async ({ id: programId }, { memberId, idempotencyKey }) => {
      refuseIfAny([checkId('memberId', memberId)]);
      const externalId = nameForm(memberId);
      const session = await once.run(
        { owner: [programId], kind: 'memberSessionCreate', idempotencyKey, input: externalId },
        (effectId) => open({ programId, externalId }, effectId),
      );
      return withToken(session);
    },
    authenticate: async (token) => {
      const hash = tokens.hashOf(token);
      if (hash === null) return null;
      const session = await findByHash(hash);
      const isGood =
        session !== null && session.revokedAtMs === null && session.expiresAtMs > wallNowMs();
      return isGood ? session : null;
    },
    revoke: ({ program, externalId }, { sessionId, idempotencyKey }) => {
      const owner = externalId === null ? [program.id] : [program.id, externalId];
      const write = { owner, kind: 'memberSessionRevoke', idempotencyKey, input: sessionId };
      return once.run(write, async () => {
        const found = await memberSessions.find(program.id, sessionId);
        const isTheirs = externalId === null || found?.externalId === externalId;
        if (found === null || !isTheirs) throw notFound(sessionId);
        await memberSessions.revoke(program.id, [sessionId], wallNowMs());
        return (await memberSessions.find(program.id, sessionId)) ?? found;
      });
    },
  };
}
