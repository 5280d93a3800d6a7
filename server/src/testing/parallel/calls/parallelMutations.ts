/** All mutations by their folders, with the service that each folder needs. */
import { ACCESS_CALLS } from './accessCalls.ts';
import { ACTION_CALLS } from './actionCalls.ts';
import { BILLING_CALLS } from './billingCalls.ts';
import { BUYBACK_CALLS } from './buybackCalls.ts';
import { CATALOGUE_CALLS } from './catalogueCalls.ts';
import { MEMBER_CALLS } from './memberCalls.ts';
import { ORGANISATION_CALLS } from './organisationCalls.ts';
import { PROGRAM_CALLS } from './programCalls.ts';
import { TERM_CALLS } from './termCalls.ts';
import { WEBHOOK_CALLS } from './webhookCalls.ts';
import type { ParallelMutations } from '../parallelSuite.ts';

/** Where one effect is counted, nothing may be done by a keeper before the mutation that does it. */
export const PARALLEL_MUTATIONS = {
  access: { calls: ACCESS_CALLS, options: { hasKeeper: true } },
  actions: { calls: ACTION_CALLS, options: { hasKeeper: true } },
  billing: { calls: BILLING_CALLS, options: { hasKeeper: true, hasLive: true } },
  buyback: { calls: BUYBACK_CALLS, options: { hasKeeper: false } },
  catalogue: { calls: CATALOGUE_CALLS, options: { hasKeeper: true } },
  members: { calls: MEMBER_CALLS, options: { hasKeeper: false } },
  organisations: { calls: ORGANISATION_CALLS, options: { hasKeeper: true } },
  programs: { calls: PROGRAM_CALLS, options: { hasKeeper: true, hasOneOrganisation: true } },
  terms: { calls: TERM_CALLS, options: { hasKeeper: false } },
  webhooks: { calls: WEBHOOK_CALLS, options: { hasKeeper: true } },
} as const satisfies Readonly<Record<string, ParallelMutations>>;
