/** Puts the business acts together: checked, tried, sent by the acting machinery, answered from the read model. */
import { programCalls } from './chain/programCalls.ts';
import { createProgramFactory } from './chain/programFactory.ts';
import { createProgramViews } from './chain/programViews.ts';
import type { Foundation } from './composition.ts';
import type { Acting } from './ports/acting.ts';
import { createAccountMoving } from './services/accountMoving.ts';
import { createActedTransactions } from './services/actedTransactions.ts';
import { createActingMembers } from './services/actingMembers.ts';
import { createAnnouncing } from './services/announcing.ts';
import { createBusinessActs } from './services/businessActs.ts';
import type { BusinessServices } from './services/businessServices.ts';
import type { Catalogue } from './services/catalogue.ts';
import { createCatalogueActs } from './services/catalogueActs.ts';
import { createChangeActs } from './services/changeActs.ts';
import type { Changes } from './services/changes.ts';
import type { Drops } from './services/drops.ts';
import { createProgramCreating } from './services/programCreating.ts';
import type { Programs } from './services/programs.ts';
import { createReserveActs } from './services/reserveActs.ts';
import { createRoundActs } from './services/roundActs.ts';
import type { Rounds } from './services/rounds.ts';

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
