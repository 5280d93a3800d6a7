import type { Line } from '../../../formula.ts';
import { unpackLines, type Address, type Hex } from '../../../statement.ts';
import type { SKIP_REASONS } from '../../events/events.ts';
import type { SettingsRead } from '../../settings/settingsRead.ts';
import type { RuleHistory } from '../terms/ruleHistory.ts';
import { ZERO_ADDRESS } from './ledger.ts';

/** Why a statement can't be settled; `BudgetUsedUp` depends on what was minted and is judged apart. */
export type Refusal = Exclude<(typeof SKIP_REASONS)[number], 'BudgetUsedUp'>;

/** What of a statement decides whether it can be settled. */
export interface StatementHead {
  readonly member: Address;
  readonly epoch: number;
  readonly lines: Hex;
}

/**
 * Derives why a program can't settle a statement, in the order in which the contract looks; null when it can.
 *
 * @param clockEpoch Epoch of the block in which it was sent.
 * @throws RangeError when the lines are not whole lines.
 */
export function refusalOf(
  statement: StatementHead,
  lines: readonly Line[],
  clockEpoch: number,
  settings: SettingsRead,
  rules: RuleHistory,
): Refusal | null {
  if (statement.epoch > clockEpoch) return 'FutureEpoch';
  if (clockEpoch - statement.epoch > settings.settlementWindow) return 'WindowClosed';
  if (isForbidden(statement.member, settings)) return 'ForbiddenMember';
  let previousId = -1;
  for (const { ruleId } of lines) {
    if (ruleId <= previousId) return 'LinesNotAscending';
    if (!rules.isDefined(ruleId)) return 'UndefinedRule';
    previousId = ruleId;
  }
  return null;
}

/** The lines of a logged statement; null when they are not whole lines. */
export function linesOf(packed: Hex): Line[] | null {
  try {
    return unpackLines(packed);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function isForbidden(member: Address, { program, modules, forwarder }: SettingsRead): boolean {
  return [ZERO_ADDRESS, program, forwarder].includes(member) || modules.has(member);
}
