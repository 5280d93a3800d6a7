import { mutationsOf } from './mutation.ts';

/** Rule sets and what they earn. */
export const FORMULA_MUTATIONS = [
  ...mutationsOf(
    'points/RuleSets.sol',
    ['unit/points/applyTerms', 'unit/points/impact', 'fuzz/versions'],
    [
      [
        'anybody changes the rules',
        'if (msg.sender != charter()) revert NotCharter(msg.sender);',
        '',
      ],
      ['a new version holds for the current epoch', 'fromEpoch = epoch + 1;', 'fromEpoch = epoch;'],
      ['an epoch changes its version', 'if (fromEpoch < afterNewest) fromEpoch = afterNewest;', ''],
      [
        'rules are planned for a far future and block all later ones',
        'if (terms.notBefore > epoch + MAX_LEAD / epochLength())',
        'if (terms.notBefore == type(uint32).max)',
      ],
      [
        'dilution hurts nobody',
        'if (next.budgetPerEpoch > budgetPerEpoch) flags |= HURTS_HOLDERS;',
        '',
      ],
      [
        'a lower budget hurts nobody',
        'if (next.budgetPerEpoch < budgetPerEpoch) flags |= HURTS_MEMBERS;',
        '',
      ],
      [
        'a rule that still earns is ended without notice',
        'Formula.untilEpoch(rule) <= fromEpoch',
        'Formula.untilEpoch(rule) <= fromEpoch + 1',
      ],
      [
        'a rule that has lapsed needs notice',
        'bool lapsed = Formula.untilEpoch(rule) <= fromEpoch;',
        'bool lapsed = false;',
      ],
      [
        'the words of a rule change',
        'if (known != 0 && known != _textHashOf(rule)) revert InvalidTerms("text", i);',
        '',
      ],
      [
        'a cap does not fit its field',
        'if (rule.maxPoints > Formula.MAX_STATEMENT_POINTS) revert InvalidTerms("maxPoints", i);',
        '',
      ],
    ],
  ),
  ...mutationsOf(
    'points/RuleSets.sol',
    [
      'unit/points/settle',
      'unit/points/earning',
      'unit/points/applyTerms',
      'fuzz/formula',
      'fuzz/bounds',
    ],
    [
      [
        'a line that is repeated earns twice',
        'if (id < lowestId) return _refusal(SkipReason.LinesNotAscending);',
        '',
      ],
      [
        'a batch earns by the rules of another epoch',
        'table.tag = TABLE_MARK | (version & (TABLE_MARK - 1));',
        'table.tag = TABLE_MARK;',
      ],
      [
        'the first epoch of a version earns by the one before',
        'table.epochs = next - fromEpoch;',
        'table.epochs = next - fromEpoch + 1;',
      ],
      [
        'a statement earns more than its field holds',
        'points = Math.min(points, Formula.MAX_STATEMENT_POINTS);',
        '',
      ],
      [
        'a rule that was dropped spoils the whole statement',
        'if (rule == 0 && _textHashes[id] == 0) return 0;',
        'if (rule == 0) return 0;',
      ],
    ],
  ),
  ...mutationsOf(
    'libraries/Formula.sol',
    ['unit/points/earning', 'unit/points/impact', 'fuzz/formula', 'fuzz/impact'],
    [
      ['the cap of actions is no cap', 'Math.min(count, (rule >> 66) & MAX_32)', 'count'],
      [
        'the cap of points is no cap',
        'points = Math.min(points, (rule >> 32) & MAX_STATEMENT_POINTS);',
        '',
      ],
      [
        'a rule earns an epoch too long',
        'SafeCast.toUint(epoch < untilEpoch(rule))',
        'SafeCast.toUint(epoch <= untilEpoch(rule))',
      ],
      [
        'points are rounded up',
        '(amount * ((rule >> 98) & MAX_64)) / AMOUNT_SCALE',
        '(amount * ((rule >> 98) & MAX_64) + AMOUNT_SCALE - 1) / AMOUNT_SCALE',
      ],
      [
        'a lower cap of actions hurts nobody',
        '((next >> 66) & MAX_32) < ((rule >> 66) & MAX_32) ||',
        '',
      ],
      [
        'a lower cap of points hurts nobody',
        '((next >> 32) & MAX_STATEMENT_POINTS) < ((rule >> 32) & MAX_STATEMENT_POINTS) ||',
        '',
      ],
      ['an earlier end hurts nobody', ' ||\n            untilEpoch(next) < untilEpoch(rule);', ';'],
    ],
  ),
];
