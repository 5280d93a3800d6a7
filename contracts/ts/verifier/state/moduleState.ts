import {
  buybackInterface,
  catalogueInterface,
  charterInterface,
  pointsInterface,
} from '../../contractInterfaces.ts';
import type { Address } from '../../statement.ts';
import type { MoneyRead } from '../checks/buyback/reserve.ts';
import type { OpenShare, RoundRead } from '../checks/buyback/round.ts';
import type { ItemRead } from '../checks/catalogue/items.ts';
import type { OpenOrder, OrderCounts } from '../checks/catalogue/orders.ts';
import type { ChangeRead } from '../checks/terms/changeReads.ts';
import type { OpenObjection } from '../checks/terms/objections.ts';
import type { TermsVersion } from '../checks/terms/termsHistory.ts';
import { ContractReader } from '../rpc/contractReader.ts';
import { RequestFailed, type Rpc } from '../rpc/rpc.ts';
import type { ModuleSettings } from '../settings/moduleSettings.ts';

/** A share of a round as the contract answers it. */
export type ShareRead = Omit<OpenShare, 'round' | 'holder'>;

/** What the charter, the buyback and the catalogue answer. */
export interface ModuleReads {
  readonly changes: readonly ChangeRead[];
  readonly strikesInARow: number;
  readonly terms: readonly TermsVersion[];
  readonly rounds: ReadonlyMap<number, RoundRead>;
  readonly money: MoneyRead;
  readonly items: readonly ItemRead[];
  readonly orderCounts: OrderCounts;
  /** Base units by `change:holder`. */
  readonly objections: ReadonlyMap<string, bigint>;
  /** By `round:holder`. */
  readonly shares: ReadonlyMap<string, ShareRead>;
  /** By number. */
  readonly orders: ReadonlyMap<number, Pick<OpenOrder, 'member' | 'points'>>;
}

/** What the logs say must be asked for. */
export interface ModuleQuestions {
  readonly rounds: readonly number[];
  readonly objections: Iterable<OpenObjection>;
  readonly shares: Iterable<OpenShare>;
  readonly orders: Iterable<OpenOrder>;
}

const OPEN_ORDER = 1;
/** What nodes say of a call that its contract made fail. */
const FAILED_CALL = /revert|execution|opcode|out of gas/i;

/** Reads the state of a program's modules at the newest block. */
export class ModuleState {
  readonly charter: ContractReader;
  readonly buyback: ContractReader;
  readonly catalogue: ContractReader;
  readonly #token: ContractReader;

  constructor(rpc: Rpc, { charter, buyback, catalogue, settlementToken }: ModuleSettings) {
    this.charter = new ContractReader(rpc, charter, charterInterface);
    this.buyback = new ContractReader(rpc, buyback, buybackInterface);
    this.catalogue = new ContractReader(rpc, catalogue, catalogueInterface);
    this.#token = new ContractReader(rpc, settlementToken, pointsInterface);
  }

  async reads(questions: ModuleQuestions): Promise<ModuleReads> {
    const [
      changes,
      strikesInARow,
      terms,
      rounds,
      money,
      items,
      orderCounts,
      objections,
      shares,
      orders,
    ] = await Promise.all([
      this.#changes(),
      this.charter.number('strikesInARow'),
      this.#terms(),
      mapped(questions.rounds, async (round) => [round, await this.round(round)]),
      this.money(),
      this.#items(),
      this.orderCounts(),
      mapped(questions.objections, async ({ id, holder }) => [
        `${id}:${holder}`,
        await this.charter.amount('objectionOf', id, holder),
      ]),
      mapped(questions.shares, async ({ round, holder }) => [
        `${round}:${holder}`,
        await this.#share(round, holder),
      ]),
      this.#orders(questions.orders),
    ]);
    return {
      ...{ changes, strikesInARow, terms, rounds, money, items, orderCounts },
      ...{ objections, shares, orders },
    };
  }

