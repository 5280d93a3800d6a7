import { mutationsOf } from './mutation.ts';

const ANNOUNCING = ['unit/charter/announce', 'unit/charter/charterForwarder'];
const ENACTING = [
  'unit/charter/enact',
  'unit/charter/lastRound',
  'unit/charter/withdrawChange',
  'unit/charter/earliestEnactment',
];
const OBJECTING = [
  ...[
    'unit/charter/object',
    'unit/charter/objectionsNeeded',
    'unit/charter/strike',
    'unit/charter/release',
  ],
  'unit/charter/charterForwarder',
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
      'noticeEndsAt + MAX_WAIT - target.startsAt()',
      'noticeEndsAt + MAX_WAIT + 1 days - target.startsAt()',
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
    ['a change is enacted twice', '_resolve(change_, ChangeState.Enacted);', ''],
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
  ...mutationsOf(
    'charter/Changes.sol',
    [...ANNOUNCING, ...ENACTING],
    [
      [
        'the forwarder speaks for the operator',
        'if (msg.sender != IPoints(_points).operator())',
        'if (msg.sender != IPoints(_points).operator() && msg.sender != IPoints(_points).trustedForwarder())',
      ],
      [
        'a dead change is enacted',
        'if (state == ChangeState.Pending && block.timestamp >= change_.diesAt)',
        'if (state == ChangeState.Pending && block.timestamp > change_.diesAt)',
      ],
      [
        'a dead change leaves no cooldown',
        'return unresolved.diesAt + _noticePeriod;',
        'return unresolved.diesAt;',
      ],
      [
        'a dead change blocks the program for ever',
        'if (_stateOf(_changes[id]) != ChangeState.Pending) id = 0;',
        '',
      ],
      [
        'a change that was taken back leaves no cooldown',
        'if (state != ChangeState.Enacted) _cooldownUntil',
        'if (state == ChangeState.StruckDown) _cooldownUntil',
      ],
      [
        'a change that was struck down leaves no cooldown',
        'if (state != ChangeState.Enacted) _cooldownUntil',
        'if (state == ChangeState.Withdrawn) _cooldownUntil',
      ],
      [
        'an enacted change leaves a cooldown',
        'if (state != ChangeState.Enacted) _cooldownUntil',
        '_cooldownUntil',
      ],
      ['a resolved change stays pending', '_unresolved = 0;', ''],
      [
        'objections count after the notice',
        'if (block.timestamp >= change_.noticeEndsAt) revert NoticeOver(change_.noticeEndsAt);',
        '',
        OBJECTING,
      ],
      [
        'objections count in the second in which the notice ends',
        'if (block.timestamp >= change_.noticeEndsAt) revert',
        'if (block.timestamp > change_.noticeEndsAt) revert',
        OBJECTING,
      ],
      [
        'a threshold of more than everything',
        ' || settings.objectionThresholdBps > BPS)',
        ')',
        ['unit/charter/charterSettings'],
      ],
    ],
  ),
  ...mutationsOf('charter/Objections.sol', OBJECTING, [
    [
      'the forwarder objects in its own name',
      'address holder = _msgSender();',
      'address holder = msg.sender;',
    ],
    ['an objection locks nothing', 'IPoints(points()).pull(holder, amount);', ''],
    [
      'only the last objection counts',
      'uint96 objections = change_.objections + amount;',
      'uint96 objections = amount;',
    ],
    ['an objection replaces the one before', '_objections[id][holder] + amount;', 'amount;'],
    [
      'enough objections strike nothing down',
      'if (objections >= needed) _strike(id, change_, needed);',
      '',
    ],
    [
      'one base unit more is needed than the threshold',
      'if (objections >= needed)',
      'if (objections > needed)',
    ],
    [
      'anybody strikes a change down',
      'if (change_.objections < needed) revert ThresholdNotReached(change_.objections, needed);',
      '',
    ],
    [
      'objected points come back during the notice and object again',
      'if (block.timestamp < noticeEndsAt) revert NoticeRuns(noticeEndsAt);',
      '',
    ],
    ['objected points are released twice', 'delete _objections[id][holder];', ''],
    [
      'the caller who asks for objected points gets them',
      '.safeTransfer(holder, amount)',
      '.safeTransfer(msg.sender, amount)',
    ],
    [
      'the threshold is rounded down',
      'Math.ceilDiv(supply * objectionThresholdBps(), BPS)',
      '(supply * objectionThresholdBps()) / BPS',
    ],
    [
      'new points dilute objections',
      'Math.min(change_.supplyAtAnnouncement, _supply())',
      '_supply()',
    ],
    [
      'burned points still count against objections',
      'Math.min(change_.supplyAtAnnouncement, _supply())',
      'change_.supplyAtAnnouncement',
    ],
    ['a supply of nothing strikes everything down', 'Math.max(share, LEAST_NEEDED)', 'share'],
  ]),
];
