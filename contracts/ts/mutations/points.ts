import { mutationsOf } from './mutation.ts';

const SETTLING = [
  'unit/points/settle',
  'unit/points/settleSigned',
  'unit/points/budget',
  'unit/points/window',
];

export const POINTS_MUTATIONS = [
  ...mutationsOf('Points.sol', SETTLING, [
    ['anybody settles', 'if (msg.sender != recorder()) revert NotRecorder(msg.sender);', ''],
    [
      'a statement is good with any signature',
      'if (signer == address(0) || !_vouchesFor(signer, epoch))',
      'if (signer == address(0))',
    ],
    [
      'what is signed says nothing of the epoch',
      'keccak256(abi.encode(STATEMENT_TYPEHASH, member, epoch, keccak256(lines)))',
      'keccak256(abi.encode(STATEMENT_TYPEHASH, member, uint32(0), keccak256(lines)))',
    ],
    [
      'the settlement window is an epoch short',
      'if (clock - epoch > window) {',
      'if (clock - epoch >= window) {',
    ],
    ['points are minted into the escrow of the catalogue', 'member == settlement.catalogue ||', ''],
    [
      'a repeated statement is refused instead of ignored',
      'if (points <= minted) return 0;',
      'if (points < minted) return 0;',
    ],
    [
      'a statement mints again what it has minted',
      'Math.min(points - minted, settlement.room)',
      'Math.min(points, settlement.room)',
    ],
    [
      'the budget bounds nothing',
      'uint256 left = _budgetIn(clock) - minted;',
      'uint256 left = _budgetIn(clock);',
    ],
    ['statements of a batch do not share the budget', 'settlement.room -= amount;', ''],
    [
      'the supply outgrows its 96 bits',
      'settlement.room = Math.min(left, supplyLeft);',
      'settlement.room = left;',
      ['fuzz/bounds', 'unit/points/budget', 'unit/points/settle'],
    ],
    [
      'the log says what was added, not what stands',
      'uint64(minted + amount), lines);',
      'uint64(amount), lines);',
    ],
  ]),
  ...mutationsOf(
    'Points.sol',
    ['unit/points/moveAccount', 'unit/points/forwarder'],
    [
      [
        'an account moves to one that did not agree',
        'if (!SignatureChecker.isValidSignatureNow(to, digest, signature))',
        'if (digest == 0)',
      ],
      [
        'a move is good for another account too',
        'keccak256(abi.encode(MOVE_ACCOUNT_TYPEHASH, from, to, deadline))',
        'keccak256(abi.encode(MOVE_ACCOUNT_TYPEHASH, to, to, deadline))',
      ],
      [
        'an account moves after the deadline',
        'if (block.timestamp > deadline) revert DeadlinePassed(deadline);',
        '',
      ],
      [
        'the forwarder moves its own account',
        'address from = _msgSender();',
        'address from = msg.sender;',
      ],
      ['an account moves into escrow', 'to == from || _isOwnContract(to)', 'to == from'],
    ],
  ),
  ...mutationsOf(
    'Points.sol',
    ['unit/points/pull', 'unit/points/burn', 'unit/points/forwarder'],
    [
      [
        'any contract takes points of anybody',
        'if (isPlainAccount || !isModule(msg.sender))',
        'if (isPlainAccount)',
      ],
      [
        'a plain account that is named as a module takes points of anybody',
        'if (isPlainAccount || !isModule(msg.sender))',
        'if (!isModule(msg.sender))',
      ],
      [
        'a plain account borrows code and takes points of anybody',
        'DELEGATION_BYTES = 23',
        'DELEGATION_BYTES = 0',
      ],
    ],
  ),
  ...mutationsOf(
    'points/Accounts.sol',
    ['unit/points/transfer', 'unit/points/pull', 'unit/points/burn', 'unit/points/permit'],
    [
      [
        'points are lost by a transfer into escrow',
        'if (_isOwnContract(to)) revert ModuleTransferForbidden(to);',
        '',
      ],
      [
        'escrow does not come back where points do not move freely',
        'if (!transferable() && !isModule(from))',
        'if (!transferable())',
        ['unit/catalogue/refund', 'unit/points/transfer'],
      ],
      [
        'points move that must not',
        'if (!transferable() && !isModule(from)) revert NotTransferable();',
        '',
      ],
      ['burned points stay in the supply', '_issuance.supply -= uint96(value);', '{}'],
    ],
  ),
  ...mutationsOf(
    'points/Accounts.sol',
    [
      'unit/points/settle',
      'unit/points/budget',
      'unit/points/window',
      'fuzz/record',
      'fuzz/budget',
    ],
    [
      [
        'the budget is for ever, not for each epoch',
        'minted = issuance.epoch == epoch ? issuance.minted : 0;',
        'minted = issuance.minted;',
      ],
      [
        'the record of a statement is dropped an epoch too soon',
        'if (lastEpoch + window >= clock && account.hasMinted())',
        'if (lastEpoch + window > clock && account.hasMinted())',
      ],
      [
        'a record of older epochs counts for newer ones',
        'if (record.groupOf() != group) record = uint256(0).turnTo(group);',
        '',
      ],
      [
        'what an older group minted counts against a newer one',
        'if (record.groupOf() == group) minted = record.mintedFor(epoch);',
        'minted = record.mintedFor(epoch);',
      ],
      [
        'groups in the window share a place in the ring',
        'group % (window / AccountWord.EPOCHS_PER_GROUP)',
        'group % (window / AccountWord.EPOCHS_PER_GROUP / 2)',
      ],
    ],
  ),
  ...mutationsOf(
    'libraries/AccountWord.sol',
    ['unit/points/settle', 'unit/points/window', 'fuzz/record'],
    [
      [
        'a balance is lost as the account moves on to newer epochs',
        '((word >> BALANCE_SHIFT) << BALANCE_SHIFT) | (group << GROUP_SHIFT)',
        'group << GROUP_SHIFT',
      ],
      [
        'two epochs share a field',
        '(epoch % EPOCHS_PER_GROUP) * MINTED_BITS',
        '(epoch % 3) * MINTED_BITS',
      ],
    ],
  ),
  ...mutationsOf(
    'libraries/PackedStatements.sol',
    ['unit/points/settle', 'fuzz/packing'],
    [
      [
        'a batch that breaks off is settled',
        'if (next > batch.length)',
        'if (linesAt > batch.length)',
      ],
      [
        'a long statement hides the one after it',
        '((head >> 56) & 0xff) * LINE_BYTES',
        '((head >> 56) & 0x7f) * LINE_BYTES',
      ],
    ],
  ),
];
