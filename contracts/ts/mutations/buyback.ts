import { mutationsOf } from './mutation.ts';

const TENDERING = ['unit/buyback/tender', 'unit/buyback/untender'];
const CLAIMING = ['unit/buyback/claim', 'unit/buyback/settleRounds'];
const RESERVE = [
  'unit/buyback/deposit',
  'unit/buyback/sync',
  'unit/buyback/withdraw',
  'unit/buyback/settlementTokens',
];

export const BUYBACK_MUTATIONS = [
  ...mutationsOf('Buyback.sol', TENDERING, [
    [
      'a tender lands in another round',
      'if (!open || round != current) revert RoundNotOpen(round);',
      'if (!open) revert RoundNotOpen(round);',
    ],
    [
      'a closed round takes tenders',
      'if (!open || round != current) revert RoundNotOpen(round);',
      'if (round != current) revert RoundNotOpen(round);',
    ],
    [
      'a tender below the minimum',
      'if (held < minTender) revert BelowMinTender(held, minTender);',
      '',
    ],
    [
      'the round before is never settled',
      'if (tenders.tendered != 0)\n                _settleTenders(',
      'if (tenders.termsCount == 0)\n                _settleTenders(',
    ],
    [
      'tenders of the round before count for the next',
      `tenders.version = _versionOf(round, tenders.termsCount);
            tenders.tendered = 0;`,
      'tenders.version = _versionOf(round, tenders.termsCount);',
    ],
    [
      'a round runs on the terms of the one before',
      'tenders.version = _versionOf(round, tenders.termsCount);',
      '',
    ],
    [
      'the forwarder tenders in its own name',
      `address holder = _msgSender();
        Holding storage holding = _holdings[_keyOf(round, holder)];
        uint96 held = holding.amount;
        bool`,
      `address holder = msg.sender;
        Holding storage holding = _holdings[_keyOf(round, holder)];
        uint96 held = holding.amount;
        bool`,
    ],
    ['tendered points stay with the holder', 'IPoints(points()).pull(holder, amount);', ''],
    ['a tender is not counted', 'tenders.tendered += amount;', ''],
    [
      'what is left of a tender is below the minimum',
      'if (held != 0) _requireMinTender(held, tenders.version);',
      '',
    ],
    ['what was taken out is still tendered', 'tenders.tendered -= amount;', ''],
    [
      'more is taken out than was tendered',
      `if (held < amount) revert InsufficientTender(held, amount);
        held -= amount;`,
      'held = held < amount ? 0 : held - amount;',
    ],
    [
      'points are taken out of a closed round',
      `_requireOpen(round);
        if (amount == 0) revert ZeroAmount();
        address`,
      `if (amount == 0) revert ZeroAmount();
        address`,
    ],
  ]),
  ...mutationsOf('Buyback.sol', CLAIMING, [
    ['points are claimed twice', 'holding.pointsClaimed = true;', ''],
    ['money is claimed twice', 'holding.moneyClaimed = true;', ''],
    [
      'claiming money takes the points too',
      'holding.moneyClaimed = true;',
      'holding.moneyClaimed = true; holding.pointsClaimed = true;',
    ],
    [
      'the caller who claims points gets them',
      'emit PointsClaimed(round, holder, amount);\n        IERC20(points()).safeTransfer(holder, amount);',
      'emit PointsClaimed(round, holder, amount);\n        IERC20(points()).safeTransfer(msg.sender, amount);',
    ],
    [
      'the caller who claims money gets it',
      'return _claimMoney(round, holder, holder);',
      'return _claimMoney(round, holder, msg.sender);',
    ],
    [
      'anybody sends the money of a holder where it likes',
      'return _claimMoney(round, _msgSender(), to);',
      'return _claimMoney(round, to, msg.sender);',
      ['unit/buyback/claimMoneyTo'],
    ],
    [
      'the forwarder claims money in its own name',
      'return _claimMoney(round, _msgSender(), to);',
      'return _claimMoney(round, msg.sender, to);',
      ['unit/buyback/claimMoneyTo'],
    ],
    [
      'a holder sends its money where nobody gets it',
      'if (to == address(0) || to == address(this)) revert InvalidRecipient(to);',
      '',
      ['unit/buyback/claimMoneyTo', 'unit/buyback/sendMoney'],
    ],
    [
      'any caller sends money that a holder approved',
      `address holder = _msgSender();
        emit MoneySent`,
      `address holder = tx.origin;
        emit MoneySent`,
      ['unit/buyback/sendMoney'],
    ],
    ['paid money is still owed', 'owed() - amount);', 'owed());'],
    [
      'paid money is still in the reserve',
      '_setFunds(reserve() - amount, owed()',
      '_setFunds(reserve(), owed()',
    ],
    [
      'a settlement token that says no traps the points',
      'emit PointsClaimed(round, holder, amount);',
      'emit PointsClaimed(round, holder, amount); IERC20(settlementToken()).safeTransfer(holder, 0);',
    ],
  ]),
  ...mutationsOf('Buyback.sol', RESERVE, [
    [
      'money that comes after a close covers the round',
      `if (amount == 0) revert ZeroAmount();
        _settleDue();
        _markIfLacking();
        address from`,
      `if (amount == 0) revert ZeroAmount();
        _markIfLacking();
        address from`,
    ],
    [
      'money that comes in the last second covers the round',
      `_markIfLacking();
        address from`,
      'address from',
    ],
    [
      'money that is counted in the last second covers the round',
      `_markIfLacking();
        reserve_ +=`,
      'reserve_ +=',
    ],
    [
      'the forwarder deposits in its own name',
      'address from = _msgSender();',
      'address from = msg.sender;',
    ],
    [
      'money that is synced after a close covers the round',
      `_settleDue();
        uint256 balance =`,
      'uint256 balance =',
    ],
    [
      'money is withdrawn before a round that is due is settled',
      `_settleDue();
        uint128 limit`,
      'uint128 limit',
    ],
    [
      'a token that takes a fee is accepted',
      'if (received != amount) revert UnexpectedTransfer(amount, received);',
      '',
    ],
    [
      'anybody withdraws',
      'if (caller != IPoints(points()).operator()) revert NotOperator(caller);',
      '',
    ],
    [
      "an operator without gas can't withdraw",
      `address caller = _msgSender();
        if (caller != IPoints`,
      `address caller = msg.sender;
        if (caller != IPoints`,
    ],
    [
      'promised money is withdrawn',
      'if (amount > limit) revert ExceedsWithdrawable(amount, limit);',
      '',
    ],
    [
      'withdrawn money stays in the reserve',
      'uint128 reserve_ = reserve() - amount;\n        _setFunds(reserve_, owed());',
      'uint128 reserve_ = reserve() - amount;',
    ],
    [
      'a deposit is counted twice by a token that calls back',
      'function sync() external nonReentrant',
      'function sync() external',
    ],
    [
      "the terms change at anybody's word",
      'if (msg.sender != charter()) revert NotCharter(msg.sender);',
      '',
      ['unit/buyback/buybackTerms'],
    ],
    [
      'the terms of an open round change',
      'tenders.termsCount, _nextRound(), improves);',
      'tenders.termsCount, _nextRound() == 0 ? 0 : _nextRound() - 1, improves);',
      ['unit/buyback/buybackTerms'],
    ],
    [
      'terms get better again and again before a round',
      '_nextRound(), improves);',
      '_nextRound(), false);',
      ['unit/buyback/improvements'],
    ],
    [
      'a round that is due is settled by the money of other terms',
      `_settleDue();
        BuybackTerms memory next`,
      'BuybackTerms memory next',
      ['unit/buyback/improvements', 'unit/buyback/backed'],
    ],
    [
      'a backed program forgets that it is',
      '_tenders.backed = backed;',
      '',
      ['unit/buyback/backed'],
    ],
  ]),
];
