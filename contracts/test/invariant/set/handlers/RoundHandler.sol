// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {BuybackTerms, IBuyback} from "../../../../src/interfaces/IBuyback.sol";
import {Behaviour} from "../ShiftyToken.sol";
import {SetGuarantee} from "../stores/SetGuarantees.sol";
import {SetState} from "../stores/SetReached.sol";
import {MoneyHandler} from "./MoneyHandler.sol";
import {Reasons, SetWorld} from "./SetHandler.sol";

/// @notice Holders tender and take out again; strangers settle and claim for everybody.
contract RoundHandler is MoneyHandler {
    constructor(SetWorld memory world_) MoneyHandler(world_) {}

    function tender(uint256 seed) external inTime {
        address holder = _holder(seed, 500);
        uint256 held = token.balanceOf(holder);
        (bool open, uint32 round) = world.rounds.openRound(_now());
        if (!open && _roll(seed, "wait") % 2 == 0) {
            _to(world.rounds.opensAt(world.rounds.firstNotOpen(_now())));
            (open, round) = world.rounds.openRound(_now());
        }
        if (_roll(seed, "other") % 12 == 0) (open, round) = (false, round + 1);
        uint256 before = world.rounds.amountOf(round, holder);
        uint256 least = _terms(round).minTender;
        uint256 amount = least + (_roll(seed, "amount") % (held + 1));
        if (amount > held || world.rounds.isLast(round)) amount = held;
        if (_roll(seed, "odd") % 8 == 0) amount = seed % 3 == 0 ? held + 1 : (seed % least);
        Reasons memory reasons;
        _require(reasons, open, IBuyback.RoundNotOpen.selector);
        _require(reasons, amount > 0, IBuyback.ZeroAmount.selector);
        _require(reasons, before + amount >= least, IBuyback.BelowMinTender.selector);
        _require(reasons, amount <= held, NOT_ENOUGH);
        (bool taken, bytes memory answer) = _callAsMember(
            seed,
            holder,
            address(world.buyback),
            abi.encodeCall(IBuyback.tender, (round, uint96(amount)))
        );
        _judge(SetGuarantee.RoundsFollowTheirTerms, "tender", reasons, taken, answer);
        if (taken) {
            world.rounds.tender(round, holder, amount);
            _expectMove(holder, address(world.buyback), amount);
            _reach(before > 0 ? SetState.TenderedAgain : SetState.Tendered);
        } else _reach(SetState.TenderRefused);
        _end();
    }

    function untender(uint256 seed) external inTime {
        (bool open, uint32 round) = world.rounds.openRound(_now());
        uint256 tenders = world.rounds.tenderedCount();
        if (!open && tenders > 0) round = world.rounds.tenderedAt(tenders - 1);
        address holder = _tenderer(seed, round);
        uint256 before = world.rounds.amountOf(round, holder);
        uint256 least = _terms(round).minTender;
        uint256 amount = seed % 3 == 0 ? before : _roll(seed, "amount") % (before + 2);
        uint256 left = amount > before ? 0 : before - amount;
        Reasons memory reasons;
        _require(reasons, open, IBuyback.RoundNotOpen.selector);
        _require(reasons, amount > 0, IBuyback.ZeroAmount.selector);
        _require(reasons, amount <= before, IBuyback.InsufficientTender.selector);
        _require(reasons, left == 0 || left >= least, IBuyback.BelowMinTender.selector);
        (bool taken, bytes memory answer) = _callAsMember(
            seed,
            holder,
            address(world.buyback),
            abi.encodeCall(IBuyback.untender, (round, uint96(amount)))
        );
        _judge(SetGuarantee.RoundsFollowTheirTerms, "untender", reasons, taken, answer);
        if (taken) {
            world.rounds.untender(round, holder, amount);
            _expectMove(address(world.buyback), holder, amount);
            _reach(left == 0 ? SetState.UntenderedAll : SetState.Untendered);
        } else _reach(SetState.UntenderRefused);
        _end();
    }

    function settle(uint256 seed) external inTime {
        Reasons memory reasons;
        (bool taken, bytes memory answer) = _call(
            _person(seed),
            address(world.buyback),
            abi.encodeCall(IBuyback.settle, ())
        );
        _judge(SetGuarantee.CallsDoWhatTheySay, "settling", reasons, taken, answer);
        _end();
    }

    function claimPoints(uint256 seed) external inTime {
        (uint32 round, address holder) = _claim(seed, false);
        uint256 amount = world.rounds.returnedOf(round, holder);
        Reasons memory reasons = _closed(round);
        bool unclaimed = amount > 0 && !world.rounds.pointsClaimed(round, holder);
        _require(reasons, unclaimed, IBuyback.NothingToClaim.selector);
        (bool taken, bytes memory answer) = _call(
            _person(_roll(seed, "caller")),
            address(world.buyback),
            abi.encodeCall(IBuyback.claimPoints, (round, holder))
        );
        _judge(SetGuarantee.RoundsFollowTheirTerms, "points", reasons, taken, answer);
        if (taken) {
            world.rounds.claimPoints(round, holder);
            _expectMove(address(world.buyback), holder, amount);
        }
        _reach(taken ? SetState.PointsClaimed : SetState.ClaimRefused);
        _end();
    }

    function claimMoney(uint256 seed) external inTime {
        (uint32 round, address holder) = _claim(seed, true);
        address caller = _person(_roll(seed, "caller"));
        _claimMoney(seed, round, holder, caller, holder);
    }

    /// @notice A holder wants its money elsewhere, mostly through the forwarder; or an account that has none tries.
    function claimMoneyTo(uint256 seed) external inTime {
        (uint32 round, address holder) = _claim(seed, true);
        address to = _person(_roll(seed, "to"));
        if (_roll(seed, "nowhere") % 12 == 0) to = seed % 2 == 0 ? address(0) : _buyback();
        _claimMoney(seed, round, holder, holder, to);
    }

    function _claimMoney(
        uint256 seed,
        uint32 round,
        address holder,
        address caller,
        address to
    ) private {
        uint256 amount = world.rounds.paidOf(round, holder);
        uint256 before = _moneyOf(to);
        Reasons memory reasons = _closed(round);
        bool unclaimed = amount > 0 && !world.rounds.moneyClaimed(round, holder);
        _require(reasons, unclaimed, IBuyback.NothingToClaim.selector);
        bool works = _moves(_buyback(), to, amount);
        _require(reasons, works, ANY_ERROR);
        bool somewhere = to != address(0) && to != _buyback();
        _require(reasons, somewhere, IBuyback.InvalidRecipient.selector);
        _arm(_roll(seed, "nested"));
        bytes memory data = abi.encodeCall(IBuyback.claimMoney, (round, holder));
        if (to != holder) data = abi.encodeCall(IBuyback.claimMoneyTo, (round, to));
        (bool taken, bytes memory answer) = _callAsMember(seed, caller, _buyback(), data);
        _judge(SetGuarantee.ReserveIsKept, "payout", reasons, taken, answer);
        if (taken) {
            world.rounds.claimMoney(round, holder);
            _demand(
                _moneyOf(to) == before + amount || _fails(),
                SetGuarantee.ReserveIsKept,
                "a holder was paid another amount"
            );
            _notePaid();
            if (to != holder) _reach(SetState.MoneyClaimedElsewhere);
        } else _reach(unclaimed && !works ? SetState.PayoutFailed : SetState.ClaimRefused);
        _endNested(taken);
    }

    function _buyback() private view returns (address) {
        return address(world.buyback);
    }

    function _notePaid() private {
        Behaviour behaviour = world.money.behaviour();
        _reach(SetState.MoneyClaimed);
        if (behaviour == Behaviour.TakesFee) _reach(SetState.PayoutFeeTaken);
        if (behaviour == Behaviour.ReturnsNothing) _reach(SetState.PayoutUnanswered);
    }

    /// @dev A round without tenders may never be settled, and has nothing to claim.
    function _closed(uint32 round) private view returns (Reasons memory reasons) {
        bool closed = round < world.rounds.closed() && world.rounds.tendered(round) > 0;
        _require(reasons, closed, IBuyback.RoundNotSettled.selector);
    }

    /// @dev Mostly one that is good.
    function _claim(
        uint256 seed,
        bool ofMoney
    ) private view returns (uint32 round, address holder) {
        round = _round(seed);
        holder = _tenderer(seed, round);
        if (_roll(seed, "whatever") % 4 == 0) return (round, holder);
        uint256 count = world.rounds.tenderedCount();
        for (uint256 i = 0; i < 3 && i < count; i++) {
            uint32 recent = world.rounds.tenderedAt(count - 1 - i);
            for (uint256 j = 0; j < world.rounds.tendererCount(recent); j++) {
                address other = world.rounds.tendererAt(recent, j);
                if (_isDue(recent, other, ofMoney)) return (recent, other);
            }
        }
    }

    function _isDue(uint32 round, address holder, bool ofMoney) private view returns (bool) {
        if (ofMoney) {
            return
                world.rounds.paidOf(round, holder) > 0 && !world.rounds.moneyClaimed(round, holder);
        }
        return
            world.rounds.returnedOf(round, holder) > 0 &&
            !world.rounds.pointsClaimed(round, holder);
    }

    /// @dev Mostly one that has tenders.
    function _round(uint256 seed) private view returns (uint32) {
        uint256 count = world.rounds.tenderedCount();
        if (count == 0 || _roll(seed, "any") % 12 == 0) {
            return uint32(_roll(seed, "round") % (world.rounds.closed() + 2));
        }
        uint256 back = _roll(seed, "back") % (_roll(seed, "old") % 3 == 0 ? count : 1);
        return world.rounds.tenderedAt(count - 1 - back);
    }

    /// @dev Mostly a holder who has tendered.
    function _tenderer(uint256 seed, uint32 round) private view returns (address) {
        uint256 count = world.rounds.tendererCount(round);
        if (count == 0 || _roll(seed, "anybody") % 10 == 0) return _person(seed);
        return world.rounds.tendererAt(round, seed % count);
    }

    function _terms(uint32 round) private view returns (BuybackTerms memory) {
        return world.rounds.versionAt(world.rounds.versionOf(round)).terms;
    }
}
