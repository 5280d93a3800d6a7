import { ApiError, type Client } from '../../shared/graphql/client.ts';
import { createPoller, thisPage, type Poller } from '../../shared/polling/poller.ts';
import { tabStorage, type TabStorage } from '../../shared/storage/tabStorage.ts';
import { createIntents } from '../../shared/transactions/intents.ts';
import { createWrites } from '../../shared/transactions/writes.ts';
import { createSignedWrites, type SignedWrites } from '../writes/signedWrites.ts';
import { createConsoleClient, type AskedScope } from './consoleClient.ts';
import { scopeName } from './scopeName.ts';

/** All that a page asks and writes, for one person, organisation or program. */
export interface ConsoleApi {
  readonly client: Client;
  /** Asks again and again what is shown: every 15 seconds, every 2 while something is under way, and less while hidden. */
  readonly poller: Poller;
  /** What is under way: each once, through lost answers, reloads, double clicks, sessions that end, and what a wallet signs first. */
  readonly writes: SignedWrites;
}

/** The ways to the API of this page, one for each organisation and program that it was about. */
export interface ConsoleApis {
  /** Always the same one for the same scope: what is under way in it goes on while another is shown. */
  of(scope: AskedScope): ConsoleApi;
  /** Goes on with what waited for a person to sign in. */
  resume(): void;
}

/** Tells of each question that is turned away, as the session is over. */
const telling = (client: Client, onTurnedAway: () => void): Client => ({
  ask: async (...question) => {
    try {
      return await client.ask(...question);
    } catch (error) {
      if (error instanceof ApiError && error.code === 'UNAUTHENTICATED') onTurnedAway();
      throw error;
    }
  },
});

function createApi(scope: AskedScope, { personId, storage, onTurnedAway }: ApiDeps): ConsoleApi {
  const client = telling(createConsoleClient(scope), onTurnedAway);
  const page = thisPage();
  const poller = createPoller({ client, page, mayAsk: () => true });
  const sent = createWrites({ client, page, onProgress: poller.refresh });
  const writes = createSignedWrites({ writes: sent, client });
  // Of another person who signs in here, nothing goes on.
  const owner = `${personId} ${scopeName(scope)}`;
  writes.begin(createIntents(storage, owner));
  return { client, poller, writes };
}

interface ApiDeps {
  readonly personId: string;
  readonly storage: TabStorage;
  readonly onTurnedAway: () => void;
}

function createConsoleApis({ personId, ...deps }: Omit<ApiDeps, 'storage'>): ConsoleApis {
  const storage = tabStorage();
  const apis = new Map<string, ConsoleApi>();
  return {
    of: (scope) => {
      const key = scopeName(scope);
      const known = apis.get(key);
      if (known !== undefined) return known;
      const api = createApi(scope, { ...deps, personId, storage });
      apis.set(key, api);
      return api;
    },
    resume: () => {
      for (const { poller, writes } of apis.values()) {
        poller.refresh();
        writes.resume();
      }
    },
  };
}

/**
 * Those of this page, by person. What is shown may be begun several times before it is there, and each would go on with what the person
 * wrote before.
 */
const ofThisPage = new Map<string, ConsoleApis>();

/**
 * Gives the ways to the API of a person: always the same ones in a page.
 *
 * @param personId of the one who is signed in; empty while nobody is
 * @param onTurnedAway is called when the session turns out to be over
 */
export function consoleApisOf(personId: string, onTurnedAway: () => void): ConsoleApis {
  const known = ofThisPage.get(personId);
  if (known !== undefined) return known;
  const apis = createConsoleApis({ personId, onTurnedAway });
  ofThisPage.set(personId, apis);
  return apis;
}
