import { Interface, keccak256 } from 'ethers';
import { buybackInterface, pointsInterface } from '../contractInterfaces.ts';
import type { Address } from '../statement.ts';
import { decodeBuybackTerms, NO_DOCUMENT } from '../terms.ts';
import { ruleSetIn } from '../verifier/checks/terms/announced.ts';
import type { ChangeRead } from '../verifier/checks/terms/changeReads.ts';
import { HURTS_HOLDERS, HURTS_MEMBERS } from '../verifier/checks/terms/impact.ts';
import { objectionsNeeded } from '../verifier/checks/terms/objections.ts';
import { shown } from '../verifier/events/events.ts';
import type { Of } from '../verifier/events/moduleEvents.ts';
import { Check, type Difference } from '../verifier/report/check.ts';
import type { Progress } from '../verifier/report/progressLine.ts';
import { ContractReader } from '../verifier/rpc/contractReader.ts';
import {
  CannotVerify,
  codeAt,
  failingClearly,
  header,
  headNumber,
  type Header,
  type Rpc,
} from '../verifier/rpc/rpc.ts';
import { closesAt, nextRound, openRound, opensAt } from '../verifier/settings/roundClock.ts';
import { epochAt, type SettingsRead } from '../verifier/settings/settingsRead.ts';
import { ModuleState, type ModuleReads } from '../verifier/state/moduleState.ts';
import { ProgramState, type ProgramReads } from '../verifier/state/programState.ts';
import type {
  BuybackTermsShown,
  ChangeShown,
  CoverShown,
  PublishedTerms,
  RoundCover,
  RuleSetShown,
  Standing,
} from './publishedTerms.ts';
import { TermsLogs } from './termsLogs.ts';

/** What is read, and from where. */
export interface TermsRequest {
  readonly provider: Rpc;
  /** Address of the program's Points contract. */
  readonly program: Address;
  /** Where to begin to look for logs; not after the creation of the program. 0 by default. */
  readonly fromBlock?: number;
  readonly onProgress?: (progress: Progress) => void;
}

const TOKEN = new Interface([
  'function symbol() view returns (string)',
  'function decimals() view returns (uint8)',
]);
/** On a chain that is in use, what changed while the contracts were read is read again. */
const MAX_READS = 20;
const NOTHING_ELSE = { recorderKeys: [], vouching: [], anchorEpochs: [] };
const NO_QUESTIONS = { rounds: [], objections: [], shares: [], orders: [] };
/** By the position in `ICharter.ChangeState`. */
const STATES = ['dead', 'pending', 'in force', 'struck down', 'withdrawn', 'dead'] as const;

interface Reads {
  readonly points: ProgramReads;
  readonly modules: ModuleReads;
  readonly withdrawable: bigint;
}

/**
 * Reads what a program has published about its terms from its logs, and compares that with what its contracts compute
 * with. No server is asked.
 *
 * @throws CannotVerify when there is no program or the RPC fails
 */
