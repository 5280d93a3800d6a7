import { mutationsOf } from './mutation.ts';

const ANNOUNCING = ['unit/charter/announce', 'unit/charter/charterForwarder'];
const STRIKES = ['unit/charter/strikes'];
const LAST_ROUNDS = ['unit/charter/isLastRound', 'unit/charter/withdrawChange'];
const ENACTING = [
  'unit/charter/enact',
  'unit/charter/lastRound',
  'unit/charter/withdrawChange',
  'unit/charter/earliestEnactment',
];

export const CHARTER_MUTATIONS = [
  ...mutationsOf('Charter.sol', ANNOUNCING, [
    [
      'the charter gives terms to any contract',
      'if (target != points() && target != buyback()) revert UnknownTarget(target);',
      '',
    ],
    [
      'hurtful changes pile up',
      '(impact != 0 || _changeOf(pending).target == target)',
      '(_changeOf(pending).target == target)',
    ],
    [
      'terms get better under a pending change that was compared with them',
      '(impact != 0 || _changeOf(pending).target == target)',
      '(impact != 0)',
    ],
    [
      'an improvement of one target waits for the other',
      '(impact != 0 || _changeOf(pending).target == target)',
      '(true)',
    ],
    [
      'a hurtful change is enacted as it is announced',
      'if (impact == 0) _improve',
      'if (impact < 2) _improve',
    ],
    [
      'a change follows one that was struck down at once',
      'if (block.timestamp < until) revert Cooldown(until);',
      '',
    ],
    [
      'the notice is over at once',
      'uint64 noticeEndsAt = change_.announcedAt + noticePeriod();',
      'uint64 noticeEndsAt = change_.announcedAt;',
    ],
    [
      'rules come long after anybody remembers their notice',
      'if (change_.target == points()) _requireSoonAfter(noticeEndsAt, terms);',
      '',
    ],
    [
      'rules come a day too late',
      'moment + MAX_WAIT - target.startsAt()',
      'moment + MAX_WAIT + 1 days - target.startsAt()',
    ],
    ['small raises push every other change away', '_requireInForce(change_.comparedVersion);', ''],
    [
      'an improvement waits for its own epoch',
      'if (fromEpoch > target.currentEpoch())',
      'if (fromEpoch >= target.currentEpoch())',
    ],
    [
      'an improvement is planned so far ahead that nothing can follow',
      '_requireSoonAfter(change_.announcedAt, terms);',
      '',
    ],
    [
      'a change that died forgets its last round',
      'if (_unresolvedChange().lastRoundOwed) _settleRounds();',
      '',
      LAST_ROUNDS,
    ],
    [
      'holders are owed no last round',
      'if (change_.impact & HURTS_HOLDERS != 0 && _budgetPerRound() != 0) {',
      'if (change_.impact & HURTS_HOLDERS != 0 && _budgetPerRound() == 1) {',
    ],
    [
      'changes that hurt members alone wait for a round',
      'if (change_.impact & HURTS_HOLDERS != 0 && _budgetPerRound() != 0) {',
      'if (_budgetPerRound() != 0) {',
    ],
    [
      'a last round is owed where there is none',
      'if (change_.impact & HURTS_HOLDERS != 0 && _budgetPerRound() != 0) {',
      'if (change_.impact & HURTS_HOLDERS != 0) {',
    ],
    [
      'the last round opens during the notice',
      'firstRoundFrom(noticeEndsAt)',
      'firstRoundFrom(change_.announcedAt)',
    ],
    [
      'one round without money and the change is dead',
      '_roundOf(round + 1).closesAt + TIME_TO_ENACT',
      '_roundOf(round).closesAt + TIME_TO_ENACT',
    ],
    ['the terms are not in the log', '            terms\n        );', '            ""\n        );'],
  ]),
  ...mutationsOf('Charter.sol', ENACTING, [
    [
      'a change is enacted during its notice',
      'if (block.timestamp < change_.noticeEndsAt) revert NoticeRuns(change_.noticeEndsAt);',
      '',
    ],
    [
      'other terms than the announced ones are enacted',
      'if (keccak256(terms) != change_.termsHash) revert WrongTerms(id);',
      '',
    ],
    [
      'a change is enacted without its last round',
      'if (!_hadLastRound(change_)) revert LastRoundOwed(change_.firstEligibleRound);',
      '',
    ],
    [
      'a round without money counts as the last one',
      'return round.settled && round.covered;',
      'return round.settled;',
    ],
    ['rounds are not settled as a change is enacted', 'IBuyback(buyback()).settle();', ''],
    ['a second last round does not count', ' || _isCovered(_roundOf(round + 1));', ';'],
    [
      'the second of the last rounds alone counts',
      'return _isCovered(_roundOf(round)) || ',
      'return ',
    ],
    ['terms are announced and never applied', 'IPoints(target).applyTerms(terms);', ''],
    ['a change is enacted twice', '_resolve(change_, ChangeState.Enacted, false);', ''],
    [
      'a withdrawal changes a round that has closed',
      'if (change_.lastRoundOwed) _settleRounds();',
      '',
      LAST_ROUNDS,
    ],
    [
      'an operator escapes its strikes by withdrawing',
      '_resolve(change_, ChangeState.Withdrawn, counted);',
      '_resolve(change_, ChangeState.Withdrawn, false);',
      STRIKES,
    ],
    [
      'a few objections make a withdrawal a strike',
      '2 * uint256(change_.objections) >=',
      '200 * uint256(change_.objections) >=',
      STRIKES,
    ],
    [
      'a withdrawal is a strike above half of what is needed only',
      '2 * uint256(change_.objections) >=',
      '2 * uint256(change_.objections) >',
      STRIKES,
    ],
    [
      'a rule set makes a round a last one of the buyback',
      'if (!change_.lastRoundOwed || change_.target != buyback()) return false;',
      'if (!change_.lastRoundOwed) return false;',
      LAST_ROUNDS,
    ],
    [
      'a second last round follows one that was covered',
      '(round == first + 1 && !_isCovered(_roundOf(first)))',
      'round == first + 1',
      LAST_ROUNDS,
    ],
    [
      'a second last round does not buy with all money',
      ' || (round == first + 1 && !_isCovered(_roundOf(first)))',
      '',
      LAST_ROUNDS,
    ],
    [
      'anybody takes a change back',
      'function withdraw(uint256 id) external onlyOperator {',
      'function withdraw(uint256 id) external {',
    ],
    [
      'anybody announces changes',
      ') external onlyOperator returns (uint256 id) {',
      ') external returns (uint256 id) {',
      ANNOUNCING,
    ],
    [
      'the earliest moment ignores the last round',
      'if (!change_.lastRoundOwed) return change_.noticeEndsAt;',
      'return change_.noticeEndsAt;',
    ],
    [
      'the earliest moment falls back to a round that did not count',
      'return first.settled || skipped ? second.closesAt : first.closesAt;',
      'return first.closesAt;',
    ],
  ]),
];
