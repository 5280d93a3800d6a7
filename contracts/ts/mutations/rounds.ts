import { mutationsOf } from './mutation.ts';

const TENDERING = ['unit/buyback/tender', 'unit/buyback/untender'];
const CLAIMING = ['unit/buyback/claim', 'unit/buyback/settleRounds'];
const RESERVE = [
  'unit/buyback/deposit',
  'unit/buyback/sync',
  'unit/buyback/withdraw',
  'unit/buyback/settlementTokens',
];

/** The parts of the buyback: its clock, its terms, its rounds and their arithmetic. */
export const ROUND_MUTATIONS = [
  ...mutationsOf(
    'buyback/Rounds.sol',
    [...CLAIMING, ...RESERVE],
    [
      ['bought points are not burned', 'if (filled != 0) points_.burn(filled);', ''],
      [
        'a round is settled twice',
        'if (result.word.isSettled()) return;\n        IPoints',
        'IPoints',
      ],
      [
        'a round without tenders is never covered',
        '_settle(result, closed, version, 0, afterLacking, backed);',
        '',
      ],
      [
        'a round that is still open is settled',
        'if (round <= closed && tendered != 0) {',
        'if (tendered != 0) {',
      ],
      ['owed money is spent again', '_freeOf(funds));', 'uint128(funds >> 128));'],
      [
        'what earlier rounds owe is forgotten',
        '_funds = funds + payout;',
        '_funds = ((funds >> 128) << 128) + payout;',
      ],
      [
        'a round with exactly its budget is not covered',
        'isWhole = free >= budget;',
        'isWhole = free > budget;',
      ],
      ['a round buys for money that is not there', 'if (!isWhole || (backed', 'if ((backed'],
      [
        'a round is covered by money that was not there as it opened',
        'covered = isWhole && afterLacking != round + 1;',
        'covered = isWhole;',
      ],
      [
        'the last round of a backed program keeps its money back',
        ' || (backed && ICharter(charter()).isLastRound(round))',
        '',
        ['unit/buyback/backed', 'unit/charter/isLastRound'],
      ],
      [
        'every round of a backed program is a last one',
        '(backed && ICharter(charter()).isLastRound(round))',
        'backed',
        ['unit/buyback/backed', 'unit/charter/isLastRound'],
      ],
      [
        'a claim waits for a settlement',
        `_settleDue();
            result = _results[round].word;`,
        'result = _results[round].word;',
      ],
      [
        'holders of one round share what they tendered with the next',
        '(uint256(round) << 160) | uint160(holder)',
        'uint256(uint160(holder))',
      ],
    ],
  ),
  ...mutationsOf(
    'buyback/RoundClock.sol',
    ['unit/buyback/roundClock', ...TENDERING],
    [
      [
        'a round is open for a second too long',
        'elapsed - number * length < window_',
        'elapsed - number * length <= window_',
      ],
      [
        'a round that opened before a moment is taken for one after it',
        '(moment - first + length - 1) / length',
        '(moment - first) / length',
      ],
      [
        'new terms hold for the open round',
        'return begun ? round + 1 : 0;',
        'return begun ? round : 0;',
      ],
      ['an open round counts as closed', 'return (true, round - 1);', 'return (true, round);'],
      [
        'before the first round there is one',
        'if (block.timestamp < first) return (false, 0, false);',
        'if (block.timestamp < first) return (true, 0, false);',
      ],
      [
        'a window is longer than its period',
        'settings.window == 0 || settings.window > settings.period',
        'settings.window == 0',
        ['unit/buyback/buybackSettings'],
      ],
    ],
  ),
  ...mutationsOf(
    'libraries/RoundMath.sol',
    ['unit/buyback/settleRounds', 'fuzz/roundMath'],
    [
      [
        'more is paid than there is',
        'return worth < budget ? uint128(worth) : budget;',
        'return uint128(worth);',
      ],
      [
        'a round without enough tenders pays its whole budget',
        'return worth < budget ? uint128(worth) : budget;',
        'return budget;',
      ],
      [
        'the payout is rounded up',
        '(uint256(tendered) * pricePerPoint) / WHOLE_POINT;',
        '(uint256(tendered) * pricePerPoint + WHOLE_POINT - 1) / WHOLE_POINT;',
      ],
      [
        'points come first, and a price near a hundred budgets pays nothing',
        `uint256 worth = (uint256(tendered) * pricePerPoint) / WHOLE_POINT;
            return worth < budget ? uint128(worth) : budget;`,
        `uint256 affordable = (uint256(budget) * WHOLE_POINT) / pricePerPoint;
            uint256 bought = affordable < tendered ? affordable : tendered;
            return uint128((bought * pricePerPoint) / WHOLE_POINT);`,
      ],
      [
        'fewer points are burned than are paid for',
        'uint96((uint256(payout) * WHOLE_POINT + pricePerPoint - 1) / pricePerPoint)',
        'uint96((uint256(payout) * WHOLE_POINT) / pricePerPoint)',
      ],
      [
        'shares of the money are rounded up',
        '(uint256(amount) * payout) / tendered',
        '(uint256(amount) * payout + tendered - 1) / tendered',
      ],
      [
        'the last to claim finds too few points',
        '(uint256(amount) * (tendered - filled)) / tendered',
        'amount - (uint256(amount) * filled) / tendered',
      ],
    ],
  ),
  ...mutationsOf('libraries/ResultWord.sol', CLAIMING, [
    [
      'covered and settled are one',
      'covered ? COVERED | SETTLED : SETTLED',
      'COVERED | SETTLED',
      ['unit/buyback/settleRounds', 'unit/charter/enact'],
    ],
    [
      'what was tendered is cut',
      'uint80(word >> TENDERED_SHIFT)',
      'uint64(word >> TENDERED_SHIFT)',
      ['fuzz/buyback'],
    ],
    [
      'what is paid is cut',
      'uint128(word >> PAYOUT_SHIFT)',
      'uint96(word >> PAYOUT_SHIFT)',
      ['fuzz/buyback'],
    ],
  ]),
];
