// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IBuyback} from "../../../../src/interfaces/IBuyback.sol";
import {ICharter} from "../../../../src/interfaces/ICharter.sol";
import {Behaviour} from "../ShiftyToken.sol";
import {SetGuarantee} from "../stores/SetGuarantees.sol";
import {SetState} from "../stores/SetReached.sol";
import {SetHandler, SetWorld} from "./SetHandler.sol";

/// @notice What calls that move money have in common: what the token does to them, and what it calls in between.
abstract contract MoneyHandler is SetHandler {
    enum Nested {
        None,
        ClaimMoney,
        Deposit,
        Sync,
        Withdraw,
        Settle,
        ClaimPoints,
        Release
    }

    Nested private nested;
    uint32 private nestedRound;
    uint256 private nestedChange;
    address private nestedHolder;
    uint256 private nestedAmount;

    constructor(SetWorld memory world_) SetHandler(world_) {}

    /// @dev Whether the token moves what it is asked to: it may refuse either of the two, or have taken money from one.
    function _moves(address from, address to, uint256 amount) internal view returns (bool) {
        Behaviour behaviour = world.money.behaviour();
        if (behaviour == Behaviour.MovesNothing) return true;
        if (behaviour == Behaviour.Blacklists) {
            address refused = world.money.blacklisted();
            if (from == refused || to == refused) return false;
        }
        return
            behaviour != Behaviour.ReturnsFalse &&
            behaviour != Behaviour.Reverts &&
            behaviour != Behaviour.Dead &&
            amount <= world.money.balances(from);
    }

    /// @dev Whether the token says that it moved money and moves another amount.
    function _fails() internal view returns (bool) {
        Behaviour behaviour = world.money.behaviour();
        return behaviour == Behaviour.TakesFee || behaviour == Behaviour.MovesNothing;
    }

    function _moneyOf(address account) internal view returns (uint256) {
        if (world.money.behaviour() == Behaviour.Dead) return 0;
        return world.money.balanceOf(account);
    }

    /// @dev Chooses what a token that re-enters calls during the next transfer.
    function _arm(uint256 seed) internal {
        nested = Nested.None;
        if (world.money.behaviour() != Behaviour.Reenters) return;
        nested = Nested(1 + (seed % uint256(type(Nested).max)));
        uint256 count = world.rounds.tenderedCount();
        nestedRound = count == 0 ? 0 : world.rounds.tenderedAt(count - 1);
        nestedChange = _roll(seed, "change") % (world.changes.count() + 1);
        nestedHolder = _person(_roll(seed, "holder"));
        address target = nested == Nested.Release ? address(world.charter) : address(world.buyback);
        world.money.arm(target, _payload());
    }

    /// @dev Books what the nested call did, if it may be, and ends the comparison of the call around it.
    function _endNested(bool taken) internal {
        if (nested != Nested.None && taken) _bookNested(world.money.nestedTaken());
        if (nested != Nested.None) world.money.arm(address(0), "");
        _end();
    }

    function _payload() private view returns (bytes memory) {
        if (nested == Nested.ClaimMoney) {
            return abi.encodeCall(IBuyback.claimMoney, (nestedRound, nestedHolder));
        }
        if (nested == Nested.Deposit) return abi.encodeCall(IBuyback.deposit, (1));
        if (nested == Nested.Sync) return abi.encodeCall(IBuyback.sync, ());
        if (nested == Nested.Withdraw) {
            return abi.encodeCall(IBuyback.withdraw, (address(world.money), 1));
        }
        if (nested == Nested.Settle) return abi.encodeCall(IBuyback.settle, ());
        if (nested == Nested.ClaimPoints) {
            return abi.encodeCall(IBuyback.claimPoints, (nestedRound, nestedHolder));
        }
        return abi.encodeCall(ICharter.release, (nestedChange, nestedHolder));
    }

    function _bookNested(bool taken) private {
        bool expected = nested == Nested.Settle;
        if (nested == Nested.ClaimPoints) {
            nestedAmount = world.rounds.returnedOf(nestedRound, nestedHolder);
            expected = nestedAmount > 0 && !world.rounds.pointsClaimed(nestedRound, nestedHolder);
        } else if (nested == Nested.Release) {
            nestedAmount = world.changes.objectionOf(nestedChange, nestedHolder);
            expected = nestedAmount > 0 && _isReleasable(nestedChange);
        }
        _demand(
            taken == expected,
            SetGuarantee.ReserveIsKept,
            expected ? "a nested call was refused" : "a nested call was taken"
        );
        _reach(taken ? SetState.NestedTaken : SetState.NestedRefused);
        if (!taken || nested == Nested.Settle) return;
        if (nested == Nested.ClaimPoints) {
            world.rounds.claimPoints(nestedRound, nestedHolder);
            _expectMove(address(world.buyback), nestedHolder, nestedAmount);
        } else if (nested == Nested.Release) {
            world.changes.release(nestedChange, nestedHolder);
            _expectMove(address(world.charter), nestedHolder, nestedAmount);
        }
    }
}
