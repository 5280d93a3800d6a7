import { mutationsOf } from './mutation.ts';

const RESERVE = [
  'unit/buyback/deposit',
  'unit/buyback/sync',
  'unit/buyback/withdraw',
  'unit/buyback/settlementTokens',
];

/** The terms of the buyback, and what its money is promised for. */
export const BUYBACK_TERMS_MUTATIONS = [
  ...mutationsOf(
    'buyback/Cover.sol',
    [...RESERVE, 'unit/buyback/backed', 'unit/buyback/improvements'],
    [
      ['owed money is withdrawn', 'free = _free();', 'free = reserve();'],
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
      [
        'what a due round will owe is withdrawn',
        'return (free - payout, filled);',
        'return (free, filled);',
      ],
      [
        'what buys the points of a backed program is withdrawn',
        'if (tenders.backed)\n            promised =',
        'if (tenders.termsCount == 0)\n            promised =',
      ],
      [
        'nothing is kept for the points of the next weeks',
        'return _worthRoundedUp(_supply() - burned, price) + _worthRoundedUp(budget * epochs, price);',
        'return _worthRoundedUp(_supply() - burned, price);',
      ],
      [
        'a higher budget between two others is not kept for',
        'for (; version < count; version++) {',
        'for (; version < count; version += count - version > 1 ? count - version - 1 : 1) {',
      ],
      [
        'a notice touches an epoch too few',
        'points_.epochLength()) + 1;',
        'points_.epochLength());',
      ],
      [
        'points that are bought already are backed again',
        'return (free - payout, filled);',
        'return (free - payout, 0);',
      ],
      [
        'a typing error in the budget locks the reserve',
        'if (next.budgetPerRound > budget && next.budgetPerRound > free)',
        'if (next.budgetPerRound > budget && free == type(uint128).max)',
      ],
      [
        'terms that ask for no more need money',
        'if (next.budgetPerRound > budget && next.budgetPerRound > free)',
        'if (next.budgetPerRound > free)',
      ],
      [
        'a higher price leaves points without backing',
        'if (needed > free) revert NotCovered(needed, free);',
        '',
      ],
      [
        'what points are worth is rounded down',
        'Math.ceilDiv(amount * price, RoundMath.WHOLE_POINT)',
        '(amount * price) / RoundMath.WHOLE_POINT',
      ],
      [
        'points are backed by money that is owed',
        '(uint256(_free()) * RoundMath.WHOLE_POINT) / price',
        '(uint256(reserve()) * RoundMath.WHOLE_POINT) / price',
      ],
      [
        'points are not backed at the price of the open round',
        'if (open) price = Math.max(price, _priceOf(_versionOf(round, tenders.termsCount)));',
        '',
      ],
      [
        'points are not backed at the price of a round that is due',
        'if (_isUnsettled(tenders)) price = Math.max(price, _priceOf(tenders.version));',
        '',
      ],
      [
        'a round that has its budget is not covered after a deposit',
        'if (_free() < budget) _tenders.afterLacking = round + 1;',
        '_tenders.afterLacking = round + 1;',
        ['unit/buyback/settleRounds'],
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
        'a price of fifty times as much comes without notice',
        'next.pricePerPoint > LARGEST_STEP * newest.pricePerPoint ||',
        '',
      ],
      [
        'a minimum of next to nothing comes without notice',
        ' ||\n                    LARGEST_STEP * next.minTender < newest.minTender);',
        ');',
      ],
      ['a price can not double', 'LARGEST_STEP = 2;', 'LARGEST_STEP = 1;'],
      [
        'a program that bought nothing begins with small steps',
        'newest.budgetPerRound != 0 &&\n                (next',
        'true &&\n                (next',
      ],
      ['terms that change nothing are a version', ') revert NoChange();', ') return 0;'],
      [
        'terms get better twice before a round',
        'if (improves && improved) revert ImprovedAlready(fromRound);',
        '',
        ['unit/buyback/improvements'],
      ],
      [
        'terms never get better twice',
        'improved = newest.improved && newest.fromRound == fromRound;',
        'improved = newest.improved;',
        ['unit/buyback/improvements'],
      ],
      [
        'a worse version in between allows a second improvement',
        '            improved || improves\n',
        '            improves\n',
        ['unit/buyback/improvements'],
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
        '(backed || next.budgetPerRound != 0) && next.budgetPerRound < lowest',
        '(backed || next.budgetPerRound != 0) && lowest == 0',
      ],
      [
        'a buyback needs a budget',
        '(backed || next.budgetPerRound != 0) && next.budgetPerRound < lowest',
        'next.budgetPerRound < lowest',
      ],
      [
        'a backed program stops buying',
        '(backed || next.budgetPerRound != 0) && next.budgetPerRound < lowest',
        'next.budgetPerRound != 0 && next.budgetPerRound < lowest',
        ['unit/buyback/buybackSettings', 'unit/buyback/backed'],
      ],
      [
        'a tender of a few base units loses its points to rounding',
        `Math.max(
            MIN_TENDER_UNITS,
            Math.ceilDiv(MIN_TENDER_UNITS * RoundMath.WHOLE_POINT, price)
        );`,
        'Math.ceilDiv(MIN_TENDER_UNITS * RoundMath.WHOLE_POINT, price);',
      ],
    ],
  ),
];