export async function readTerms(request: TermsRequest): Promise<PublishedTerms> {
  const rpc = failingClearly(request.provider);
  const { program, fromBlock = 0, onProgress = () => undefined } = request;
  if ((await codeAt(rpc, program)) === '0x') {
    throw new CannotVerify(`There is no contract at ${shown(program)} on this chain.`);
  }
  const chainId = Number(await rpc.send('eth_chainId', []));
  const state = new ProgramState(rpc, program);
  const settings = await state.settings();
  const logs = new TermsLogs(rpc, settings);
  const total = (await headNumber(rpc)) - fromBlock + 1;
  const { head, reads } = await followed(
    { rpc, settings, state, logs },
    {
      fromBlock,
      onPage: (upTo) => onProgress({ stage: 'logs', done: upTo - fromBlock + 1, total }),
    },
  );
  if (logs.ruleSets[0]?.version !== 0) {
    throw new CannotVerify(
      `The RPC has no logs of the creation of ${shown(program)} in blocks ${fromBlock} to ${head.number}.`,
    );
  }
  return {
    program: shown(program),
    chainId,
    ...(await namesOf(rpc, settings)),
    block: head.number,
    time: head.timestamp,
    epoch: Math.max(0, epochAt(settings, head.timestamp)),
    startsAt: settings.startsAt,
    epochLength: settings.epochLength,
    settlementWindow: settings.settlementWindow,
    noticePeriod: settings.noticePeriod,
    objectionThresholdBps: settings.objectionThresholdBps,
    objectionCap: settings.objectionCap,
    backed: settings.backed,
    roundPeriod: settings.roundPeriod,
    roundWindow: settings.roundWindow,
    firstRoundAt: settings.firstRoundAt,
    ruleSets: ruleSetsOf(logs, epochAt(settings, head.timestamp)),
    changes: changesOf(settings, logs, reads, head.timestamp),
    anchors: {
      anchored: logs.anchors.count,
      missing: logs.anchors.gaps(epochAt(settings, head.timestamp)),
    },
    buybackTerms: buybackTermsOf(logs, settings, head.timestamp),
    cover: coverOf(settings, logs, reads, head.timestamp),
    differences: differencesOf(logs, reads),
  };
}

/** Reads the logs, then the contracts, until no log came in between. */
async function followed(
  parts: { rpc: Rpc; settings: SettingsRead; state: ProgramState; logs: TermsLogs },
  { fromBlock, onPage }: { fromBlock: number; onPage: (upTo: number) => void },
): Promise<{ head: Header; reads: Reads }> {
  const { rpc, settings, state, logs } = parts;
  const modules = new ModuleState(rpc, settings);
  const buyback = new ContractReader(rpc, settings.buyback, buybackInterface);
  let head = await header(rpc, await headNumber(rpc));
  await logs.read(fromBlock, head.number, onPage);
  for (let attempt = 0; attempt < MAX_READS; attempt++) {
    const [points, moduleReads, withdrawable] = await Promise.all([
      state.reads({ ...NOTHING_ELSE, ruleIds: logs.rules.definedIds() }),
      modules.reads(NO_QUESTIONS),
      buyback.amount('withdrawable'),
    ]);
    const next = await header(rpc, await headNumber(rpc));
    const isStill = (await logs.read(head.number + 1, next.number)) === 0;
    head = next;
    if (isStill) return { head, reads: { points, modules: moduleReads, withdrawable } };
  }
  throw new CannotVerify('The terms change faster than they can be read.');
}

function standing(from: number, to: number | null, now: number): Standing {
  if (from > now) return 'to come';
  return to === null || now <= to ? 'in force' : 'past';
}

function ruleSetsOf({ ruleSets }: TermsLogs, epoch: number): RuleSetShown[] {
  return ruleSets.map(({ version, fromEpoch, budgetPerEpoch, documentHash, rules, at }, i) => {
    const next = ruleSets[i + 1];
    const toEpoch = next === undefined ? null : next.fromEpoch - 1;
    const { transactionHash } = at;
    const stands = standing(fromEpoch, toEpoch, Math.max(0, epoch));
    return {
      version,
      standing: stands,
      fromEpoch,
      toEpoch,
      budgetPerEpoch,
      documentHash: documentHash === NO_DOCUMENT ? null : documentHash,
      rules,
      transactionHash,
    };
  });
}

function buybackTermsOf(
  { published }: TermsLogs,
  settings: SettingsRead,
  time: number,
): BuybackTermsShown[] {
  const round = openRound(settings, time) ?? nextRound(settings, time);
  return published.map(({ version, fromRound, pricePerPoint, budgetPerRound, minTender }, i) => {
    const next = published[i + 1];
    const toRound = next === undefined ? null : next.fromRound - 1;
    const terms = { pricePerPoint, budgetPerRound, minTender };
    return { version, standing: standing(fromRound, toRound, round), fromRound, toRound, ...terms };
  });
}

