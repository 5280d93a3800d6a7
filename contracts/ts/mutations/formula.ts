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
        'the words of a rule change',
        'if (known != _textHashOf(rule)) revert InvalidTerms("text", i);',
        '',
      ],
      [
        'another id takes the name of a rule that earned more',
        '} else if (_isNameTaken[keccak256(bytes(rule.name))]) {',
        '} else if (known != 0) {',
      ],
      ['the small print is forgotten', '_documentHashes[version] = terms.documentHash;', ''],
    ],
  ),
  ...mutationsOf(
    'points/TermsCheck.sol',
    ['unit/points/applyTerms', 'unit/points/impact', 'fuzz/impact'],
    [
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
        'the small print changes in the dark',
        'if (next.documentHash != documentHash) flags |= HURTS_MEMBERS;',
        '',
      ],
      [
        'the same terms again push every other change away',
        'if (isSame) revert',
        'if (flags > 3) revert',
      ],
      ['a better rule is no change', 'if (nextRule != rule) isSame = false;', ''],
      [
        'a rule that still earns is ended without notice',
        'Formula.untilEpoch(rule) <= fromEpoch',
        'Formula.untilEpoch(rule) <= fromEpoch + 1',
      ],
      [
        'a rule that has lapsed needs notice',
        'bool hasLapsed = Formula.untilEpoch(rule) <= fromEpoch;',
        'bool hasLapsed = false;',
      ],
      [
        'a cap does not fit its field',
        'if (rule.maxPoints > Formula.MAX_STATEMENT_POINTS)',
        'if (rule.maxPoints == type(uint64).max)',
      ],
      [
        'two rules have one name',
        'if (names[j] == names[i]) revert IPoints.InvalidTerms("name", i);',
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
        'table.tag = table.tag == 0 ? FIRST_TAG : table.tag + 1;',
        'table.tag = FIRST_TAG;',
      ],
      [
        'the first epoch of a version earns by the one before',
        'table.epochs = next - fromEpoch;',
        'table.epochs = next - fromEpoch + 1;',
      ],
      [
        'a statement earns more than its field holds',
        'if (points > Formula.MAX_STATEMENT_POINTS) points = Formula.MAX_STATEMENT_POINTS;',
        '',
      ],
      [
        'a rule that lapses in the middle of a batch earns on',
        'table.epochs = Math.min(table.epochs, untilEpoch - fromEpoch);',
        '{}',
      ],
      ['a rule that has lapsed earned nothing before', 'table.fromEpoch = untilEpoch;', '{}'],
      ['a rule earns an epoch too long', 'if (epoch >= untilEpoch) {', 'if (epoch > untilEpoch) {'],
      [
        'a rule that was dropped spoils the whole statement',
        'if (rule == 0 && _textHashes[id] == 0) return false;',
        'if (rule == 0) return false;',
      ],
    ],
  ),
  ...mutationsOf(
    'libraries/Formula.sol',
    ['unit/points/earning', 'unit/points/impact', 'fuzz/formula', 'fuzz/impact'],
    [
      [
        'the cap of actions is no cap',
        'let cap := and(shr(66, rule), MAX_32)',
        'let cap := MAX_32',
      ],
      [
        'the cap of points is no cap',
        'cap := and(shr(32, rule), MAX_STATEMENT_POINTS)',
        'cap := MAX_STATEMENT_POINTS',
      ],
      [
        'points are rounded up',
        'div(mul(and(shr(152, line), MAX_64), and(shr(98, rule), MAX_64)), AMOUNT_SCALE)',
        'div(add(999999, mul(and(shr(152, line), MAX_64), and(shr(98, rule), MAX_64))), AMOUNT_SCALE)',
      ],
      [
        'a line beyond the end of the statement earns',
        'iszero(lt(cursor, end)),',
        'iszero(lt(cursor, add(end, 13))),',
        ['unit/points/settle', 'fuzz/formula'],
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