  async #changes(): Promise<ChangeRead[]> {
    const count = await this.charter.number('changeCount');
    return upTo(count, (i) => this.change(i + 1));
  }

  async change(id: number): Promise<ChangeRead> {
    const [target, impact, state, lastRoundOwed, comparedVersion, ...others] =
      (await this.charter.struct('change', id)) as [string, bigint, bigint, boolean, bigint];
    const [firstEligibleRound, announcedAt, noticeEndsAt, diesAt, counted, objections, termsHash] =
      others as unknown as [bigint, bigint, bigint, bigint, bigint, bigint, string];
    return {
      target: target.toLowerCase() as Address,
      impact: Number(impact),
      state: Number(state),
      lastRoundOwed,
      comparedVersion: Number(comparedVersion),
      firstEligibleRound: Number(firstEligibleRound),
      announcedAt: Number(announcedAt),
      noticeEndsAt: Number(noticeEndsAt),
      diesAt: Number(diesAt),
      countedSupply: counted,
      objections,
      termsHash,
    };
  }

  async #terms(): Promise<TermsVersion[]> {
    const count = await this.buyback.number('termsCount');
    return upTo(count, (version) => this.termsVersion(version));
  }

  async termsVersion(version: number): Promise<TermsVersion> {
    const [fromRound, terms] = await this.buyback.read('terms', version);
    const [pricePerPoint, budgetPerRound, minTender] = terms as [bigint, bigint, bigint];
    return { version, fromRound: Number(fromRound), pricePerPoint, budgetPerRound, minTender };
  }

  async round(round: number): Promise<RoundRead> {
    const read = await this.buyback.struct('roundOf', round);
    const [, , version, settled, covered, tendered, filled, payout] = read as [
      ...[bigint, bigint, bigint, boolean, boolean],
      ...[bigint, bigint, bigint],
    ];
    return { version: Number(version), settled, covered, tendered, filled, payout };
  }

  async #share(round: number, holder: Address): Promise<ShareRead> {
    const read = await this.buyback.struct('shareOf', round, holder);
    const [amount, paid, returned, moneyClaimed, pointsClaimed] = read as [
      ...[bigint, bigint, bigint, boolean, boolean],
    ];
    return { amount, paid, returned, moneyClaimed, pointsClaimed };
  }

  async money(): Promise<MoneyRead> {
    const [reserve, owed, balance] = await Promise.all([
      this.buyback.amount('reserve'),
      this.buyback.amount('owed'),
      this.#tokenBalance(),
    ]);
    return { reserve, owed, balance };
  }

  /** The token is anybody's contract: whatever it does must not keep the rest from being verified. */
  async #tokenBalance(): Promise<bigint | null> {
    try {
      return await this.#token.amount('balanceOf', this.buyback.address);
    } catch (error) {
      // The node's failure, not the token's: nothing can be said.
      if (error instanceof RequestFailed && !FAILED_CALL.test(error.message)) throw error;
      return null;
    }
  }

  async #items(): Promise<ItemRead[]> {
    const count = await this.catalogue.number('itemCount');
    return upTo(count, async (i) => {
      const read = await this.catalogue.struct('itemOf', i + 1);
      const [price, stock, scheduledPrice, scheduledPriceAt, withdrawnAt, textHash] = read as [
        ...[bigint, bigint, bigint, bigint, bigint],
        string,
      ];
      return {
        price,
        stock: Number(stock),
        scheduledPrice,
        scheduledPriceAt: Number(scheduledPriceAt),
        withdrawnAt: Number(withdrawnAt),
        textHash,
      };
    });
  }

  async orderCounts(): Promise<OrderCounts> {
    const read = await this.catalogue.read('counts');
    const [open = 0, fulfilled = 0, refused = 0, overdue = 0] = read.map(Number);
    return { open, fulfilled, refused, overdue };
  }

  /** Only those that are open. */
  async #orders(questions: Iterable<OpenOrder>): Promise<ModuleReads['orders']> {
    const orders = new Map<number, Pick<OpenOrder, 'member' | 'points'>>();
    await mapped(questions, async ({ order }) => {
      const read = await this.catalogue.struct('orderOf', order);
      const [member, , , points, , state] = read as [
        string,
        bigint,
        bigint,
        bigint,
        bigint,
        bigint,
      ];
      const isOpen = Number(state) === OPEN_ORDER;
      if (isOpen) orders.set(order, { member: member.toLowerCase() as Address, points });
      return [order, isOpen];
    });
    return orders;
  }
}

function upTo<Value>(count: number, read: (i: number) => Promise<Value>): Promise<Value[]> {
  return Promise.all(Array.from({ length: count }, (_, i) => read(i)));
}

async function mapped<Question, Key, Value>(
  questions: Iterable<Question>,
  read: (question: Question) => Promise<readonly [Key, Value]>,
): Promise<Map<Key, Value>> {
  return new Map(await Promise.all([...questions].map(read)));
}
