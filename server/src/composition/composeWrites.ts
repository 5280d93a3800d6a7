/** Puts the business acts together: checked, tried, sent by the acting machinery, answered from the read model. */
import { programCalls } from '../chain/programs/programCalls.ts';
import { createProgramFactory } from '../chain/programs/programFactory.ts';
import { createProgramViews } from '../chain/programs/programViews.ts';
import type { Foundation } from './composeServices.ts';
import type { Submitter } from '../ports/chain/submitter.ts';
import { createMoveAccount } from '../services/members/moveAccount.ts';
import { createTransactions } from '../services/transactions/transactions.ts';
import { createMemberWallets } from '../services/members/memberWallets.ts';
import { createAnnounceChange } from '../services/terms/announceChange.ts';
import { createContractWriter } from '../services/transactions/contractWriter.ts';
import type { WriteServices } from '../graphql/core/context.ts';
import type { Catalogue } from '../services/catalogue/catalogue.ts';
import { createCatalogueWrites } from '../services/catalogue/catalogueWrites.ts';
import { createChangeWrites } from '../services/terms/changeWrites.ts';
import type { Changes } from '../services/terms/changes.ts';
import type { Drops } from '../services/statements/drops.ts';
import { createCreateProgram } from '../services/programs/createProgram.ts';
import type { Programs } from '../services/programs/programs.ts';
import { createReserveWrites } from '../services/buyback/reserveWrites.ts';
import { createRoundWrites } from '../services/buyback/roundWrites.ts';
import type { Rounds } from '../services/buyback/rounds.ts';

/** @param indexer What answers with the state of the chain, and what members have coming. */
export function composeWrites(
  foundation: Foundation,
  submitter: Submitter,
  indexer: {
    readonly catalogue: Catalogue;
    readonly changes: Changes;
    readonly drops: Drops;
    readonly programs: Programs;
    readonly rounds: Rounds;
  },
): WriteServices {
  const { store, chain, keystore, deployment } = foundation;
  const { gateway, clock, rpc, local } = chain;
  const writer = createContractWriter({ submitter, gateway });
  const calls = programCalls;
  const views = createProgramViews(rpc, local ? 'pending' : 'latest');
  const factory = createProgramFactory(deployment, keystore.signer.recorderAddress());
  const { members } = store;
  const memberWallets = createMemberWallets({ writer, calls, members, drops: indexer.drops });
  const deps = { ...indexer, writer, memberWallets, calls, views, factory, clock, members };
  return {
    moveAccount: createMoveAccount(deps),
    transactions: createTransactions(store),
    announceChange: createAnnounceChange({ ...deps, operator: deployment.operator }),
    catalogueWrites: createCatalogueWrites(deps),
    changeWrites: createChangeWrites(deps),
    createProgram: createCreateProgram(deps),
    reserveWrites: createReserveWrites(deps),
    roundWrites: createRoundWrites(deps),
  };
}
