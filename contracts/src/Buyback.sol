// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Cover} from "./buyback/Cover.sol";
import {BuybackSettings, BuybackTerms, IBuyback} from "./interfaces/IBuyback.sol";
import {IPoints} from "./interfaces/IPoints.sol";

/// @title Buyback: rounds by the clock, on terms and money that are locked in public
/// @notice What anybody may rely on, and what it rests on:
///
/// NOBODY IS KEPT OUT. There is no list, no pause and no other way into a round, for the operator either.
///
/// A ROUND KEEPS ITS TERMS from its opening on, and is settled with the money that was there at its close: whatever
/// changes the money that is not owed settles what is due before.
///
/// BETTER TERMS NEVER PAY LESS. The money of a round is computed first, and what it buys follows from it. A higher budget is
/// offered only with the money on the table, and no single step of the operator's makes a round many times dearer without
/// notice: a stolen key or a typing error can neither empty the reserve nor lock it.
///
/// WHAT IS OWED IS THERE. Owed money can't be withdrawn, and shares are rounded down, so their sum never exceeds it.
///
/// A BACKED PROGRAM CAN BUY EVERY POINT BACK at the highest price that is promised, round by round: neither a mint nor a
/// withdrawal nor a higher price takes the money below that.
///
/// POINTS COME OUT WHATEVER THE SETTLEMENT TOKEN DOES. Only what moves money calls it. A token that takes a fee, changes
/// balances or blocks accounts can spoil the money, and only the money.
///
/// THE FORWARDER SPEAKS FOR MEMBERS AND FOR THE OPERATOR, never for the charter.
contract Buyback is Initializable, ERC2771Context, ReentrancyGuardTransient, Cover {
    using SafeERC20 for IERC20;

    /// @param forwarder The ERC-2771 forwarder that every clone trusts.
    constructor(address forwarder) ERC2771Context(forwarder) {
        _disableInitializers();
    }

    /// @inheritdoc IBuyback
    function initialize(
        BuybackSettings calldata settings,
        BuybackTerms calldata opening
    ) external initializer {
        _initializeClock(settings);
        bool backed = IPoints(settings.points).backed();
        _validate(opening, backed);
        _publish(opening, 0, 0, false);
        _tenders.termsCount = 1;
        _tenders.backed = backed;
    }

    /// @inheritdoc IBuyback
    function tender(uint32 round, uint96 amount) external {
        _requireOpen(round);
        if (amount == 0) revert ZeroAmount();
        Tenders memory tenders = _tenders;
        if (tenders.round != round || tenders.tendered == 0) {
            // Another round with tenders has closed, since this one is open.
            if (tenders.tendered != 0)
                _settleTenders(
                    tenders.round,
                    tenders.version,
                    tenders.tendered,
                    tenders.afterLacking,
                    tenders.backed
                );
            tenders.round = round;
            tenders.version = _versionOf(round, tenders.termsCount);
            tenders.tendered = 0;
        }
        address holder = _msgSender();
        Holding storage holding = _holdings[_keyOf(round, holder)];
        uint96 held = holding.amount;
        bool isFirst = held == 0;
        held += amount;
        // Who holds something in this round holds the minimum already.
        if (isFirst) _requireMinTender(held, tenders.version);
        holding.amount = held;
        tenders.tendered += amount;
        _tenders = tenders;
        emit Tendered(round, holder, amount, held, tenders.tendered);
        IPoints(points()).pull(holder, amount);
    }

    /// @inheritdoc IBuyback
    function untender(uint32 round, uint96 amount) external {
        _requireOpen(round);
        if (amount == 0) revert ZeroAmount();
        address holder = _msgSender();
        Holding storage holding = _holdings[_keyOf(round, holder)];
        uint96 held = holding.amount;
        if (held < amount) revert InsufficientTender(held, amount);
        held -= amount;
        // There are tenders in this round, so it is the one of the count.
        Tenders memory tenders = _tenders;
        if (held != 0) _requireMinTender(held, tenders.version);
        holding.amount = held;
        tenders.tendered -= amount;
        _tenders = tenders;
        emit Untendered(round, holder, amount, held, tenders.tendered);
        IERC20(points()).safeTransfer(holder, amount);
    }

    /// @inheritdoc IBuyback
    function settle() external {
        _settleDue();
    }

    /// @inheritdoc IBuyback
    /// @dev Not guarded against re-entrance: a settlement token must not be able to block it, and it calls none.
    function claimPoints(uint32 round, address holder) external returns (uint96 amount) {
        uint256 result = _settledResult(round);
        Holding storage holding = _holdings[_keyOf(round, holder)];
        if (!holding.pointsClaimed) amount = _returnedOf(holding.amount, result);
        if (amount == 0) revert NothingToClaim(round, holder);
        holding.pointsClaimed = true;
        emit PointsClaimed(round, holder, amount);
        IERC20(points()).safeTransfer(holder, amount);
    }

    /// @inheritdoc IBuyback
    function claimMoney(
        uint32 round,
        address holder
    ) external nonReentrant returns (uint128 amount) {
        return _claimMoney(round, holder, holder);
    }

    /// @inheritdoc IBuyback
    function claimMoneyTo(uint32 round, address to) external nonReentrant returns (uint128 amount) {
        _requireRecipient(to);
        return _claimMoney(round, _msgSender(), to);
    }

    /// @inheritdoc IBuyback
    function sendMoney(address to, uint128 amount) external nonReentrant {
        _requireRecipient(to);
        if (amount == 0) revert ZeroAmount();
        address holder = _msgSender();
        emit MoneySent(holder, to, amount);
        // The caller's own money: `_msgSender` is nobody else.
        // slither-disable-next-line arbitrary-send-erc20
        IERC20(settlementToken()).safeTransferFrom(holder, to, amount);
    }

    /// @inheritdoc IBuyback
    function deposit(uint128 amount) external nonReentrant {
        if (amount == 0) revert ZeroAmount();
        _settleDue();
        _markIfLacking();
        address from = _msgSender();
        IERC20 token = IERC20(settlementToken());
        uint256 balanceBefore = token.balanceOf(address(this));
        // The caller's own money: `_msgSender` is nobody else.
        // slither-disable-next-line arbitrary-send-erc20
        token.safeTransferFrom(from, address(this), amount);
        uint256 received = Math.saturatingSub(token.balanceOf(address(this)), balanceBefore);
        if (received != amount) revert UnexpectedTransfer(amount, received);
        // After the call: until the money is here nothing counts on it, and what could change the reserve is guarded.
        uint128 reserve_ = reserve() + amount;
        _setFunds(reserve_, owed());
        emit Deposited(from, amount, reserve_);
    }

    /// @inheritdoc IBuyback
    function sync() external nonReentrant returns (uint128 amount) {
        _settleDue();
        uint256 balance = IERC20(settlementToken()).balanceOf(address(this));
        uint128 reserve_ = reserve();
        // Fits: the reserve takes 128 bits at most and leaves the rest where it is.
        amount = uint128(Math.saturatingSub(Math.min(balance, type(uint128).max), reserve_));
        if (amount == 0) return 0;
        _markIfLacking();
        reserve_ += amount;
        _setFunds(reserve_, owed());
        emit Synced(amount, reserve_);
    }

    /// @inheritdoc IBuyback
    function withdraw(address to, uint128 amount) external nonReentrant {
        address caller = _msgSender();
        if (caller != IPoints(points()).operator()) revert NotOperator(caller);
        if (amount == 0) revert ZeroAmount();
        _settleDue();
        uint128 limit = withdrawable();
        if (amount > limit) revert ExceedsWithdrawable(amount, limit);
        uint128 reserve_ = reserve() - amount;
        _setFunds(reserve_, owed());
        emit Withdrawn(to, amount, reserve_);
        IERC20(settlementToken()).safeTransfer(to, amount);
    }

    /// @inheritdoc IBuyback
    function applyTerms(bytes calldata terms_) external {
        if (msg.sender != charter()) revert NotCharter(msg.sender);
        // So what is judged is what is there, and no round that has closed has other terms to be settled by.
        // Burning the program's own token calls nobody.
        // slither-disable-next-line reentrancy-no-eth,reentrancy-benign,reentrancy-events
        _settleDue();
        BuybackTerms memory next = abi.decode(terms_, (BuybackTerms));
        Tenders memory tenders = _tenders;
        bool improves = _judge(next, tenders) == 0;
        _publish(next, tenders.termsCount, _nextRound(), improves);
        _tenders.termsCount = tenders.termsCount + 1;
    }

    function _claimMoney(
        uint32 round,
        address holder,
        address to
    ) private returns (uint128 amount) {
        uint256 result = _settledResult(round);
        Holding storage holding = _holdings[_keyOf(round, holder)];
        if (!holding.moneyClaimed) amount = _paidOf(holding.amount, result);
        if (amount == 0) revert NothingToClaim(round, holder);
        holding.moneyClaimed = true;
        _setFunds(reserve() - amount, owed() - amount);
        emit MoneyClaimed(round, holder, to, amount);
        IERC20(settlementToken()).safeTransfer(to, amount);
    }

    function _requireRecipient(address to) private view {
        if (to == address(0) || to == address(this)) revert InvalidRecipient(to);
    }

    function _requireOpen(uint32 round) private view {
        (uint32 current, bool open) = currentRound();
        if (!open || round != current) revert RoundNotOpen(round);
    }

    function _requireMinTender(uint96 held, uint32 version) private view {
        uint96 minTender = _minTenderOf(version);
        if (held < minTender) revert BelowMinTender(held, minTender);
    }
}
