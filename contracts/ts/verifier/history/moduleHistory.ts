import { Cover } from '../checks/buyback/cover.ts';
import { Reserve } from '../checks/buyback/reserve.ts';
import { Rounds } from '../checks/buyback/rounds.ts';
import { Items } from '../checks/catalogue/items.ts';
import { Orders } from '../checks/catalogue/orders.ts';
import { Escrows } from '../checks/points/escrows.ts';
import { ZERO_ADDRESS, type Ledger } from '../checks/points/ledger.ts';
import { Announced } from '../checks/terms/announced.ts';
import { compareChanges } from '../checks/terms/changeReads.ts';
import { announcedTermsIn, targetOf, type Moment } from '../checks/terms/change.ts';
import { Changes } from '../checks/terms/changes.ts';
import { Improvements } from '../checks/terms/improvements.ts';
import { countedSupply, Objections } from '../checks/terms/objections.ts';
import type { RuleHistory } from '../checks/terms/ruleHistory.ts';
import { TermsHistory } from '../checks/terms/termsHistory.ts';
import { shown, type RuleSetPublished } from '../events/events.ts';
import type {
  BuybackEvent,
  CatalogueEvent,
  CharterEvent,
  ModuleEvent,
  Of,
} from '../events/moduleEvents.ts';
import type { CheckResult } from '../report/check.ts';
import type { ModuleTotals } from '../report/report.ts';
import type { SettingsRead } from '../settings/settingsRead.ts';
import type { ModuleQuestions, ModuleReads, ShareRead } from '../state/moduleState.ts';

/** Everything that the logs of the charter, the buyback and the catalogue say, judged in the order of the chain. */
export class ModuleHistory {
  readonly terms: TermsHistory;
  readonly changes: Changes;
  readonly objections: Objections;
  readonly rounds: Rounds;
  readonly items: Items;
  readonly orders: Orders;
  readonly escrows: Escrows;
  readonly reserve = new Reserve();
  readonly #cover: Cover;
  readonly #improvements = new Improvements();
  readonly #settings: SettingsRead;
  readonly #ledger: Ledger;
  readonly #announced = new Announced();

  constructor(settings: SettingsRead, rules: RuleHistory, ledger: Ledger) {
    this.#settings = settings;
    this.#ledger = ledger;
    this.terms = new TermsHistory(settings);
    const { terms, reserve } = this;
    const isLastRound = (round: number) => this.changes.isLastRound(round);
    this.rounds = new Rounds({ settings, terms, reserve, isLastRound });
    this.#cover = new Cover({ settings, rules, terms, reserve, rounds: this.rounds });
    this.items = new Items(settings.noticePeriod);
    this.orders = new Orders(settings.orderDeadline);
    this.escrows = new Escrows(settings.modules);
    this.changes = new Changes({
      settings,
      rules,
      terms,
      announced: this.#announced,
      improvements: this.#improvements,
      isCovered: (round) => this.rounds.isCovered(round),
    });
    const find = (id: number) => this.changes.find(id);
    this.objections = new Objections(settings, find);
  }

  /** @param earliest First epoch that the version could have had if nothing later was named. */
  ruleSetPublished(event: RuleSetPublished, earliest: number): void {
    this.#announced.ruleSetPublished(event, earliest);
  }

  apply(event: ModuleEvent, moment: Moment): void {
    switch (event.contract) {
      case 'charter':
        return this.#charter(event, moment);
      case 'buyback':
        return this.#buyback(event, moment);
      case 'catalogue':
        return this.#catalogue(event, moment.time);
    }
  }

  /** The transaction is over. @param isCreation Whether it created the program. */
  close(isCreation: boolean): void {
    this.#announced.close(isCreation);
    this.objections.close();
    this.escrows.close();
  }

  /** What to ask the contracts for. */
  questions(): ModuleQuestions {
    return {
      rounds: this.rounds.numbers(),
      objections: this.objections.open(),
      shares: this.rounds.open(),
      orders: this.orders.open(),
    };
  }

