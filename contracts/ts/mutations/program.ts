import { mutationsOf } from './mutation.ts';

/** What a program is created with, who runs it and who vouches for actions, and the factory. */
export const PROGRAM_MUTATIONS = [
  ...mutationsOf(
    'points/Settings.sol',
    ['unit/points/pointsSettings', 'unit/points/window', 'unit/points/transfer'],
    [
      [
        'an epoch begins a second early',
        '(block.timestamp - _startsAt) / _epochLength',
        '(block.timestamp - _startsAt + 1) / _epochLength',
      ],
      [
        'a window has ages that do not fit its words',
        'settings.settlementWindow > AccountWord.MAX_AGE',
        'settings.settlementWindow == type(uint32).max',
      ],
      [
        'a program is backed by no buyback',
        'if (settings.backed && settings.buyback == address(0)) revert InvalidSetting("backed");',
        '',
      ],
      [
        'the forwarder is a module',
        'if (settings.charter == address(0) || _isOwnContract(settings.charter))',
        'if (settings.charter == address(0))',
      ],
      [
        'points are sent to the forwarder',
        ' || account == trustedForwarder();',
        ';',
        [
          'unit/points/transfer',
          'unit/points/moveAccount',
          'unit/points/operator',
          'unit/points/rotateRecorder',
        ],
      ],
    ],
  ),
  ...mutationsOf(
    'points/OperatorRole.sol',
    ['unit/points/operator'],
    [
      ['anybody calls as the operator', 'if (caller != _operator) revert NotOperator(caller);', ''],
      ['an offer is taken twice', 'delete _offeredOperator;', ''],
      [
        'the role is offered to the forwarder, so to everybody',
        'if (_isOwnContract(next)) revert InvalidSetting("operator");',
        '',
      ],
    ],
  ),
  ...mutationsOf(
    'points/Recorders.sol',
    ['unit/points/rotateRecorder', 'unit/points/revokeRecorder', 'unit/points/settleSigned'],
    [
      [
        'a new recorder vouches for the current epoch already',
        'uint32 fromEpoch = currentEpoch() + 1;',
        'uint32 fromEpoch = currentEpoch();',
      ],
      ['a revoked key is as good as before', '_revoked[old] = true;', ''],
      [
        'receipts of a revoked key are settled',
        '(_endOf[key] > epoch && !_revoked[key])',
        '_endOf[key] > epoch',
      ],
      [
        'a receipt dies by a rotation',
        '(_endOf[key] > epoch && !_revoked[key])',
        '(_endOf[key] == epoch + 1 && !_revoked[key])',
      ],
      [
        'a key that was rotated away vouches for later epochs',
        '_endOf[_newest] = fromEpoch;',
        '_endOf[_newest] = type(uint32).max;',
      ],
      [
        'a key vouches that was never in office',
        'if (_newestFrom < fromEpoch) {',
        'if (_newestFrom <= fromEpoch) {',
      ],
      [
        'a revoked key stays current while another is pending',
        'if (isBeforePending) {',
        'if (isBeforePending && isNewest) {',
      ],
      [
        'a revocation fails at the turn of an epoch',
        'else next = address(0);',
        'else if (next != address(0)) revert InvalidRecorder(next);',
      ],
      [
        'who took the place of a stolen key vouches for nothing after its time',
        '_endOf[next] = _newestFrom;',
        '{}',
      ],
      [
        'a revoked key comes back',
        'key == address(0) || _revoked[key] || _isOwnContract(key)',
        'key == address(0) || _isOwnContract(key)',
      ],
      [
        'nobody signs for the recorder',
        'if (!Signatures.isBy(key, _hashTypedDataV4(structHash), signature))',
        'if (structHash == 0)',
      ],
    ],
  ),
  ...mutationsOf(
    'points/Anchors.sol',
    ['unit/points/anchor', 'unit/points/manyRecorders'],
    [
      [
        'the log of an epoch is anchored after years',
        'bool isEpochBefore = uint256(epoch) + 1 == currentEpoch();',
        'bool isEpochBefore = epoch < currentEpoch();',
      ],
      [
        'the log of an epoch is anchored again, and otherwise',
        'if (!isEpochBefore || anchor_.isSaid)',
        'if (!isEpochBefore)',
      ],
      ['an empty log is no log', 'anchor_.isSaid = true;', 'anchor_.isSaid = count != 0;'],
      [
        'what is signed says nothing of the number of entries',
        'keccak256(abi.encode(ANCHOR_TYPEHASH, epoch, root, count))',
        'keccak256(abi.encode(ANCHOR_TYPEHASH, epoch, root, uint32(7)))',
      ],
    ],
  ),
  ...mutationsOf(
    'libraries/ByEpoch.sol',
    ['unit/points/earning', 'unit/points/applyTerms', 'fuzz/versions'],
    [
      [
        'a version holds an epoch late',
        'if (fromEpoch(words[middle]) <= epoch)',
        'if (fromEpoch(words[middle]) < epoch)',
      ],
    ],
  ),
  ...mutationsOf(
    'Programs.sol',
    ['unit/programs/create'],
    [
      [
        'one program has no notice to speak of',
        'MIN_NOTICE_PERIOD = 7 days',
        'MIN_NOTICE_PERIOD = 1 seconds',
      ],
      [
        'changes are struck down by nobody',
        'MAX_OBJECTION_THRESHOLD_BPS = 2_000',
        'MAX_OBJECTION_THRESHOLD_BPS = 10_100',
      ],
      [
        'a round is over before anybody tenders',
        'MIN_ROUND_WINDOW = 2 days',
        'MIN_ROUND_WINDOW = 1',
      ],
      [
        'rounds overlap',
        '_requireWithin(settings.roundPeriod, settings.roundWindow, MAX_ROUND_PERIOD, "roundPeriod");',
        '_requireWithin(settings.roundPeriod, 1, MAX_ROUND_PERIOD, "roundPeriod");',
      ],
      [
        'the first round is in the past',
        '_requireWithin(settings.firstRoundAt, block.timestamp, latestRound, "firstRoundAt");',
        '_requireWithin(settings.firstRoundAt, 0, latestRound, "firstRoundAt");',
      ],
      [
        'the settlement window is over before a receipt is used',
        'MIN_SETTLEMENT_WINDOW = 8',
        'MIN_SETTLEMENT_WINDOW = 4',
      ],
      [
        'short epochs make a short settlement window',
        'Math.max(MIN_SETTLEMENT_WINDOW, steps * SETTLEMENT_WINDOW_STEP)',
        'MIN_SETTLEMENT_WINDOW',
      ],
      [
        'a settlement window has no place for its records',
        'if (epochs % SETTLEMENT_WINDOW_STEP != 0)',
        'if (epochs == 0)',
      ],
      [
        'a settlement window is longer than the ages of an account',
        'MAX_SETTLEMENT_WINDOW = 252',
        'MAX_SETTLEMENT_WINDOW = 256',
      ],
      [
        'a handful of points blocks every change',
        'MIN_OBJECTION_CAP = 10_000',
        'MIN_OBJECTION_CAP = 100',
      ],
      [
        "anybody creates a program in an operator's name",
        'if (caller != settings.operator) revert NotOperator(caller);',
        '',
      ],
      [
        'an operator without gas creates nothing',
        'address caller = _msgSender();',
        'address caller = msg.sender;',
      ],
      [
        'a program is not backed, whatever it was created as',
        'backed: settings.backed',
        'backed: false',
      ],
      [
        'the settlement token is no contract',
        'if (settlementToken.code.length <= DELEGATION_BYTES) revert NotAToken(settlementToken);',
        '',
      ],
      ['a program is none of the factory', 'isProgram[created.points] = true;', ''],
      [
        'parts trust different forwarders',
        '!ERC2771Context(implementations_.catalogue).isTrustedForwarder(forwarder())',
        'implementations_.catalogue == address(0)',
      ],
      [
        'a promised address is taken with other settings',
        'keccak256(abi.encode(settings, opening, salt))',
        'keccak256(abi.encode(settings.operator, opening, salt))',
      ],
      [
        'the charter of a program is not the one that its points obey',
        'charter: created.charter,\n                buyback',
        'charter: created.catalogue,\n                buyback',
      ],
    ],
  ),
];
