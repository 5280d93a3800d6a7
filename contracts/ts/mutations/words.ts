import { mutationsOf } from './mutation.ts';

/** What an account and its history ring remember. */
export const WORD_MUTATIONS = [
  ...mutationsOf(
    'libraries/AccountWord.sol',
    ['unit/points/settle', 'unit/points/window', 'fuzz/record'],
    [
      [
        'a balance is lost as the account moves on to newer epochs',
        'next = (word & BALANCE) | (epoch << NEWEST_SHIFT) | amount;',
        'next = (epoch << NEWEST_SHIFT) | amount;',
      ],
      [
        'an epoch is dropped one too soon',
        'if (delta > limit) return next;',
        'if (delta >= limit) return next;',
      ],
      [
        'the third epoch of a word is dropped one too soon',
        'if (age <= limit) {\n                            ages',
        'if (age < limit) {\n                            ages',
      ],
      ['what is in the ring is forgotten with the next epoch', 'next |= word & SPILLED;', ''],
      [
        'an epoch in the word is spilled though its window has closed',
        'return newestOf(word) - age >= oldest;',
        'return age != 0;',
      ],
      ['a late epoch stands before a newer one', 'if (other == 0 || other > age) break;', 'break;'],
      [
        'two epochs share an age',
        'next |= (ages << AGES_SHIFT) | ((word & kept) << MINTED_BITS);',
        'next |= ((ages & 0xffff) << AGES_SHIFT) | ((word & kept) << MINTED_BITS);',
      ],
    ],
  ),
  ...mutationsOf(
    'libraries/RingWord.sol',
    ['unit/points/window', 'fuzz/record'],
    [
      [
        'a record of older epochs counts for newer ones',
        'return word >> GROUP_SHIFT == group ? word : group << GROUP_SHIFT;',
        'return word;',
      ],
      [
        'what an older group minted counts against a newer one',
        'if (word >> GROUP_SHIFT != groupAt(epoch)) return 0;',
        '',
      ],
      [
        'two epochs share a field',
        '(epoch % EPOCHS_PER_GROUP) * MINTED_BITS',
        '(epoch % 3) * MINTED_BITS',
      ],
    ],
  ),
];