  /** Compares the end of the history with what the contracts answer. @param time Unix seconds of the newest block before they were read. */
  compare(reads: ModuleReads, time: number): void {
    compareChanges(this.changes, this.objections, reads.changes, reads.strikesInARow);
    this.terms.compare(reads.terms);
    this.rounds.compare(reads.rounds);
    this.reserve.compare(reads.money);
    this.items.compare(reads.items, time);
    this.orders.compare(reads.orderCounts);
    const { charter, buyback, catalogue } = this.#settings;
    const balance = (of: typeof charter) => this.#ledger.balances.get(of) ?? 0n;
    let objected = 0n;
    for (const { amount } of this.objections.open()) objected += amount;
    this.escrows.owes('charter', objected, balance(charter));
    this.escrows.owes('buyback', this.rounds.escrow(), balance(buyback));
    this.escrows.owes('catalogue', this.orders.escrow(), balance(catalogue));
    this.#compareHolders(reads);
  }

  /** Base units of points that the free money buys at the highest price that is promised. @param time Unix seconds. */
  backing(time: number): bigint {
    return this.#cover.backing(time);
  }

  get totals(): ModuleTotals {
    const { all } = this.changes;
    const counts = this.orders.counts;
    return {
      changes: all.length,
      enacted: all.filter(({ state }) => state === 'enacted').length,
      struckDown: all.filter(({ state }) => state === 'struck down').length,
      rounds: this.rounds.settledCount,
      bought: this.rounds.bought,
      payouts: this.rounds.payouts,
      orders: counts.open + counts.fulfilled + counts.refused + counts.overdue,
    };
  }

  results(): CheckResult[] {
    return [
      this.terms.check,
      this.#announced.check,
      this.changes.impactCheck,
      this.#improvements.check,
      this.changes.noticeCheck,
      this.changes.lastRoundCheck,
      this.objections.check,
      this.changes.pendingCheck,
      this.rounds.roundsCheck,
      this.rounds.sharesCheck,
      this.reserve.check,
      this.items.check,
      this.orders.check,
      this.escrows.check,
      this.escrows.burnsCheck,
    ].map((check) => check.result());
  }