function proposedIn(target: ChangeShown['target'], terms: Of<'ChangeAnnounced'>['terms']) {
  if (target === 'rule set') return ruleSetIn(terms);
  try {
    return target === 'buyback terms' ? decodeBuybackTerms(terms) : null;
  } catch {
    return null; // whatever ethers throws for bytes that are no terms
  }
}

function stateOf({ state, diesAt }: ChangeRead, time: number): ChangeShown['state'] {
  const named = STATES[state] ?? 'dead';
  return named === 'pending' && diesAt <= time ? 'dead' : named;
}

function changesOf(
  settings: SettingsRead,
  logs: TermsLogs,
  { points, modules }: Reads,
  time: number,
): ChangeShown[] {
  const { program, buyback } = settings;
  return logs.changes.flatMap((announced) => {
    const read = modules.changes[announced.id - 1];
    if (read === undefined) return [];
    const target =
      read.target === program
        ? ('rule set' as const)
        : read.target === buyback
          ? ('buyback terms' as const)
          : ('unknown' as const);
    const state = stateOf(read, time);
    const needed = objectionsNeeded(settings, read, points.totalSupply);
    return {
      id: announced.id,
      target,
      state,
      hurtsMembers: (read.impact & HURTS_MEMBERS) !== 0,
      hurtsHolders: (read.impact & HURTS_HOLDERS) !== 0,
      announcedAt: read.announcedAt,
      noticeEndsAt: read.noticeEndsAt,
      diesAt: read.diesAt,
      firstEligibleRound: read.lastRoundOwed ? read.firstEligibleRound : null,
      objections: read.objections,
      objectionsNeeded: state === 'pending' ? needed : null,
      proposed: proposedIn(target, announced.terms),
      transactionHash: announced.at.transactionHash,
    };
  });
}

function coverOf(
  settings: SettingsRead,
  { terms }: TermsLogs,
  { modules, withdrawable }: Reads,
  time: number,
): CoverShown {
  const { reserve, owed } = modules.money;
  const open = openRound(settings, time);
  const rounds: RoundCover[] = [];
  let available = reserve - owed;
  for (const round of [...(open === null ? [] : [open]), nextRound(settings, time)]) {
    const budget = terms.versionOf(round)?.budgetPerRound ?? 0n;
    rounds.push({
      round,
      isOpen: round === open,
      opensAt: opensAt(settings, round),
      closesAt: closesAt(settings, round),
      budget,
      available,
      covered: available >= budget,
    });
    available = available > budget ? available - budget : 0n;
  }
  return { reserve, owed, withdrawable, rounds };
}

/** Whether the contracts compute with what the logs say, and whether all of it was announced. */
function differencesOf(logs: TermsLogs, { points, modules }: Reads): Difference[] {
  const { rules, terms, announced } = logs;
  rules.compare(points.ruleSets, points.ruleTextHashes);
  terms.compare(modules.terms);
  const told = new Check('announced');
  told.equal(logs.changes.length, modules.changes.length, () => 'number of changes', null);
  for (const change of logs.changes) {
    const what = () => `the terms of change ${change.id}`;
    const read = modules.changes[change.id - 1]?.termsHash ?? 'not read';
    told.equal(keccak256(change.terms), read, what, change.at);
  }
  return [rules.check, terms.check, announced.check, told].flatMap((check) => [
    ...check.result().differences,
  ]);
}

async function namesOf(
  rpc: Rpc,
  { program, settlementToken }: SettingsRead,
): Promise<Pick<PublishedTerms, 'name' | 'symbol' | 'money'>> {
  const points = new ContractReader(rpc, program, pointsInterface);
  const token = new ContractReader(rpc, settlementToken, TOKEN);
  // The token is anybody's contract: it may not say what it is called.
  const [name, symbol, moneySymbol, decimals] = await Promise.all([
    points.read('name'),
    points.read('symbol'),
    token.read('symbol').catch(() => ['base units']),
    token.number('decimals').catch(() => 0),
  ]);
  return {
    name: String(name[0]),
    symbol: String(symbol[0]),
    money: { address: shown(settlementToken), symbol: String(moneySymbol[0]), decimals },
  };
}
