import type { ProgramFactory, ProgramViews } from '../../ports/chain/programViews.ts';
import type { MemberWallets } from '../../services/members/memberWallets.ts';
import type { ContractWriter } from '../../services/transactions/contractWriter.ts';
import type { ProgramCalls } from '../../services/transactions/programCalls.ts';
import type { Transactions } from '../../services/transactions/transactions.ts';
import { ServiceError, UserError } from '../../domain/errors.ts';
import { nameForm } from '../../domain/names.ts';
import type { Program } from '../../domain/program.ts';
import type { Metrics } from '../../lib/metrics.ts';
import type { ChainClock } from '../../ports/chain/clock.ts';
import type { Signer } from '../../ports/chain/signer.ts';
import type { SigningStore } from '../../ports/stores/transactions.ts';
import type { OrderNoteStore } from '../../ports/stores/catalogue.ts';
import type { TotalsStore } from '../../ports/stores/indexer.ts';
import type { Environment } from '../../domain/environment.ts';
import type { CallerScope } from '../../domain/organisations/scopes.ts';
import type { Caller } from '../../services/access/callers.ts';
import type { LinkTickets } from '../../services/access/linkTickets.ts';
import type { MemberSessions } from '../../services/access/memberSessions.ts';
import type { WalletSignIn } from '../../services/access/walletSignIn.ts';
import type { GasTank } from '../../services/transactions/gasTank.ts';
import type { AuditLog } from '../../services/auditLog/auditLog.ts';
import type { KeyManager } from '../../services/access/manageKeys.ts';
import type { MemberEraser } from '../../services/members/eraseMember.ts';
import type { MemberKeyExport } from '../../services/members/exportMemberKey.ts';
import type { MemberMerger } from '../../services/members/mergeMembers.ts';
import type { Organisations } from '../../services/organisations/organisations.ts';
import type { Team } from '../../services/organisations/team.ts';
import type { Once } from '../../services/transactions/once.ts';
import type { Catalogue } from '../../services/catalogue/catalogue.ts';
import type { Changes } from '../../services/terms/changes.ts';
import type { Documents } from '../../services/terms/documents.ts';
import type { TermsDrafts } from '../../services/terms/termsDrafts.ts';
import type { PreviewRuleSet } from '../../services/terms/previewRuleSet.ts';
import type { Drops } from '../../services/statements/drops.ts';
import type { MemberActivity } from '../../services/members/memberActivity.ts';
import type { MemberList } from '../../services/members/memberList.ts';
import type { Members } from '../../services/members/members.ts';
import type { ReadOperatorAccount } from '../../services/programs/operatorAccounts.ts';
import type { MoveClock } from '../../services/programs/moveClock.ts';
import type { Looks } from '../../services/programs/looks.ts';
import type { Programs } from '../../services/programs/programs.ts';
import type { Receipt, Receipts } from '../../services/statements/receipts.ts';
import type { ReadSettlementProgress } from '../../services/statements/settlementProgress.ts';
import type { NotedRejections } from '../../services/actions/rejections.ts';
import type { MemberActions } from '../../services/actions/memberActions.ts';
import type { Billing } from '../../services/billing/billing.ts';
import type { TopUps } from '../../services/billing/topUps/topUps.ts';
import type { RecordingStops } from '../../services/billing/recordingStops.ts';
import type { RecordActions } from '../../services/actions/recordActions.ts';
import type { AnchoredLogs } from '../../services/actions/anchoredLogs.ts';
import type { Allowances } from '../../services/transactions/allowances.ts';
import type { Liabilities } from '../../services/buyback/liability.ts';
import type { MemberMoney } from '../../services/buyback/memberMoney.ts';
import type { SendMoney } from '../../services/buyback/sendMoney.ts';
import type { DepositTurns } from '../../services/buyback/depositTurns.ts';
import type { Rounds } from '../../services/buyback/rounds.ts';
import type { ReviewActions } from '../../services/actions/reviewActions.ts';
import type { EndpointManager } from '../../services/webhooks/manageEndpoints.ts';
import type { Deliveries } from '../../services/webhooks/resendDeliveries.ts';
import type { SharedCalls } from './sharedCalls.ts';

