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
      ['owed money is withdrawn', 'uint256 free = _reserve - _owed;', 'uint256 free = _reserve;'],
      [
        'the budget of the open round is withdrawn',
        'if (open) promised += _budgetOf(_versionOf(round, tenders.termsCount));',
        '',
      ],
      [
        'the budget of the next round is withdrawn',
        'uint256 promised = _budgetOf(_versionOf(_nextRound(), tenders.termsCount));',
        'uint256 promised = 0;',
      ],
      ['what a due round will owe is withdrawn', 'free -= payout;', ''],
      ['bought points are not burned', 'if (filled != 0) points_.burn(filled);', ''],
      ['a round is settled twice', 'if (result.word.isSettled()) return;', ''],
      [
        'a round without tenders is never covered',
        'if (!result.word.isSettled()) _settle(result, closed, _versionOf(closed, count), 0);',
        '',
      ],
      [
        'a round that is still open is settled',
        'if (round <= closed && tendered != 0) {',
        'if (tendered != 0) {',
      ],
      [
        'owed money is spent again',
        '_buy(version, tendered, _reserve - owed_)',
        '_buy(version, tendered, _reserve)',
      ],
      ['what earlier rounds owe is forgotten', '_owed = owed_ + payout;', '_owed = payout;'],
      [
        'a round with exactly its budget is not covered',
        'covered = free >= budget;',
        'covered = free > budget;',
      ],
      ['a round buys for money that is not there', 'if (!covered) budget = free;', ''],
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
    'buyback/BuybackVersions.sol',
    ['unit/buyback/buybackTerms'],
    [
      ['a lower price hurts nobody', 'next.pricePerPoint < newest.pricePerPoint ||', ''],
      ['a lower budget hurts nobody', 'next.budgetPerRound < newest.budgetPerRound ||', ''],
      [
        'a higher minimum hurts nobody',
        ' ||\n                next.minTender > newest.minTender;',
        ';',
      ],
      [
        'a better price needs notice',
        'next.pricePerPoint < newest.pricePerPoint ||',
        'next.pricePerPoint != newest.pricePerPoint ||',
      ],
      [
        'a round runs on terms that are for later ones',
        'if (_versions[end].fromRound <= round) return end;',
        'return end;',
      ],
      [
        'a round runs on terms that were replaced',
        'if (_versions[end].fromRound <= round) return end;',
        'if (_versions[end].fromRound < round) return end;',
      ],
      [
        'a price of zero',
        'if (price == 0) revert TermsOutOfBounds("pricePerPoint", 1, type(uint128).max);',
        'if (price == 0) return;',
      ],
      [
        'a tender is worth less than rounding',
        'if (next.minTender < lowest) {',
        'if (next.minTender == 0) {',
      ],
      [
        'a budget buys not even one tender',
        'next.budgetPerRound != 0 && next.budgetPerRound < lowest',
        'next.budgetPerRound != 0 && lowest == 0',
      ],
      [
        'a buyback needs a budget',
        'next.budgetPerRound != 0 && next.budgetPerRound < lowest',
        'next.budgetPerRound < lowest',
      ],
    ],
  ),
  ...mutationsOf(
    'libraries/RoundMath.sol',
    ['unit/buyback/settleRounds', 'fuzz/roundMath'],
    [
      [
        'more is bought than there is money for',
        '(uint256(budget) * WHOLE_POINT) / pricePerPoint',
        '(uint256(budget) * WHOLE_POINT + pricePerPoint - 1) / pricePerPoint',
      ],
      [
        'more is bought than was tendered',
        'affordable < tendered ? uint96(affordable) : tendered',
        'uint96(affordable)',
      ],
      [
        'the payout is rounded up',
        '(uint256(filled) * pricePerPoint) / WHOLE_POINT',
        '(uint256(filled) * pricePerPoint + WHOLE_POINT - 1) / WHOLE_POINT',
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
      'what was bought is cut',
      'uint96(word >> FILLED_SHIFT)',
      'uint64(word >> FILLED_SHIFT)',
      ['fuzz/roundMath', 'unit/buyback/settleRounds'],
    ],
  ]),
];
