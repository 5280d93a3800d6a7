import type { ProgramFactory, ProgramViews } from '../../ports/chain/programViews.ts';
import type { MemberWallets } from '../../services/members/memberWallets.ts';
import type { ContractWriter } from '../../services/transactions/contractWriter.ts';
import type { ProgramCalls } from '../../services/transactions/programCalls.ts';
import type { Transactions } from '../../services/transactions/transactions.ts';
import { ServiceError, UserError } from '../../domain/errors.ts';
import type { Program } from '../../domain/program.ts';
import type { RecordingOutcome } from '../../lib/metrics.ts';
import type { ChainClock } from '../../ports/chain/clock.ts';
import type { TotalsStore } from '../../ports/stores/indexer.ts';
import type { ApiKeyRecord } from '../../ports/stores/access.ts';
import type { Catalogue } from '../../services/catalogue/catalogue.ts';
import type { Changes } from '../../services/terms/changes.ts';
import type { Documents } from '../../services/terms/documents.ts';
import type { Drops } from '../../services/statements/drops.ts';
import type { Members } from '../../services/members/members.ts';
import type { Programs } from '../../services/programs/programs.ts';
import type { Receipt, Receipts } from '../../services/statements/receipts.ts';
import type { ReadSettlementProgress } from '../../services/statements/settlementProgress.ts';
import type { RecordActions } from '../../services/actions/recordActions.ts';
import type { AnchoredLogs } from '../../services/actions/anchoredLogs.ts';
import type { Allowances } from '../../services/transactions/allowances.ts';
import type { MemberMoney } from '../../services/buyback/memberMoney.ts';
import type { SendMoney } from '../../services/buyback/sendMoney.ts';
import type { DepositTurns } from '../../services/buyback/depositTurns.ts';
import type { Rounds } from '../../services/buyback/rounds.ts';
import type { VoidActions } from '../../services/actions/voidActions.ts';

/** Services of the use cases that write to the chain. */
export interface WriteServices {
  readonly calls: ProgramCalls;
  readonly allowances: Allowances;
  readonly depositTurns: DepositTurns;
  readonly factory: ProgramFactory;
  readonly memberMoney: MemberMoney;
  readonly memberWallets: MemberWallets;
  readonly sendMoney: SendMoney;
  readonly transactions: Transactions;
  readonly views: ProgramViews;
  readonly writer: ContractWriter;
}

/** Services that resolvers call. */
export interface GraphqlServices extends WriteServices {
  readonly recordActions: Pick<RecordActions, 'record'>;
  readonly voidActions: Pick<VoidActions, 'void'>;
  readonly drops: Pick<Drops, 'collect' | 'dropsOf'>;
  readonly receipts: Pick<Receipts, 'receiptOf'>;
  readonly members: Pick<Members, 'find' | 'findById' | 'balance' | 'history'>;
  readonly programs: Pick<Programs, 'get' | 'findByAddress' | 'register'>;
  readonly settlementProgress: ReadSettlementProgress;
  readonly anchoredLogs: Pick<AnchoredLogs, 'anchorOf' | 'proofOf'>;
  readonly changes: Changes;
  readonly documents: Documents;
  readonly rounds: Rounds;
  readonly catalogue: Catalogue;
  readonly totals: Pick<TotalsStore, 'supply' | 'asOf'>;
  readonly clock: ChainClock;
  readonly metrics: { countActions(outcome: RecordingOutcome, count: number): void };
}

/** The API key of a request and its program. */
export interface Caller {
  readonly key: ApiKeyRecord;
  readonly program: Program;
}

/** Context of one request: its key, its program and the services. */
export interface GraphqlContext extends GraphqlServices {
  /** Null for a request without a key, which reads public fields only. */
  readonly caller: Caller | null;
  /** @throws ServiceError UNAUTHENTICATED for a request without a key */
  readonly key: ApiKeyRecord;
  /**
   * The program of the key, the only one of which this request reads more than public fields.
   *
   * @throws ServiceError UNAUTHENTICATED for a request without a key
   */
  readonly program: Program;
  /** Signs the receipt of a member, named by the app's id, for an epoch; at most once in a request. */
  receiptFor(externalId: string, epoch: number): Promise<Receipt | null>;
}

/** Limits a request to 80 ms of one core: a signature takes 2 ms. */
export const MAX_RECEIPTS_PER_CALL = 40;

/** Refuses a request without a key that asks for more than public fields. */
export const noKey = (): ServiceError =>
  new ServiceError({
    code: 'UNAUTHENTICATED',
    message: 'Send an API key in the header "Authorization: Bearer dw_test_...".',
  });

/** Joins the key and the program of a request, when it has them, to the services. */
export function createContext(services: GraphqlServices, caller: Caller | null): GraphqlContext {
  const receipts = new Map<string, Promise<Receipt | null>>();

  function known(): Caller {
    if (caller === null) throw noKey();
    return caller;
  }
  async function sign(externalId: string, epoch: number): Promise<Receipt | null> {
    const { program } = known();
    const member = await services.members.find(program, externalId);
    return member === null ? null : services.receipts.receiptOf(program, member, epoch);
  }

  // On the prototype: Apollo copies the fields of a context, which would ask for both in every call.
  const identity: Pick<GraphqlContext, 'key' | 'program'> = {
    get key() {
      return known().key;
    },
    get program() {
      return known().program;
    },
  };
  const fields: Omit<GraphqlContext, 'key' | 'program'> = {
    ...services,
    caller,
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