/** Services of the use cases that write to the chain. */
export interface WriteServices {
  readonly calls: ProgramCalls;
  readonly allowances: Allowances;
  readonly depositTurns: DepositTurns;
  readonly factory: ProgramFactory;
  readonly memberMoney: MemberMoney;
  readonly memberWallets: MemberWallets;
  readonly once: Once;
  readonly sendMoney: SendMoney;
  readonly sharedCalls: SharedCalls;
  readonly signer: Pick<Signer, 'addressOf'>;
  readonly signingRequests: Pick<SigningStore, 'find'>;
  readonly transactions: Transactions;
  readonly views: ProgramViews;
  readonly writer: ContractWriter;
}

/** Services that resolvers call. Those of another chain are others: they know its time, its contracts and its accounts. */
export interface GraphqlServices extends WriteServices {
  readonly chainId: number;
  readonly keyManager: KeyManager;
  readonly auditLog: AuditLog;
  readonly recordActions: Pick<RecordActions, 'record'>;
  readonly recordingStops: RecordingStops;
  readonly reviewActions: Pick<ReviewActions, 'decide'>;
  readonly memberActions: MemberActions;
  readonly memberActivity: MemberActivity;
  readonly memberList: MemberList;
  readonly notedRejections: Pick<NotedRejections, 'ofLastWeek'>;
  readonly drops: Pick<Drops, 'collect' | 'dropsOf' | 'maturities'>;
  readonly receipts: Pick<Receipts, 'receiptOf'>;
  readonly members: Pick<Members, 'find' | 'findById' | 'balance' | 'history'>;
  readonly programs: Pick<
    Programs,
    'get' | 'listOf' | 'hasLive' | 'newest' | 'findByAddress' | 'register'
  >;
  readonly liabilities: Liabilities;
  readonly looks: Looks;
  readonly moveClock: MoveClock;
  readonly operatorAccount: ReadOperatorAccount;
  readonly memberEraser: Pick<MemberEraser, 'erase'>;
  readonly memberKeyExport: MemberKeyExport;
  readonly memberMerger: Pick<MemberMerger, 'merge'>;
  readonly settlementProgress: ReadSettlementProgress;
  readonly anchoredLogs: Pick<AnchoredLogs, 'anchorOf' | 'proofOf'>;
  readonly changes: Changes;
  readonly documents: Documents;
  readonly termsDrafts: TermsDrafts;
  readonly previewRuleSet: PreviewRuleSet;
  readonly rounds: Rounds;
  readonly endpointManager: EndpointManager;
  readonly deliveries: Deliveries;
  readonly catalogue: Catalogue;
  readonly orderNotes: Pick<OrderNoteStore, 'save' | 'remove'>;
  readonly totals: Pick<TotalsStore, 'supply' | 'asOf' | 'holders' | 'balancesOf'>;
  readonly gasTank: GasTank;
  readonly memberSessions: MemberSessions;
  readonly linkTickets: LinkTickets;
  readonly walletSignIn: WalletSignIn;
  readonly clock: ChainClock;
  /** The same on each chain, as `team` is. */
  readonly organisations: Organisations;
  readonly team: Team;
  readonly billing: Billing;
  readonly topUps: TopUps;
  readonly metrics: Pick<Metrics, 'countActions' | 'countRejected'>;
}

/** Finds the services of a chain. */
export interface ServiceDirectory {
  /** Finds the services of the chain with this id. @throws when the service has no such chain */
  of(chainId: number): GraphqlServices;
  /** Finds the services of an environment; null while it has no chain. */
  in(environment: Environment): GraphqlServices | null;
}

/** Context of one request: who makes it, its program, and the services of the program's chain. */
export interface GraphqlContext extends GraphqlServices {
  /** Null for a request without credentials, which reads public fields only. */
  readonly caller: Caller | null;
  /**
   * The program of the request, the only one of which it reads more than public fields.
   *
   * @throws ServiceError UNAUTHENTICATED without credentials, PROGRAM_NOT_NAMED when the caller has not said which
   */
  readonly program: Program;
  /**
   * Id of the organisation of the request.
   *
   * @throws ServiceError UNAUTHENTICATED without credentials, ORGANISATION_NOT_NAMED when the caller has not said which
   */
  readonly organisationId: string;
  /**
   * Finds the member that a request is about, by the app's id: a member names nobody or itself, all others name one.
   *
   * @throws ServiceError FORBIDDEN for a member that names another, whether there is such a member or not
   * @throws UserError REQUIRED for any other caller that names none
   */
  memberIdOf(given: string | null | undefined): string;
  /** Tells whether the caller has a scope. */
  may(scope: CallerScope): boolean;
  /** Finds the services of a program's chain: what is public of a program is read with these, by every caller. */
  on(program: Pick<Program, 'chainId'>): GraphqlServices;
  /** Finds the services of an environment; null while it has no chain. */
  in(environment: Environment): GraphqlServices | null;
  /** Signs the receipt of a member, named by the app's id, for an epoch; at most once in a request. */
  receiptFor(externalId: string, epoch: number): Promise<Receipt | null>;
}

