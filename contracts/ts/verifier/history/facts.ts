import type { Address } from '../../statement.ts';
import { announcedTermsIn, type Change } from '../checks/terms/change.ts';
import { HURTS_HOLDERS, HURTS_MEMBERS } from '../checks/terms/impact.ts';
import { ZERO_ADDRESS } from '../checks/points/ledger.ts';
import { settingsFact } from '../facts/facts.ts';
import type {
  BuybackTermsFact,
  ChangeFact,
  ChangeState,
  HolderFact,
  LoggedAt,
  ProgramFacts,
  RuleSetFact,
} from '../facts/facts.ts';
import type { Header } from '../rpc/rpc.ts';
import { opensAt } from '../settings/roundClock.ts';
import { epochAt, type SettingsRead } from '../settings/settingsRead.ts';
import type { History } from './history.ts';

/** What a whole history says, once it was judged up to the block `head`. */
export function factsOf(history: History, settings: SettingsRead, head: Header): ProgramFacts {
  const { statements, recorders, operators, modules } = history;
  const { loggedAt } = history;
  const time = head.timestamp;
  return {
    head: { block: head.number, time },
    settings: settingsFact(settings),
    operator: operators.operator,
    recorders: recorders.facts(),
    ruleSets: ruleSetFacts(history, settings, loggedAt),
    buybackTerms: buybackTermsFacts(history, settings, loggedAt),
    changes: changeFacts(history, loggedAt, time),
    rounds: modules.rounds.facts(loggedAt),
    reserve: modules.reserve.facts(loggedAt),
    epochs: statements.facts(),
    anchors: history.anchors.facts(loggedAt),
    unanchored: history.anchors.gaps(epochAt(settings, time)),
    holders: holderFacts(history),
    items: modules.items.facts(loggedAt, time),
    orders: modules.orders.facts(loggedAt),
  };
}

/** The change that a version was. */
function changeOf({ modules }: History, target: Change['target'], version: number): number | null {
  const change = modules.changes.all.find(
    (candidate) => candidate.target === target && candidate.version === version,
  );
  return change?.id ?? null;
}

function ruleSetFacts(
  history: History,
  { startsAt, epochLength }: SettingsRead,
  loggedAt: LoggedAt,
): RuleSetFact[] {
  return history.rules.all.map(({ at, version, fromEpoch, ...terms }) => ({
    version,
    fromEpoch,
    startsAt: startsAt + fromEpoch * epochLength,
    budgetPerEpoch: terms.budgetPerEpoch,
    documentHash: terms.documentHash,
    rules: terms.rules,
    published: loggedAt(at),
    change: changeOf(history, 'rule set', version),
  }));
}

function buybackTermsFacts(
  history: History,
  settings: SettingsRead,
  loggedAt: LoggedAt,
): BuybackTermsFact[] {
  return history.modules.terms.all.map(({ at, ...terms }) => ({
    ...terms,
    opensAt: opensAt(settings, terms.fromRound),
    published: loggedAt(at),
    change: changeOf(history, 'buyback terms', terms.version),
  }));
}

function changeFacts({ ledger, modules }: History, loggedAt: LoggedAt, time: number): ChangeFact[] {
  const { changes, objections } = modules;
  const supply = ledger.minted - ledger.burned;
  return changes.all.map((change) => ({
    id: change.id,
    terms: announcedTermsIn(change.target, change.terms),
    encodedTerms: change.terms,
    hurtsMembers: (change.impact & HURTS_MEMBERS) !== 0,
    hurtsHolders: (change.impact & HURTS_HOLDERS) !== 0,
    comparedVersion: change.comparedVersion,
    announced: loggedAt(change.at),
    noticeEndsAt: change.noticeEndsAt,
    diesAt: change.diesAt,
    lastRoundFrom: change.lastRoundOwed ? change.firstEligibleRound : null,
    countedSupply: change.countedSupply,
    objections: objections.of(change.id),
    objectionsNeeded: objections.neededFor(change, supply),
    objectors: [...objections.holdersAgainst(change.id)].map(([holder, amount]) => ({
      holder,
      amount,
    })),
    state: stateAt(change, time),
    ended: change.ended === null ? null : loggedAt(change.ended),
    version: change.version,
  }));
}

function stateAt({ state, impact, diesAt }: Change, time: number): ChangeState {
  return state === 'pending' && impact !== 0 && time >= diesAt ? 'dead' : state;
}

type Amounts = Record<'balance' | 'objected' | 'tendered' | 'ordered', bigint>;

function holderFacts({ ledger, modules, moduleNames }: History): HolderFact[] {
  const holders = new Map<Address, Amounts>();
  const add = (account: Address, kind: keyof Amounts, amount: bigint): void => {
    if (amount === 0n) return;
    const amounts = holders.get(account) ?? {
      balance: 0n,
      objected: 0n,
      tendered: 0n,
      ordered: 0n,
    };
    amounts[kind] += amount;
    holders.set(account, amounts);
  };
  for (const [account, balance] of ledger.balances) add(account, 'balance', balance);
  for (const { holder, amount } of modules.objections.open()) add(holder, 'objected', amount);
  for (const { holder, points } of modules.rounds.inEscrow()) add(holder, 'tendered', points);
  for (const { member, points } of modules.orders.open()) add(member, 'ordered', points);
  holders.delete(ZERO_ADDRESS);
  const total = ({ balance, objected, tendered, ordered }: Amounts): bigint =>
    balance + objected + tendered + ordered;
  return [...holders]
    .sort(([, a], [, b]) => Number(total(b) - total(a)))
    .map(([account, amounts]) => ({
      account,
      contract: moduleNames.get(account) ?? null,
      ...amounts,
    }));
}
