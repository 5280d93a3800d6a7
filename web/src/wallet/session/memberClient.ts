import { ApiError, createClient, type Client } from '../../shared/graphql/client.ts';
import type { Session } from './session.ts';

/** Codes that say that the token is void. */
const VOID_CODES = ['UNAUTHENTICATED'];

/** Sends the calls of the member, and notices when the session is over. */
export function createMemberClient(session: Session): Client {
  const client = createClient(session.token);
  return {
    ask: async (...call) => {
      const token = session.token();
      try {
        return await client.ask(...call);
      } catch (error) {
        // An answer to an older token says nothing of the new one.
        const isVoid = error instanceof ApiError && VOID_CODES.includes(error.code);
        if (isVoid && token !== null && session.token() === token) session.expire();
        throw error;
      }
    },
  };
}