/** Limits a request to 80 ms of one core: a signature takes 2 ms. */
export const MAX_RECEIPTS_PER_CALL = 40;

/** Refuses a request without credentials that asks for more than public fields. */
export const noKey = (): ServiceError =>
  new ServiceError({
    code: 'UNAUTHENTICATED',
    message: 'Send an API key in the header "Authorization: Bearer dw_test_...".',
  });

const programNotNamed = (): ServiceError =>
  new ServiceError({
    code: 'PROGRAM_NOT_NAMED',
    message: 'Name the program by its id in the header "dewpoint-program".',
  });
const organisationNotNamed = (): ServiceError =>
  new ServiceError({
    code: 'ORGANISATION_NOT_NAMED',
    message: 'Name the organisation by its id or slug in the header "dewpoint-organisation".',
  });

/** A chain is set when the service is started anew. */
const NO_CHAIN_RETRY_MS = 60_000;

/** Finds the services for a request: of its program's chain, else of its environment's, else of the test chain. */
function servicesFor(directory: ServiceDirectory, caller: Caller | null): GraphqlServices {
  const program = caller?.program ?? null;
  if (program !== null) return directory.of(program.chainId);
  const services = directory.in(caller?.environment ?? 'test');
  if (services !== null) return services;
  throw new ServiceError({
    code: 'CHAIN_UNAVAILABLE',
    message: 'The service has no live chain; its operator sets one with LIVE_RPC_URL.',
    retryAfterMs: NO_CHAIN_RETRY_MS,
  });
}

/** See {@link GraphqlContext.memberIdOf}. */
function memberIdFor(caller: Caller | null, given: string | null | undefined): string {
  if (caller?.kind === 'MEMBER') {
    if (given == null || nameForm(given) === caller.externalId) return caller.externalId;
    throw new ServiceError({
      code: 'FORBIDDEN',
      message: 'A session of a member is for this member alone; leave memberId out.',
    });
  }
  if (given != null) return given;
  throw new UserError({
    code: 'REQUIRED',
    field: 'memberId',
    message: "memberId is missing; it must be the app's own id of the member.",
  });
}

/** Joins who makes a request, and its program, when it has them, to the services. */
export function createContext(directory: ServiceDirectory, caller: Caller | null): GraphqlContext {
  const services = servicesFor(directory, caller);
  const receipts = new Map<string, Promise<Receipt | null>>();

  function known(): Caller {
    if (caller === null) throw noKey();
    return caller;
  }
  const namedProgram = (): Program => {
    const { program } = known();
    if (program === null) throw programNotNamed();
    return program;
  };
  async function sign(externalId: string, epoch: number): Promise<Receipt | null> {
    const program = namedProgram();
    const member = await services.members.find(program, externalId);
    return member === null ? null : services.receipts.receiptOf(program, member, epoch);
  }

  // On the prototype: Apollo copies the fields of a context, which would ask for both in every call.
  const identity: Pick<GraphqlContext, 'organisationId' | 'program'> = {
    get organisationId() {
      const { organisationId } = known();
      if (organisationId === null) throw organisationNotNamed();
      return organisationId;
    },
    get program() {
      return namedProgram();
    },
  };
  const fields: Omit<GraphqlContext, 'organisationId' | 'program'> = {
    ...services,
    caller,
    memberIdOf: (given) => memberIdFor(caller, given),
    may: (scope) => caller?.scopes.has(scope) ?? false,
    in: (environment) => directory.in(environment),
    on: ({ chainId }) => (chainId === services.chainId ? services : directory.of(chainId)),
    receiptFor(externalId, epoch) {
      const name = `${epoch}:${externalId}`;
      let receipt = receipts.get(name);
      if (receipt !== undefined) return receipt;
      if (receipts.size >= MAX_RECEIPTS_PER_CALL) {
        throw new UserError({
          code: 'LIMIT_EXCEEDED',
          message: `A request can ask for at most ${MAX_RECEIPTS_PER_CALL} receipts; leave "receipt" out and fetch the rest in further requests.`,
          field: 'receipt',
        });
      }
      receipt = sign(externalId, epoch);
      receipts.set(name, receipt);
      return receipt;
    },
  };
  return Object.assign(Object.create(identity) as typeof identity, fields);
}
