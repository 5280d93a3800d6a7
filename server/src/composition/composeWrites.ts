/** Puts the business acts together: checked, tried, sent by the acting machinery, answered from the read model. */
import { programCalls } from '../chain/programs/programCalls.ts';
import { createProgramFactory } from '../chain/programs/programFactory.ts';
import { createProgramViews } from '../chain/programs/programViews.ts';
import type { Foundation } from './composeServices.ts';
import type { Acting } from '../ports/chain/submitter.ts';
import { createAccountMoving } from '../services/members/moveAccount.ts';
import { createActedTransactions } from '../services/transactions/transactions.ts';
import { createActingMembers } from '../services/members/memberWallets.ts';
import { createAnnouncing } from '../services/terms/announceChange.ts';
import { createBusinessActs } from '../services/transactions/contractWriter.ts';
import type { BusinessServices } from '../graphql/core/context.ts';
import type { Catalogue } from '../services/catalogue/catalogue.ts';
import { createCatalogueActs } from '../services/catalogue/catalogueWrites.ts';
import { createChangeActs } from '../services/terms/changeWrites.ts';
import type { Changes } from '../services/terms/changes.ts';
import type { Drops } from '../services/statements/drops.ts';
import { createProgramCreating } from '../services/programs/createProgram.ts';
import type { Programs } from '../services/programs/programs.ts';
import { createReserveActs } from '../services/buyback/reserveWrites.ts';
import { createRoundActs } from '../services/buyback/roundWrites.ts';
import type { Rounds } from '../services/buyback/rounds.ts';

/** @param reading What answers with the state of the chain, and what members have coming. */
export function createBusinessServices(
  foundation: Foundation,
  acting: Acting,
  reading: {
    readonly catalogue: Catalogue;
    readonly changes: Changes;
    readonly drops: Drops;
    readonly programs: Programs;
    readonly rounds: Rounds;
  },
): BusinessServices {
  const { store, chain, keystore, deployment } = foundation;
  const { gateway, clock, rpc, local } = chain;
  const acts = createBusinessActs({ acting, gateway });
  const calls = programCalls;
  const views = createProgramViews(rpc, local ? 'pending' : 'latest');
  const factory = createProgramFactory(deployment, keystore.signer.recorderAddress());
  const { members } = store;
  const actingMembers = createActingMembers({ acts, calls, members, drops: reading.drops });
  const deps = { ...reading, acts, actingMembers, calls, views, factory, clock, members };
  return {
    accountMoving: createAccountMoving(deps),
    actedTransactions: createActedTransactions(store),
    announcing: createAnnouncing({ ...deps, operator: deployment.operator }),
    catalogueActs: createCatalogueActs(deps),
    changeActs: createChangeActs(deps),
    programCreating: createProgramCreating(deps),
    reserveActs: createReserveActs(deps),
    roundActs: createRoundActs(deps),
  };
}
