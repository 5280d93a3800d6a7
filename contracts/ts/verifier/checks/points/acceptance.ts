import type { Line } from '../../../formula.ts';
import type { Address, PackedStatement } from '../../../statement.ts';
import type { SKIP_REASONS } from '../../events/events.ts';
import type { SettingsRead } from '../../settings/settingsRead.ts';
import type { RuleHistory } from '../terms/ruleHistory.ts';
import { ZERO_ADDRESS } from './ledger.ts';

/** Why a statement can't be settled; what depends on how much was minted is judged apart. */
export type Refusal = Exclude<(typeof SKIP_REASONS)[number], 'BudgetUsedUp' | 'NotBacked'>;

/**
 * Derives why a program can't settle a statement, in the order in which the contract looks; null when it can.
 *
 * @param clockEpoch Epoch of the block in which it was sent.
 */
export function refusalOf(
  statement: PackedStatement,
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

function isForbidden(member: Address, { program, modules, forwarder }: SettingsRead): boolean {
  return [ZERO_ADDRESS, program, forwarder].includes(member) || modules.has(member);
}
