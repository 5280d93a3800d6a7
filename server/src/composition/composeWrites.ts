/** Composes the writes to the chain: checked, simulated, sent by the submitter, answered from the read model. */
import { contractCodec } from '../chain/programs/contractCodec.ts';
import { createProgramFactory } from '../chain/programs/programFactory.ts';
import { createPermits } from '../chain/programs/permits.ts';
import { createProgramViews } from '../chain/programs/programViews.ts';
import type { WriteServices } from '../graphql/core/context.ts';
import { createSharedCalls } from '../graphql/core/sharedCalls.ts';
import type { Submitter } from '../ports/chain/submitter.ts';
import { createAllowances } from '../services/transactions/allowances.ts';
import { createDepositTurns } from '../services/buyback/depositTurns.ts';
import { createMemberMoney } from '../services/buyback/memberMoney.ts';
import { createFindSentMoney, createSendMoney } from '../services/buyback/sendMoney.ts';
import { createAccountMoney } from '../services/members/accountMoney.ts';
import { createMemberWallets } from '../services/members/memberWallets.ts';
import type { Drops } from '../services/statements/drops.ts';
import { createContractWriter } from '../services/transactions/contractWriter.ts';
import { createOnce } from '../services/transactions/once.ts';
import { createProgramCalls } from '../services/transactions/programCalls.ts';
import { createOwnSends } from '../services/transactions/relaying/ownSends.ts';
import { createRelayer } from '../services/transactions/relaying/relayer.ts';
import { createSubmitter } from '../services/transactions/submitter.ts';
import { createTransactions } from '../services/transactions/transactions.ts';
import type { Foundation } from './composeServices.ts';

type SubmitterDeps = Omit<Parameters<typeof createSubmitter>[0], 'relayer' | 'ownSends'> &
  Parameters<typeof createRelayer>[0] &
  Parameters<typeof createOwnSends>[0];

/** Composes what sends the writes of members, operators and anybody. */
export const composeSubmitter = (deps: SubmitterDeps): Submitter =>
  createSubmitter({ ...deps, relayer: createRelayer(deps), ownSends: createOwnSends(deps) });

/** Composes the services of writes. @param drops Settles earned points of members. */
export function composeWrites(
  { store, chain, keystore, deployment, wallNowMs }: Foundation,
  submitter: Submitter,
  drops: Drops,
): WriteServices {
  const { gateway, clock, rpc, local, chainId } = chain;
  const { signer } = keystore;
  const { members, leases, transactions, idempotency, rounds, totals } = store;
  const stateTag = local ? 'pending' : 'latest';
  const views = createProgramViews(rpc, stateTag);
  const permits = createPermits({ rpc, chainId, stateTag });
  const writer = createContractWriter({ chainId, submitter, gateway, signer, views });
  const calls = createProgramCalls(contractCodec);
  const memberWallets = createMemberWallets({ writer, calls, members, drops });
  const memberMoney = createMemberMoney({ rounds, totals, views });
  const allowances = createAllowances({ writer, calls, views, permits, signer, clock });
  const accountMoney = createAccountMoney({ writer, calls, allowances, permits });
  return {
    allowances,
    calls,
    depositTurns: createDepositTurns({ chainId, leases, transactions, wallNowMs }),
    factory: createProgramFactory(deployment),
    once: createOnce({ ...store, wallNowMs }),
    memberMoney,
    memberWallets,
    sendMoney: createSendMoney({
      ...{ writer, submitter, idempotency, memberWallets, memberMoney, accountMoney },
      ...{ views, calls, rounds, wallNowMs },
    }),
    sharedCalls: createSharedCalls(),
    signer,
    signingRequests: store.signingRequests,
    transactions: createTransactions({
      ...{ transactions, submitter, members, wallNowMs },
      findSentMoney: createFindSentMoney({ submitter, idempotency, rounds, wallNowMs }),
    }),
    views,
    writer,
  };
}
