import { mutationsOf } from './mutation.ts';

const SETTLING = [
  'unit/points/settle',
  'unit/points/settleSigned',
  'unit/points/budget',
  'unit/points/window',
];

export const POINTS_MUTATIONS = [
  ...mutationsOf('Points.sol', SETTLING, [
    [
      'a batch is good for a recorder who never saw it',
      'keccak256(abi.encode(BATCH_TYPEHASH, keccak256(statements)))',
      'keccak256(abi.encode(BATCH_TYPEHASH, keccak256("")))',
    ],
    [
      'any key is the recorder of a signed statement',
      'if (!vouchesFor(signer, epoch)) revert NotRecorder(signer);',
      '',
    ],
    [
      'what is signed says nothing of the epoch',
      'keccak256(abi.encode(STATEMENT_TYPEHASH, member, epoch, keccak256(lines)))',
      'keccak256(abi.encode(STATEMENT_TYPEHASH, member, uint32(0), keccak256(lines)))',
    ],
    ['batches are settled in silence', 'emit BatchSettled(statements);', ''],
    [
      'a skip names another statement',
      'SafeCast.toUint16(index), reason',
      'SafeCast.toUint16(0 * index), reason',
    ],
    [
      'a receipt that is refused looks like a good one',
      'if (mustSettle) revert StatementRefused(reason);',
      '',
    ],
    [
      'the settlement window is an epoch short',
      'if (epoch - oldest > settlement.openEpochs) {',
      'if (epoch - oldest >= settlement.openEpochs) {',
    ],
    ['points are minted into the escrow of the catalogue', 'member == settlement.catalogue ||', ''],
    [
      'a repeated statement is refused instead of ignored',
      'if (points <= minted) return 0;',
      'if (points < minted) return 0;',
    ],
    [
      'a statement mints again what it has minted',
      'uint256 amount = points - minted;',
      'uint256 amount = points;',
    ],
    [
      'the budget bounds nothing',
      'Math.min(_budgetIn(clock) - minted, AccountWord.MAX_BALANCE - supply)',
      'Math.min(_budgetIn(clock), AccountWord.MAX_BALANCE - supply)',
    ],
    ['statements of a batch do not share the budget', 'settlement.room = room - amount;', ''],
    [
      'the supply outgrows its 71 bits',
      'Math.min(_budgetIn(clock) - minted, AccountWord.MAX_BALANCE - supply)',
      '_budgetIn(clock) - minted',
      ['unit/points/budget', 'unit/points/settle'],
    ],
  ]),
  ...mutationsOf(
    'Points.sol',
    ['unit/points/backed', 'unit/points/budget'],
    [
      ['backed points are backed by nothing', 'if (backed()) {', 'if (clock != clock) {'],
      [
        'every point is backed by the whole reserve',
        'Math.saturatingSub(backing, supply)',
        'backing',
      ],
      [
        'what lacks backing is said to lack budget',
        'settlement.noRoom = SkipReason.NotBacked;',
        '',
      ],
    ],
  ),
  ...mutationsOf(
    'Points.sol',
    ['unit/points/moveAccount', 'unit/points/forwarder'],
    [
      [
        'an account moves to one that did not agree',
        'if (!Signatures.isBy(to, digest, signature))',
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
        'what went to the ring is minted again',
        'if (word.hasSpilled()) {\n            minted',
        'if (word.isNew()) {\n            minted',
      ],
      [
        'an epoch that is in the ring comes into the word too',
        'if (record.mintedFor(epoch) != 0) {',
        'if (record.mintedFor(epoch) == type(uint256).max) {',
      ],
      [
        'the oldest of five epochs is forgotten',
        'if (word.isFull(oldest)) (word, ) = _spill(member, word, epoch, 0, window);',
        '',
      ],
      [
        'a late epoch pushes another one out',
        'if (word.isFull(oldest)) {\n            (word, isInRing)',
        'if (word.isNew()) {\n            (word, isInRing)',
      ],
      [
        'a late epoch that is the oldest of five pushes another one out',
        'isInRing = RingWord.groupAt(epoch) == group;',
        'isInRing = false;',
      ],
      [
        'groups in the window share a place in the ring',
        'group % (window / RingWord.EPOCHS_PER_GROUP + 1)',
        'group % (window / RingWord.EPOCHS_PER_GROUP)',
      ],
      [
        'another account has the same ring',
        'return (slot << 160) | uint160(member);',
        'return slot << 160;',
      ],
      [
        'the mint is told of another account',
        'log3(0, 0x20, topic, 0, member)',
        'log3(0, 0x20, topic, 0, 0)',
      ],
    ],
  ),
  ...mutationsOf(
    'points/Accounts.sol',
    ['unit/points/supplyBefore'],
    [
      [
        'points made today count as old ones',
        'if (minted == 0) _supplies.push(uint32(epoch), uint224(supply));',
        'if (minted == 0) _supplies.push(uint32(epoch), uint224(supply + amount));',
      ],
      [
        'the supply before an epoch is that of an earlier one',
        'if (!exists || newest < epoch) return _issuance.supply;',
        'if (!exists) return _issuance.supply;',
      ],
      [
        'later mints of an epoch count as old points',
        'if (minted == 0) _supplies.push(uint32(epoch), uint224(supply));',
        '_supplies.push(uint32(epoch), uint224(supply));',
      ],
    ],
  ),
  ...mutationsOf(
    'libraries/PackedStatements.sol',
    ['unit/points/settleSigned', 'unit/points/settle', 'fuzz/packing'],
    [
      [
        'a receipt has more lines than its batch of one tells',
        ' || lines.length > MAX_LINES * LINE_BYTES',
        '',
      ],
      [
        'a long statement hides the one after it',
        '((head >> 56) & 0xff) * LINE_BYTES',
        '((head >> 56) & 0x7f) * LINE_BYTES',
      ],
    ],
  ),
  ...mutationsOf(
    'Points.sol',
    ['unit/points/settle', 'fuzz/packing'],
    [
      [
        'a batch that breaks off is settled',
        'if (next > end) revert MalformedBatch(cursor - first);',
        'if (lines > end) revert MalformedBatch(cursor - first);',
      ],
    ],
  ),
  ...mutationsOf(
    'libraries/Signatures.sol',
    ['unit/points/moveAccount', 'unit/points/settleSigned', 'unit/points/manyRecorders'],
    [
      [
        'an account with a key loses it as it borrows code',
        'if (recovered == signer && signer != address(0)) return true;',
        'if (recovered == signer && signer.code.length == 0) return true;',
      ],
      [
        'an account of several parties vouches for nothing',
        'return SignatureChecker.isValidERC1271SignatureNow(signer, digest, signature);',
        'return false;',
      ],
      [
        'any key signs for any account',
        'if (recovered == signer && signer != address(0)) return true;',
        'if (recovered != address(0)) return true;',
      ],
    ],
  ),
];