  #charter(event: CharterEvent, moment: Moment): void {
    const { charter } = this.#settings;
    switch (event.kind) {
      case 'ChangeAnnounced': {
        const counted = this.#countedSupply(moment);
        const change = this.changes.announced(event, moment, counted);
        this.#offered(event, moment);
        return this.objections.announced(event, change);
      }
      case 'ChangeEnacted':
        return this.changes.enacted(event, moment);
      case 'ChangeStruckDown':
        this.objections.struckDown(event, moment);
        return this.changes.struckDown(event, moment);
      case 'ChangeWithdrawn':
        return this.changes.withdrawn(event, moment, this.objections.withdrawn(event, moment));
      case 'Objected':
        this.escrows.told(event.holder, charter, event.amount, event.at);
        return this.objections.objected(event, moment);
      case 'ObjectionReleased':
        this.escrows.told(charter, event.holder, event.amount, event.at);
        return this.objections.released(event, moment);
      case 'Initialized':
        return;
    }
  }

  /** The supply that the threshold of a change announced now is of, at most. */
  #countedSupply({ time, supply }: Moment): bigint {
    const { startsAt, epochLength, noticePeriod } = this.#settings;
    const sinceStart = Math.max(0, time - noticePeriod - startsAt);
    const before = this.#ledger.supplyBefore(Math.floor(sinceStart / epochLength));
    return countedSupply(supply, before);
  }

  /** Whether the money for better terms of the buyback was there as they were announced. */
  #offered(event: Of<'ChangeAnnounced'>, moment: Moment): void {
    const target = targetOf(this.#settings, event.target);
    const announced = announcedTermsIn(target, event.terms);
    if (announced?.target !== 'buyback terms') return;
    const shortfall = this.#cover.shortfall(announced.buyback, moment);
    this.#improvements.offered(`change ${event.id}`, shortfall, event);
  }

  #termsPublished(event: Of<'TermsPublished'>, moment: Moment): void {
    const shortfall = this.#cover.shortfall(event, moment);
    this.#improvements.offered(`version ${event.version} of the terms`, shortfall, event);
    this.#improvements.published(event, this.terms.newest);
    this.#announced.termsPublished(event);
    this.terms.published(event, moment.time);
  }

  #buyback(event: BuybackEvent, moment: Moment): void {
    const { buyback } = this.#settings;
    const { time } = moment;
    switch (event.kind) {
      case 'TermsPublished':
        return this.#termsPublished(event, moment);
      case 'Tendered':
        this.escrows.told(event.holder, buyback, event.amount, event.at);
        return this.rounds.tendered(event, time);
      case 'Untendered':
        this.escrows.told(buyback, event.holder, event.amount, event.at);
        return this.rounds.untendered(event, time);
      case 'RoundSettled':
        this.escrows.told(buyback, ZERO_ADDRESS, event.filled, event.at);
        return this.rounds.settled(event, time);
      case 'PointsClaimed':
        this.escrows.told(buyback, event.holder, event.amount, event.at);
        return this.rounds.pointsClaimed(event);
      case 'MoneyClaimed':
        return this.rounds.moneyClaimed(event);
      case 'MoneySent':
        return this.reserve.sent(event, buyback);
      case 'Deposited':
      case 'Synced':
        this.rounds.moneyComes(time);
        return this.reserve.cameIn(event, time);
      case 'Withdrawn':
        return this.reserve.withdrawn(event, time, this.#cover.promised(moment));
      case 'Initialized':
        return;
    }
  }

  #catalogue(event: CatalogueEvent, time: number): void {
    const { catalogue } = this.#settings;
    switch (event.kind) {
      case 'ItemAdded':
        return this.items.added(event);
      case 'PriceCut':
        return this.items.priceCut(event, time);
      case 'PriceRiseScheduled':
        return this.items.riseScheduled(event, time);
      case 'StockAdded':
        return this.items.stockAdded(event);
      case 'WithdrawalScheduled':
        return this.items.withdrawalScheduled(event, time);
      case 'WithdrawalCancelled':
        return this.items.withdrawalCancelled(event, time);
      case 'Redeemed':
        this.escrows.told(event.member, catalogue, event.points, event.at);
        this.items.ordered(event, time);
        return this.orders.redeemed(event, time);
      case 'OrderFulfilled':
        this.escrows.told(catalogue, ZERO_ADDRESS, event.points, event.at);
        return this.orders.fulfilled(event, time);
      case 'OrderRefunded':
        this.escrows.told(catalogue, event.member, event.points, event.at);
        this.items.refunded(event, this.orders.find(event.order));
        return this.orders.refunded(event, time);
      case 'Initialized':
        return;
    }
  }

  #compareHolders({ objections, shares, orders }: ModuleReads): void {
    for (const { id, holder, amount } of this.objections.open()) {
      const what = () => `locked by ${shown(holder)} against change ${id} (objectionOf)`;
      const read = objections.get(`${id}:${holder}`);
      this.escrows.owesTo(what, String(amount), String(read ?? 'not read'));
    }
    for (const share of this.rounds.open()) {
      const { round, holder } = share;
      const what = () => `what ${shown(holder)} has in round ${round} (shareOf)`;
      const read = shares.get(`${round}:${holder}`);
      this.escrows.owesTo(
        what,
        shownShare(share),
        read === undefined ? 'not read' : shownShare(read),
      );
    }
    for (const { order, member, points } of this.orders.open()) {
      const what = () => `order ${order} (orderOf)`;
      const read = orders.get(order);
      const actual = read === undefined ? 'not read' : `${read.points} of ${read.member}, open`;
      this.escrows.owesTo(what, `${points} of ${member}, open`, actual);
    }
  }
}

function shownShare(share: ShareRead): string {
  const { amount, paid, returned, moneyClaimed, pointsClaimed } = share;
  const claimed = (isClaimed: boolean) => (isClaimed ? ' (claimed)' : '');
  return (
    `${amount} tendered, ${paid} paid${claimed(moneyClaimed)}, ` +
    `${returned} returned${claimed(pointsClaimed)}`
  );
}
