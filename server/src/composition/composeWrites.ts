/** Composes the writes to the chain: checked, simulated, sent by the submitter, answered from the read model. */
import { contractCodec } from '../chain/programs/contractCodec.ts';
import { createProgramFactory } from '../chain/programs/programFactory.ts';
import { createProgramViews } from '../chain/programs/programViews.ts';
import type { WriteServices } from '../graphql/core/context.ts';
import type { Submitter } from '../ports/chain/submitter.ts';
import { createDepositTurns } from '../services/buyback/depositTurns.ts';
import { createMemberWallets } from '../services/members/memberWallets.ts';
import type { Drops } from '../services/statements/drops.ts';
import { createContractWriter } from '../services/transactions/contractWriter.ts';
import { createProgramCalls } from '../services/transactions/programCalls.ts';
import { createTransactions } from '../services/transactions/transactions.ts';
import type { Foundation } from './composeServices.ts';

/** Composes the services of writes. @param drops Settles earned points of members. */
export function composeWrites(
  { store, chain, keystore, deployment, wallNowMs }: Foundation,
  submitter: Submitter,
  drops: Drops,
): WriteServices {
  const { gateway, rpc, local, chainId } = chain;
  const { signer } = keystore;
  const { members, leases, transactions } = store;
  const views = createProgramViews(rpc, local ? 'pending' : 'latest');
  const operator = signer.addressOf('operator');
  const writer = createContractWriter({ submitter, gateway, signer });
  const calls = createProgramCalls(contractCodec);
  return {
    calls,
    depositTurns: createDepositTurns({
      ...{ chainId, operator, leases, transactions, views, wallNowMs },
    }),
    factory: createProgramFactory(deployment, signer.recorderAddress()),
    memberWallets: createMemberWallets({ writer, calls, members, drops }),
    transactions: createTransactions({ transactions, submitter, members }),
    views,
    writer,
  };
}
