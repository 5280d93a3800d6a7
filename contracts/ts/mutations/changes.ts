import { mutationsOf } from './mutation.ts';

const ANNOUNCING = ['unit/charter/announce', 'unit/charter/charterForwarder'];
const STRIKES = ['unit/charter/strikes'];
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

/** The parts of the charter: its changes, and what holders object. */
export const CHANGE_MUTATIONS = [
  ...mutationsOf(
    'charter/Changes.sol',
    [...ANNOUNCING, ...ENACTING],
    [
      [
        'an operator without gas announces nothing',
        'address caller = _msgSender();',
        'address caller = msg.sender;',
      ],
      [
        'a dead change is enacted',
        'if (state == ChangeState.Pending && block.timestamp >= change_.diesAt)',
        'if (state == ChangeState.Pending && block.timestamp > change_.diesAt)',
      ],
      [
        'a dead change leaves no cooldown',
        'return unresolved.diesAt + _rest();',
        'return unresolved.diesAt;',
      ],
      [
        'a dead change blocks the program for ever',
        'if (_stateOf(_changes[id]) != ChangeState.Pending) id = 0;',
        '',
      ],
      [
        'a change that was taken back leaves no cooldown',
        '_cooldownUntil = uint64(block.timestamp) + _rest();',
        'if (state == ChangeState.StruckDown) _cooldownUntil = uint64(block.timestamp) + _rest();',
      ],
      [
        'a change that was struck down leaves no cooldown',
        '_cooldownUntil = uint64(block.timestamp) + _rest();',
        'if (state == ChangeState.Withdrawn) _cooldownUntil = uint64(block.timestamp) + _rest();',
      ],
      [
        'an enacted change leaves a cooldown',
        `_strikesInARow = 0;
            return;`,
        '_strikesInARow = 0;',
      ],
      [
        'strikes are never forgotten by an enactment',
        `_strikesInARow = 0;
            return;`,
        'return;',
        STRIKES,
      ],
      ['strikes are not counted', '_strikesInARow++;', '', STRIKES],
      [
        'the strike counter begins again',
        'if (isStrike && _strikesInARow != type(uint8).max) _strikesInARow++;',
        'unchecked { if (isStrike) _strikesInARow++; }',
        STRIKES,
      ],
      [
        'holders are worn out by rests that stay short',
        'uint64(_noticePeriod) << uint8(doublings)',
        'uint64(_noticePeriod)',
        STRIKES,
      ],
      ['rests grow for ever', 'Math.min(strikes - 1, MAX_DOUBLINGS)', 'strikes - 1', STRIKES],
      [
        'the first strike doubles the rest already',
        'strikes == 0 ? 0 : Math.min(strikes - 1, MAX_DOUBLINGS)',
        'Math.min(strikes, MAX_DOUBLINGS)',
        STRIKES,
      ],
      [
        'strikes are forgotten after a rest',
        'cooldownUntil() + FORGIVEN_AFTER * _noticePeriod',
        'cooldownUntil()',
        STRIKES,
      ],
      [
        'strikes are never forgotten',
        'if (block.timestamp >= forgivenFrom) _strikesInARow = 0;',
        '',
        STRIKES,
      ],
      [
        'a cap of nothing strikes everything down',
        'if (settings.objectionCap < LEAST_NEEDED) revert InvalidSetting("objectionCap");',
        '',
        ['unit/charter/charterSettings'],
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
      'if (change_.state != ChangeState.Withdrawn && block.timestamp < noticeEndsAt)',
      'if (change_.state == ChangeState.None)',
    ],
    [
      'objections to a withdrawn change stay locked',
      'change_.state != ChangeState.Withdrawn && block.timestamp < noticeEndsAt',
      'block.timestamp < noticeEndsAt',
    ],
    [
      'borrowed points strike a change down',
      'change_.state != ChangeState.Withdrawn && block',
      'change_.state == ChangeState.Pending && block',
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
    ['new points dilute objections', 'Math.min(change_.countedSupply, _supply())', '_supply()'],
    [
      'burned points still count against objections',
      'Math.min(change_.countedSupply, _supply())',
      'change_.countedSupply',
    ],
    [
      'points made the day before drown objections',
      'Math.min(supply, Math.max(before, floor))',
      'supply',
    ],
    [
      'the first holders of a young program strike everything down',
      'Math.max(before, floor)',
      'before',
    ],
    [
      'points that are burned before the announcement still count',
      'Math.min(supply, Math.max(before, floor))',
      'Math.max(before, floor)',
    ],
    [
      'points of the last notice period count',
      'uint256(points_.startsAt()) + noticePeriod()',
      'uint256(points_.startsAt())',
    ],
    ['a large program can not object', 'Math.min(share, objectionCap())', 'share'],
    [
      'a supply of nothing strikes everything down',
      'Math.max(Math.min(share, objectionCap()), LEAST_NEEDED)',
      'Math.min(share, objectionCap())',
    ],
  ]),
];
