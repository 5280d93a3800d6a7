import { formatUnits } from 'ethers';
import type { Address } from '../../statement.ts';
import type { CheckResult, Difference } from './check.ts';

/** What the verification of one program found. */
export interface Report {
  readonly program: Address;
  readonly chainId: number;
  readonly fromBlock: number;
  /** Everything was judged up to this block. */
  readonly toBlock: number;
  readonly checks: readonly CheckResult[];
  readonly totals: Totals;
  /** Whether every check found what was promised. */
  readonly ok: boolean;
}

/** Counts the changes of a program's terms, its rounds and its orders by how they ended. */
export interface ModuleTotals {
  /** Changes of terms announced, and how many of them were enacted and struck down. */
  readonly changes: number;
  readonly enacted: number;
  readonly struckDown: number;
  /** Rounds settled. */
  readonly rounds: number;
  /** Base units of points bought back, and of the settlement token for them. */
  readonly bought: bigint;
  readonly payouts: bigint;
  readonly orders: number;
}

/** What the logs add up to. Points are base units. */
export interface Totals extends ModuleTotals {
  /** Statements for which points were minted. */
  readonly statements: number;
  /** Statements that were left out. */
  readonly skipped: number;
  /** Accounts to which something was settled. */
  readonly members: number;
  /** Versions of the rule set. */
  readonly versions: number;
  readonly minted: bigint;
  readonly burned: bigint;
  readonly supply: bigint;
  /** Epochs whose log was anchored, and those whose log can't be any more. */
  readonly anchors: number;
  readonly unanchored: number;
}

const DECIMALS = 2;

/**
 * The report as JSON; points and money are decimal strings.
 *
 * @param evidence What else was asked about, by its name.
 */
export function reportJson(
  report: Report,
  evidence: Readonly<Record<string, unknown>> = {},
): string {
  const { program, chainId, fromBlock, toBlock, checks, totals, ok } = report;
  return JSON.stringify(
    { program, chainId, fromBlock, toBlock, checks, totals, ...evidence, ok },
    (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value),
    2,
  );
}

/**
 * The report for people: one line a promise with verdict and evidence, the first differences below it, the totals.
 *
 * @param evidence Lines about what else was asked.
 */
export function reportText(
  { program, chainId, fromBlock, toBlock, checks, totals }: Report,
  evidence: readonly string[] = [],
): string {
  const failed = checks.filter(({ ok }) => !ok).length;
  const { statements, members, skipped, versions, minted, burned, supply } = totals;
  const { changes, enacted, struckDown, rounds, bought, payouts, orders } = totals;
  const { anchors, unanchored } = totals;
  return [
    `Program ${program} on chain ${chainId}, blocks ${fromBlock} to ${toBlock}`,
    '',
    ...checks.flatMap(checkLines),
    '',
    `${grouped(statements)} statements of ${grouped(members)} members settled, ` +
      `${grouped(skipped)} left out, ${counted(versions, 'version')} of the rules`,
    `${points(minted)} points minted, ${points(burned)} burned, supply ${points(supply)}`,
    `${counted(changes, 'change')} announced, ${enacted} enacted, ${struckDown} struck down; ` +
      `${counted(rounds, 'round')} settled, ${points(bought)} points bought for ${grouped(payouts)} ` +
      `base units of the settlement token; ${counted(orders, 'order')}`,
    `${counted(anchors, 'log')} of an epoch anchored, ${grouped(unanchored)} not: nothing can be proven of those`,
    '',
    ...evidence,
    failed === 0
      ? 'Everything agrees.'
      : `${failed} of ${checks.length} checks found something that is not as promised.`,
  ].join('\n');
}

function checkLines(check: CheckResult): string[] {
  const state = check.ok ? 'ok  ' : 'FAIL';
  const count = grouped(check.checked).padStart(9);
  const lines = [
    `${state} ${check.name.padEnd(14)}${count}  ${check.promise}${evidenceText(check)}`,
  ];
  for (const difference of check.differences) lines.push(`       ${differenceText(difference)}`);
  const more = check.differenceCount - check.differences.length;
  if (more > 0) lines.push(`       and ${grouped(more)} more`);
  return lines;
}

/** The transaction that shows it: the newest that was judged, or the first that is wrong. */
function evidenceText({ ok, evidence }: CheckResult): string {
  if (evidence === null) return '';
  const { block, transactionHash } = evidence;
  return ` (${ok ? 'up to' : 'broken in'} block ${block}, transaction ${transactionHash})`;
}

function differenceText(difference: Difference): string {
  const { what, expected, actual, block, transactionHash, logIndex } = difference;
  const place =
    block === null ? '' : ` (block ${block}, transaction ${transactionHash}, log ${logIndex})`;
  return `${what}: expected ${expected}, found ${actual}${place}`;
}

function points(baseUnits: bigint): string {
  const [whole = '0', fraction = '0'] = formatUnits(baseUnits, DECIMALS).split('.');
  return `${grouped(BigInt(whole))}.${fraction.padEnd(DECIMALS, '0')}`;
}

function counted(number: number, noun: string): string {
  return `${grouped(number)} ${noun}${number === 1 ? '' : 's'}`;
}

function grouped(number: number | bigint): string {
  return number.toLocaleString('en');
}
