/** All mutations by their folders, with the service that each folder needs. */
import { ACCESS_CALLS } from './calls/accessCalls.ts';
import { ACTION_CALLS } from './calls/actionCalls.ts';
import { BILLING_CALLS } from './calls/billingCalls.ts';
import { BUYBACK_CALLS } from './calls/buybackCalls.ts';
import { CATALOGUE_CALLS } from './calls/catalogueCalls.ts';
import { MEMBER_CALLS } from './calls/memberCalls.ts';
import { ORGANISATION_CALLS } from './calls/organisationCalls.ts';
import { PROGRAM_CALLS } from './calls/programCalls.ts';
import { TERM_CALLS } from './calls/termCalls.ts';
import { WEBHOOK_CALLS } from './calls/webhookCalls.ts';
import type { ParallelMutations } from './parallelSuite.ts';

/** Where one effect is counted, nothing may be done by a keeper before the mutation that does it. */
export const PARALLEL_MUTATIONS = {
  access: { calls: ACCESS_CALLS, options: { hasKeeper: true } },
  actions: { calls: ACTION_CALLS, options: { hasKeeper: true } },
  billing: { calls: BILLING_CALLS, options: { hasKeeper: true } },
  buyback: { calls: BUYBACK_CALLS, options: { hasKeeper: false } },
  catalogue: { calls: CATALOGUE_CALLS, options: { hasKeeper: true } },
  members: { calls: MEMBER_CALLS, options: { hasKeeper: false } },
  organisations: { calls: ORGANISATION_CALLS, options: { hasKeeper: true } },
  programs: { calls: PROGRAM_CALLS, options: { hasKeeper: true, hasOneOrganisation: true } },
  terms: { calls: TERM_CALLS, options: { hasKeeper: false } },
  webhooks: { calls: WEBHOOK_CALLS, options: { hasKeeper: true } },
} as const satisfies Readonly<Record<string, ParallelMutations>>;
