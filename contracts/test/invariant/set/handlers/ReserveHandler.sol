// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IBuyback} from "../../../../src/interfaces/IBuyback.sol";
import {Behaviour} from "../ShiftyToken.sol";
import {ChangeBook} from "../stores/ChangeBook.sol";
import {SetGuarantee} from "../stores/SetGuarantees.sol";
import {SetState} from "../stores/SetReached.sol";
import {MoneyHandler} from "./MoneyHandler.sol";
import {Reasons, SetWorld, withdrawableOf} from "./SetHandler.sol";

/// @notice Money comes and goes: deposits, donations, an operator who takes whatever can be taken, and a token that
/// changes its mind.
contract ReserveHandler is MoneyHandler {
    constructor(SetWorld memory world_) MoneyHandler(world_) {}

    function misbehave(uint256 seed) external inTime {
        Behaviour next = Behaviour.Honest;
        if (seed % 4 != 0) next = Behaviour(_roll(seed, "behaviour") % 10);
        if (seed % 4 == 1) next = Behaviour.Reenters;
        bool ofBuyback = _roll(seed, "victim") % 8 == 0;
        world.money.behave(next, ofBuyback ? address(world.buyback) : _person(seed));
    }

    function deposit(uint256 seed) external inTime {
        address from = _roll(seed, "stranger") % 3 == 0 ? _person(seed) : _operator();
        bool retries = waitsForSecondRound();
        // In the last second in which it still covers that round.
        if (retries) _to(world.rounds.opensAt(world.rounds.firstNotOpen(_now())) - 1);
        uint256 budget = world.rounds.newest().budgetPerRound;
        uint256 amount = _roll(seed, "amount") % (budget / 2 + 1_000);
        if (_roll(seed, "whole") % 3 == 0 || retries) amount = budget;
        // Every point of a backed program waits for its money.
        if (world.rounds.backed()) amount *= 50;
        world.money.mint(from, amount);
        vm.prank(from);
        world.money.approve(address(world.buyback), amount);
        Reasons memory reasons;
        _require(reasons, amount > 0, IBuyback.ZeroAmount.selector);
        _require(reasons, _moves(from, address(world.buyback), amount), ANY_ERROR);
        _require(reasons, !_fails(), IBuyback.UnexpectedTransfer.selector);
        _arm(_roll(seed, "nested"));
        (bool taken, bytes memory answer) = _call(
            from,
            address(world.buyback),
            abi.encodeCall(IBuyback.deposit, (uint128(amount)))
        );
        _judge(SetGuarantee.ReserveIsKept, "deposit", reasons, taken, answer);
        if (taken) _add(amount);
        _reach(taken ? SetState.Deposited : SetState.DepositRefused);
        _endNested(taken);
    }

    /// @notice Money that nobody is asked about: it changes nobody's entitlement, before it is counted and after.
    function donate(uint256 seed) external inTime {
        uint256 amount = _roll(seed, "amount") % 20_000;
        bytes32 before = _entitlements();
        uint128 free = world.buyback.withdrawable();
        world.money.mint(address(world.buyback), amount);
        world.money.mint(address(world.charter), amount);
        world.money.mint(address(world.catalogue), amount);
        _demand(
            before == _entitlements() && free == world.buyback.withdrawable(),
            SetGuarantee.DonationsChangeNothing,
            "a donation changed an entitlement"
        );
        _reach(SetState.Donated);
    }

    function sync(uint256 seed) external inTime {
        // What is due is settled by itself, so that only the donation is between the two looks at all claims.
        _call(_person(seed), address(world.buyback), abi.encodeCall(IBuyback.settle, ()));
        _end();
        bytes32 before = _entitlements();
        Reasons memory reasons;
        _require(reasons, world.money.behaviour() != Behaviour.Dead, ANY_ERROR);
        (bool taken, bytes memory answer) = _call(
            _person(seed),
            address(world.buyback),
            abi.encodeCall(IBuyback.sync, ())
        );
        _judge(SetGuarantee.ReserveIsKept, "sync", reasons, taken, answer);
        if (taken) {
            uint256 balance = world.money.balanceOf(address(world.buyback));
            uint256 counted = world.rounds.reserve();
            uint256 added = balance > counted ? balance - counted : 0;
            _demand(
                abi.decode(answer, (uint128)) == added,
                SetGuarantee.ReserveIsKept,
                "another amount was counted"
            );
            if (added > 0) {
                _add(added);
                _reach(SetState.Synced);
            }
        }
        _demand(
            before == _entitlements(),
            SetGuarantee.DonationsChangeNothing,
            "counting a donation changed an entitlement"
        );
        _end();
    }

    function withdraw(uint256 seed) external inTime {
        uint256 limit = withdrawableOf(world);
        uint256 amount = seed % 3 == 0 ? _roll(seed, "amount") % (limit + 1) : limit;
        if (_roll(seed, "too much") % 3 == 0) amount = limit + 1 + (_roll(seed, "more") % 100);
        address to = _roll(seed, "to") % 2 == 0 ? _operator() : _person(seed);
        Reasons memory reasons;
        _require(reasons, amount > 0, IBuyback.ZeroAmount.selector);
        _require(reasons, amount <= limit, IBuyback.ExceedsWithdrawable.selector);
        _require(reasons, _moves(address(world.buyback), to, amount), ANY_ERROR);
        _arm(_roll(seed, "nested"));
        (bool taken, bytes memory answer) = _callAsMember(
            seed,
            _operator(),
            address(world.buyback),
            abi.encodeCall(IBuyback.withdraw, (to, uint128(amount)))
        );
        _judge(SetGuarantee.ReserveIsKept, "withdrawal", reasons, taken, answer);
        if (taken) world.rounds.take(amount);
        if (taken && amount == limit) _reach(SetState.WithdrawnAll);
        if (!taken) _reach(SetState.WithdrawRefused);
        _endNested(taken);
    }

    /// @notice Whether a change waits for a second round to be covered, since the first one was not.
    function waitsForSecondRound() public view returns (bool) {
        ChangeBook.Change memory change = world.changes.changeAt(world.changes.pending());
        if (!change.lastRoundOwed || change.firstEligibleRound >= world.rounds.closed())
            return false;
        return !world.rounds.resultOf(change.firstEligibleRound).covered;
    }

    function _add(uint256 amount) private {
        (bool open, uint32 round) = world.rounds.openRound(_now());
        uint32 version = world.rounds.versionOf(round);
        uint256 budget = world.rounds.versionAt(version).terms.budgetPerRound;
        if (open && world.rounds.free() < budget) _reach(SetState.DepositedTooLate);
        world.rounds.add(_now(), amount);
    }

    /// @dev What everybody can claim, in the newest rounds.
    function _entitlements() private view returns (bytes32 hash) {
        uint256 count = world.rounds.tenderedCount();
        for (uint256 i = 0; i < 3 && i < count; i++) {
            uint32 round = world.rounds.tenderedAt(count - 1 - i);
            for (uint256 j = 0; j < world.people.length; j++) {
                IBuyback.Share memory share = world.buyback.shareOf(round, world.people[j]);
                hash = keccak256(abi.encode(hash, share));
            }
        }
    }
}
