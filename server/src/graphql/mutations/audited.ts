import type { SubmittedTransaction } from '../../ports/chain/submitter.ts';
import type { Refusal } from '../../domain/errors.ts';
import type { AuditActor, AuditOutcome } from '../../domain/organisations/auditLog.ts';
import { currentRequest } from '../../lib/requestScope.ts';
import type { Caller } from '../../services/access/callers.ts';
import type { GraphqlContext } from '../core/context.ts';
import type { OpenTo } from '../core/builder.ts';
import type { MutationDeclaration } from './mutation.ts';

const AUDITED_SCOPES: readonly OpenTo[] = [
  ...(['organisation:write', 'program:write', 'orders:write', 'webhooks:write'] as const),
];

/**
 * Tells whether calls of a mutation are written to the audit log: those that act for the organisation, and of those for a member the
 * ones that are declared so.
 */
export const isAudited = ({
  kind,
  scope,
  isAudited: isDeclared = false,
}: Pick<MutationDeclaration, 'kind' | 'scope' | 'isAudited'>): boolean =>
  kind === 'OPERATOR' || AUDITED_SCOPES.includes(scope) || isDeclared;

/**
 * Tells whether a call is written down: of a member's, who acts for itself and could fill the log of the organisation, those alone
 * that are declared so.
 */
const isWritten = (mutation: MutationDeclaration, { kind }: Caller): boolean =>
  kind === 'MEMBER' ? mutation.isAudited === true : isAudited(mutation);

/** Of a member the account, never the app's id: the log is for ever, and what is known of a member can be erased. */
async function actorOf(
  caller: Caller,
  { members }: Pick<GraphqlContext, 'members'>,
): Promise<AuditActor> {
  switch (caller.kind) {
    case 'KEY':
      return { kind: 'KEY', id: caller.key.id, name: caller.key.name };
    case 'PERSON':
      return { kind: 'PERSON', id: caller.person.id, name: caller.person.name };
    case 'MEMBER': {
      const member = await members.find(caller.program, caller.externalId);
      return { kind: 'MEMBER', id: caller.sessionId, name: member?.account ?? '' };
    }
  }
}

/** What the payload of every mutation has, and those that send a transaction besides. */
interface AuditedResult {
  readonly userErrors: readonly Refusal[];
  readonly transaction?: Pick<SubmittedTransaction, 'id'> | null;
}

/** What is written down of a call beside its caller. */
interface Recorded<Result> {
  /** Name of the mutation. */
  readonly mutation: string;
  readonly input: unknown;
  /** Reads the state of what it changes: before (without a result) and after. */
  readonly state: (result: Result | null) => Promise<unknown>;
}

/** Does something between the two entries of an organisation's audit log. */
export async function recordCall<Result>(
  context: Pick<GraphqlContext, 'auditLog' | 'members'>,
  by: { readonly caller: Caller; readonly organisationId: string },
  { mutation, input, state }: Recorded<Result>,
  outcomeOf: (result: Result) => Pick<AuditOutcome, 'userErrors' | 'transactionId'>,
  work: () => Promise<Result>,
): Promise<Result> {
  const { caller, organisationId } = by;
  const { ip = null, userAgent = null, requestId = null } = currentRequest() ?? {};
  return context.auditLog.record(
    {
      organisationId,
      environment: caller.environment,
      programId: caller.program?.id ?? null,
      mutation,
      actor: await actorOf(caller, context),
      from: { ip, userAgent, requestId },
      ...{ input, state, outcomeOf },
    },
    work,
  );
}

/** Tells whether a call only asks what would happen. */
const isDryRun = (input: unknown): boolean =>
  (input as { readonly dryRun?: boolean | null } | null)?.dryRun === true;

/** Runs a mutation between the two entries of the audit log, where its calls are written down, save those that do nothing. */
export function audited<Result extends AuditedResult>(
  mutation: MutationDeclaration,
  { input, state }: Omit<Recorded<Result>, 'mutation'>,
  context: GraphqlContext,
  work: () => Promise<Result>,
): Promise<Result> {
  const { caller } = context;
  // Consoles try changes out with every number that is typed: the log has what was done.
  if (isDryRun(input)) return work();
  // A person who acts for no organisation, as in founding one, has no log to write to.
  if (caller === null || caller.organisationId === null) return work();
  if (!isWritten(mutation, caller)) return work();
  return recordCall<Result>(
    context,
    { caller, organisationId: caller.organisationId },
    { mutation: mutation.name, input, state },
    ({ userErrors, transaction }) => ({
      userErrors: userErrors.map(({ field, code }) => ({ field, code })),
      transactionId: transaction?.id ?? null,
    }),
    work,
  );
}
