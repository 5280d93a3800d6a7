// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {MintLedger} from "./stores/MintLedger.sol";
import {Line, StatementPacking} from "../model/signatures/StatementPacking.sol";
import {Guarantee} from "./stores/Guarantees.sol";
import {InvariantWorld} from "./InvariantWorld.sol";

/// @notice The promises of Points, as assertions over a program and its ghosts.
abstract contract PointsPromises is InvariantWorld {
    /// @dev Epochs looked at after each call; all of them are at the end of a run.
    uint256 private constant RECENT_EPOCHS = 12;

    mapping(address member => mapping(uint32 epoch => uint256)) private recomputed;

    /// @notice At the end of every run everything is worked out again from all statements ever
    /// sent.
    function afterInvariant() public {
        vm.warp(world.clock.timestamp());
        _assertAllPromises();
        _assertVersions(0);
        _recompute();
    }

    function _assertAllPromises() internal {
        for (uint8 i = 0; i <= uint8(type(Guarantee).max); i++) _assertKept(Guarantee(i));
        _assertSupply();
        _assertSupplyBefore();
        _assertBudget();
        _assertPublishedVersions();
        _assertEpochVersions();
    }

    function _assertSupply() internal view {
        uint256 sum = 0;
        for (uint256 i = 0; i < world.logs.holderCount(); i++) {
            sum += balanceOf(points, world.logs.holderAt(i));
        }
        assertEq(totalSupply(points), sum, "sum of balances");
        assertEq(
            totalSupply(points),
            world.logs.minted() - world.logs.burned(),
            "settled - burned"
        );
        assertTrue(world.logs.agrees(), "every balance is what the logs say");
    }

    /// @dev Around the epoch of the clock, and one at any distance.
    function _assertSupplyBefore() internal view {
        uint32 now_ = world.clock.epoch();
        uint32 far = uint32(uint256(keccak256(abi.encode(now_))) % (uint256(now_) + 1));
        for (uint32 epoch = now_ > 3 ? now_ - 3 : 0; epoch <= now_ + 1; epoch++) {
            assertEq(points.supplyBefore(epoch), world.logs.supplyBefore(epoch), "supply before");
        }
        assertEq(points.supplyBefore(far), world.logs.supplyBefore(far), "supply long before");
    }

    function _assertBudget() internal {
        vm.warp(world.clock.timestamp());
        uint32 now_ = world.clock.epoch();
        (uint96 minted, uint96 left) = points.budget();
        assertEq(minted, world.logs.mintedDuring(now_), "minted in this epoch of the clock");
        assertEq(uint256(minted) + left, world.rules.budgetOf(now_), "and what its budget leaves");
    }

    function _assertPublishedVersions() internal view {
        assertEq(points.ruleSetCount(), world.rules.count(), "versions");
        for (uint32 version = 0; version < world.rules.count(); version++) {
            assertTrue(world.rules.unchanged(version), "a version reads as it was published");
        }
    }

    function _assertEpochVersions() internal view {
        uint256 count = world.rules.seenCount();
        _assertVersions(count > RECENT_EPOCHS ? count - RECENT_EPOCHS : 0);
    }

    function _recompute() private {
        for (uint256 i = 0; i < world.rules.seenCount(); i++) {
            uint32 epoch = world.rules.seenEpochs(i);
            assertLe(
                world.logs.mintedDuring(epoch),
                world.rules.budgetOf(epoch),
                "over the budget"
            );
        }
        uint256 count = world.mints.sentCount();
        for (uint256 i = 0; i < count; i++) {
            MintLedger.Sent memory sent = world.mints.sentAt(i);
            Line[] memory lines = StatementPacking.unpackLines(sent.lines);
            uint256 earned = world.rules.pointsOf(sent.epoch, lines);
            if (earned > recomputed[sent.member][sent.epoch]) {
                recomputed[sent.member][sent.epoch] = earned;
            }
        }
        for (uint256 i = 0; i < count; i++) {
            MintLedger.Sent memory sent = world.mints.sentAt(i);
            _assertRecomputed(sent.member, sent.epoch);
        }
    }

    /// @dev Without a budget in the way exactly the highest statement was minted; with one, never
    /// more.
    function _assertRecomputed(address member, uint32 epoch) private view {
        uint256 settled = world.logs.settledFor(member, epoch);
        assertLe(settled, recomputed[member][epoch], "minted more than any statement earned");
        if (!world.mints.wasDelayed(member, epoch)) {
            assertEq(settled, recomputed[member][epoch], "minted less than a statement earned");
        }
        uint32 now_ = world.clock.epoch();
        if (uint256(epoch) + points.settlementWindow() >= now_) {
            assertEq(points.mintedFor(member, epoch), settled, "the record of an open epoch");
        }
    }

    function _assertVersions(uint256 first) private view {
        for (uint256 i = first; i < world.rules.seenCount(); i++) {
            uint32 epoch = world.rules.seenEpochs(i);
            assertEq(
                points.ruleSetOf(epoch) + 1,
                world.rules.seenVersion(epoch),
                "an epoch's version"
            );
        }
    }

    function _assertKept(Guarantee guarantee) internal view {
        assertEq(world.guarantees.brokenBy(guarantee), "");
    }
}
