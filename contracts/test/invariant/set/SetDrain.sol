// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IBuyback} from "../../../src/interfaces/IBuyback.sol";
import {ICatalogue} from "../../../src/interfaces/ICatalogue.sol";
import {SetWorlds} from "./SetWorlds.sol";
import {Behaviour} from "./ShiftyToken.sol";
import {RoundBook} from "./stores/RoundBook.sol";

/// @notice The operator is gone for good. Strangers get everybody's points out of every escrow, whatever the settlement
/// token does; and the money too, as soon as the token pays again.
abstract contract SetDrain is SetWorlds {
    uint256 internal constant LONG_ENOUGH = 1_000 days;

    mapping(address holder => uint256) private due;

    function _assertEverybodyGetsEverythingOut() internal {
        for (uint8 i = 0; i <= uint8(type(Behaviour).max); i++) {
            uint256 before = vm.snapshotState();
            shifty.behave(Behaviour(i), world.people[0]);
            _drain(Behaviour(i) == Behaviour.Honest);
            vm.revertToState(before);
        }
        uint256 beforeNothing = vm.snapshotState();
        // The settlement token has destroyed itself.
        vm.etch(address(shifty), "");
        _drain(false);
        vm.revertToState(beforeNothing);
    }

    function _drain(bool honest) private {
        vm.warp(world.clock.timestamp() + LONG_ENOUGH);
        world.rounds.passTo(vm.getBlockTimestamp());
        for (uint256 i = 0; i < PEOPLE; i++)
            due[world.people[i]] = token.balanceOf(world.people[i]);
        uint256 dust = _claimPoints();
        _tryMoney(honest);
        _releaseObjections();
        _refundOrders();
        for (uint256 i = 0; i < PEOPLE; i++) {
            address holder = world.people[i];
            assertEq(token.balanceOf(holder), due[holder], "a holder's points are not all back");
        }
        assertEq(token.balanceOf(address(charter)), 0, "points stay in the charter");
        assertEq(token.balanceOf(address(catalogue)), 0, "points stay in the catalogue");
        assertEq(token.balanceOf(address(buyback)), dust, "points stay in the buyback");
    }

    /// @return dust What rounding leaves.
    function _claimPoints() private returns (uint256 dust) {
        vm.startPrank(stranger);
        buyback.settle();
        for (uint256 i = 0; i < world.rounds.tenderedCount(); i++) {
            uint32 round = world.rounds.tenderedAt(i);
            RoundBook.Result memory result = world.rounds.resultOf(round);
            dust += world.rounds.tendered(round) - result.filled;
            for (uint256 j = 0; j < world.rounds.tendererCount(round); j++) {
                address holder = world.rounds.tendererAt(round, j);
                uint256 amount = world.rounds.returnedOf(round, holder);
                dust -= amount;
                if (amount == 0 || world.rounds.pointsClaimed(round, holder)) continue;
                due[holder] += amount;
                buyback.claimPoints(round, holder);
            }
        }
        vm.stopPrank();
    }

    /// @dev With a token that pays everybody is paid; with another one nothing of this is in anybody's way.
    function _tryMoney(bool honest) private {
        vm.startPrank(stranger);
        for (uint256 i = 0; i < world.rounds.tenderedCount(); i++) {
            uint32 round = world.rounds.tenderedAt(i);
            for (uint256 j = 0; j < world.rounds.tendererCount(round); j++) {
                address holder = world.rounds.tendererAt(round, j);
                uint256 amount = world.rounds.paidOf(round, holder);
                if (amount == 0 || world.rounds.moneyClaimed(round, holder)) continue;
                bytes memory call = abi.encodeCall(IBuyback.claimMoney, (round, holder));
                if (!honest) {
                    (bool paid, ) = address(buyback).call(call);
                    assertEq(
                        buyback.shareOf(round, holder).moneyClaimed,
                        paid,
                        "a claim that failed is lost"
                    );
                    continue;
                }
                // What it charged the buyback before is gone.
                if (shifty.charged(address(buyback)) > 0) shifty.mint(address(buyback), amount);
                uint256 before = shifty.balanceOf(holder);
                buyback.claimMoney(round, holder);
                assertEq(shifty.balanceOf(holder), before + amount, "a holder is not paid");
            }
        }
        vm.stopPrank();
    }

    function _releaseObjections() private {
        vm.startPrank(stranger);
        for (uint256 id = 1; id <= charter.changeCount(); id++) {
            for (uint256 i = 0; i < PEOPLE; i++) {
                address holder = world.people[i];
                uint256 amount = world.changes.objectionOf(id, holder);
                if (amount == 0) continue;
                due[holder] += amount;
                charter.release(id, holder);
            }
        }
        vm.stopPrank();
    }

    function _refundOrders() private {
        vm.startPrank(stranger);
        for (uint256 id = 1; id <= catalogue.orderCount(); id++) {
            ICatalogue.Order memory order = catalogue.orderOf(id);
            if (order.state != ICatalogue.OrderState.Open) continue;
            due[order.member] += order.points;
            catalogue.refund(id);
        }
        vm.stopPrank();
    }
}
