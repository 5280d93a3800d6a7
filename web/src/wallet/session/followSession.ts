import { ApiError, type Client } from '../../shared/graphql/client.ts';
import { graphql } from '../../shared/graphql/graphql.ts';
import type { Poller } from '../../shared/polling/poller.ts';
import type { TabStorage } from '../../shared/storage/tabStorage.ts';
import { createIntents } from '../../shared/transactions/intents.ts';
import type { Writes } from '../../shared/transactions/writes.ts';
import type { Session } from './session.ts';

const WhoQuery = graphql(`
  query Who {
    viewer {
      memberId
    }
  }
`);

const AGAIN_MS = 3_000;

/**
 * Asks everything when a session opens. Writes wait until it is known whose session it is: what one member began is never
 * sent for another.
 */
export function followSession(deps: {
  readonly session: Session;
  readonly client: Client;
  readonly poller: Poller;
  readonly writes: Writes;
  readonly storage: TabStorage;
  readonly programId: string;
}): void {
  const { session, client, poller, writes, storage, programId } = deps;
  let member: string | null = null;
  let token: string | null = null;

  const recognise = async (): Promise<void> => {
    const asked = session.token();
    if (asked === null) return;
    try {
      const { viewer } = await client.ask(WhoQuery);
      if (session.token() !== asked) return;
      if (viewer.memberId === member) return writes.resume();
      if (member !== null) {
        poller.forget();
        poller.refresh();
      }
      member = viewer.memberId;
      writes.begin(createIntents(storage, `${programId} ${member}`));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (session.token() === asked) setTimeout(() => void recognise(), AGAIN_MS);
    }
  };
  const follow = (): void => {
    if (session.token() === token) return;
    token = session.token();
    if (token === null) return;
    poller.refresh();
    void recognise();
  };
  session.watch(follow);
  follow();
}
