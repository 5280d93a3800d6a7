/** Composes who may do what: keys of apps, and sessions of members. */
import { createSignInMessages } from '../chain/keys/signInMessages.ts';
import { createAllowedOrigins } from '../services/access/allowedOrigins.ts';
import { createApiKeys, type ApiKeys } from '../services/access/apiKeys.ts';
import { createLinkTickets, type LinkTickets } from '../services/access/linkTickets.ts';
import { createMemberSessions, type MemberSessions } from '../services/access/memberSessions.ts';
import { createWalletSignIn, type WalletSignIn } from '../services/access/walletSignIn.ts';
import type { Looks } from '../services/programs/looks.ts';
import type { Once } from '../services/transactions/once.ts';
import type { Foundation } from './composeServices.ts';

/** Services that let callers in. */
export interface AccessServices {
  readonly apiKeys: ApiKeys;
  readonly memberSessions: MemberSessions;
  readonly linkTickets: LinkTickets;
  readonly walletSignIn: WalletSignIn;
}

/** Composes the services that let callers in. */
export function composeAccess(
  { store, chain, keystore, publicUrl, wallNowMs }: Foundation,
  { once, looks }: { readonly once: Once; readonly looks: Pick<Looks, 'of'> },
): AccessServices {
  const { secretOf } = keystore;
  const { members, oneUseTokens } = store;
  const memberSessions = createMemberSessions({ ...store, once, secretOf, wallNowMs });
  const deps = { once, secretOf, wallNowMs, oneUseTokens, memberSessions };
  return {
    apiKeys: createApiKeys(store),
    memberSessions,
    linkTickets: createLinkTickets(deps),
    walletSignIn: createWalletSignIn({
      ...{ ...deps, members },
      signInMessages: createSignInMessages(chain.rpc, chain.local ? 'pending' : 'latest'),
      origins: createAllowedOrigins({ looks, publicUrl, isLocal: chain.local }),
    }),
  };
}
