// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IPoints} from "../../../src/interfaces/IPoints.sol";
import {PointsTest} from "./PointsTest.sol";

/// @dev The window is 8 epochs, so the history ring has three words of four epochs each.
contract WindowTest is PointsTest {
    function test_WhenTheClockIsInTheEpochOfTheStatement() external {
        goTo(3);
        assertEq(settle(member, 3, 5), 5);
    }

    function test_WhenTheClockIsAWindowAfterTheEpoch() external {
        vm.warp(endOf(3 + WINDOW) - 1);
        assertEq(settle(member, 3, 5), 5);
    }

    function test_WhenTheClockIsAWindowAndOneEpochAfterTheEpoch() external {
        vm.warp(endOf(3 + WINDOW));
        expectSkip(0, IPoints.SkipReason.WindowClosed);
        assertEq(settle(member, 3, 5), 0);
    }

    function test_GivenEveryEpochOfTheWindowIsSettledOnItsLastDay() external {
        for (uint32 epoch = 0; epoch < 40; epoch++) {
            goTo(epoch + WINDOW);
            assertEq(settle(member, epoch + WINDOW, 1), 1);
            assertEq(settle(member, epoch, 10), epoch < WINDOW ? 10 : 9);
            assertEq(settle(member, epoch, 10), 0);
            assertEq(points.mintedFor(member, epoch), 10);
        }
        assertEq(token.balanceOf(member), 40 * 10 + 8);
    }

    function test_GivenAnAccountHasFourOpenEpochs() external {
        settleEach([uint32(0), 3, 5, 6]);
        assertEq(wordsOfTheRing(), 0);
        assertEach([uint32(0), 3, 5, 6]);
    }

    function test_WhenAFifthOpenEpochComes() external {
        settleEach([uint32(0), 1, 2, 4]);
        goTo(5);
        // The account, the supply, and the three epochs of group 0 in one word of the ring.
        assertEq(wordsWrittenBySettling(member), 3);
        assertEach([uint32(0), 1, 2, 4]);
        assertEq(points.mintedFor(member, 5), 5);
        assertEq(token.balanceOf(member), 10 + 11 + 12 + 14 + 5);
    }

    function test_WhenTheFifthOpenEpochIsTheOldest() external {
        settleLate([uint32(2), 5, 6, 7]);
        assertEq(settle(member, 1, 21), 21);
        // Epoch 2 is of its group and went along.
        assertEq(wordsOfTheRing(), 1);
        assertEach([uint32(2), 5, 6, 7]);
        assertEq(settle(member, 1, 21), 0);
        assertEq(settle(member, 1, 22), 1);
        assertEq(settle(member, 2, 20), 8);
    }

    function test_WhenTheFifthOpenEpochIsOfTheOldestGroup() external {
        settleLate([uint32(0), 4, 6, 7]);
        assertEq(settle(member, 3, 21), 21);
        assertEach([uint32(0), 4, 6, 7]);
        assertEq(settle(member, 3, 21), 0);
        assertEq(settle(member, 0, 20), 10);
        assertEq(settle(member, 3, 22), 1);
    }

    function test_WhenTheFifthOpenEpochFillsAGroupBehindAWholeOne() external {
        settleLate([uint32(0), 1, 2, 3]);
        assertEq(settle(member, 7, 5), 5);
        assertEach([uint32(0), 1, 2, 3]);
        assertEq(settle(member, 7, 5), 0);
        assertEq(settle(member, 5, 6), 6);
        assertEq(settle(member, 5, 6), 0);
        assertEach([uint32(0), 1, 2, 3]);
    }

    function test_WhenALateEpochComesBetweenOthers() external {
        goTo(7);
        // In any order they come to lie in the word by age.
        uint32[4] memory order = [uint32(7), 1, 5, 3];
        for (uint256 i = 0; i < 4; i++) settle(member, order[i], 10 + order[i]);
        assertEq(wordsOfTheRing(), 0);
        assertEach([uint32(1), 3, 5, 7]);
        assertEq(settle(member, 6, 1), 1);
        assertEach([uint32(1), 3, 5, 7]);
        assertEq(points.mintedFor(member, 6), 1);
    }

    function test_GivenTheWindowOfTheOldestOfFourHasClosed() external {
        settleEach([uint32(0), 1, 2, 3]);
        goTo(WINDOW);
        // Epoch 0 is open until this one ends.
        assertEq(wordsWrittenBySettling(member), 3);
        use(createCounting(WINDOW, NO_BUDGET));
        settleEach([uint32(0), 1, 2, 3]);
        goTo(WINDOW + 1);
        assertEq(wordsWrittenBySettling(member), 2);
        assertEq(points.mintedFor(member, 0), 0);
        assertEq(points.mintedFor(member, 1), 11);
        goTo(WINDOW + 3);
        settle(member, WINDOW + 3, 5);
        assertEq(points.mintedFor(member, 2), 0);
        assertEq(points.mintedFor(member, 3), 13);
        assertEq(wordsOfTheRing(), 0);
    }

    function test_GivenNothingOfTheAccountIsOpenAnyMore() external {
        settleEach([uint32(0), 1, 2, 4]);
        goTo(5);
        settle(member, 5, 5);
        goTo(5 + WINDOW + 1);
        assertEq(wordsWrittenBySettling(member), 2);
        // Nothing is looked for in the ring again.
        assertEq(settle(member, 13, 6), 6);
        assertEq(settle(member, 13, 6), 0);
        for (uint32 epoch = 0; epoch <= 5; epoch++) assertEq(points.mintedFor(member, epoch), 0);
    }

    function test_GivenAnAccountMovesOnByMoreGroupsThanTheRingHas() external {
        uint256 total = 0;
        for (uint32 epoch = 0; epoch < 48; epoch++) {
            goTo(epoch);
            assertEq(points.mintedFor(member, epoch), 0);
            total += settle(member, epoch, 1 + epoch);
            // The oldest epoch that is open, again.
            if (epoch >= WINDOW) assertEq(settle(member, epoch - WINDOW, 1 + epoch - WINDOW), 0);
        }
        assertEq(total, (48 * 49) / 2);
        assertEq(token.balanceOf(member), total);
    }

    function test_GivenTheRingSlotHoldsAGroupThatHasClosed() external {
        // Group 0 goes to slot 0 of three.
        settleEach([uint32(0), 1, 2, 4]);
        goTo(5);
        settle(member, 5, 5);
        assertEq(wordsOfTheRing(), 1);
        // Group 3, epochs 12 to 15, shares slot 0 with it.
        for (uint32 epoch = 12; epoch < 17; epoch++) {
            goTo(epoch);
            settle(member, epoch, epoch);
        }
        assertEq(wordsOfTheRing(), 1);
        for (uint32 epoch = 12; epoch < 17; epoch++) {
            assertEq(points.mintedFor(member, epoch), epoch);
            assertEq(settle(member, epoch, epoch), 0);
        }
    }

    function test_GivenTheLongestWindow() external {
        use(createCounting(252, NO_BUDGET));
        settle(member, 0, 5);
        goTo(252);
        settle(member, 252, 6);
        assertEq(settle(member, 0, 5), 0);
        assertEq(settle(member, 0, 6), 1);
        goTo(253);
        assertEq(settle(member, 253, 7), 7);
        assertEq(points.mintedFor(member, 0), 0);
        assertEq(points.mintedFor(member, 252), 6);
    }

    function test_GivenABalanceMovesWhileRecordsAreKept() external {
        settle(member, 0, 5);
        goTo(4);
        settle(member, 4, 6);
        vm.startPrank(member);
        token.transfer(other, 4);
        points.burn(7);
        vm.stopPrank();
        assertEq(token.balanceOf(member), 0);
        assertEq(points.mintedFor(member, 0), 5);
        assertEq(points.mintedFor(member, 4), 6);
        assertEq(settle(member, 0, 5), 0);
        assertEq(settle(member, 4, 6), 0);
        assertEq(settle(other, 4, 6), 6);
        assertEq(token.balanceOf(other), 10);
    }

    /// @dev Each on its day: 10 and the number of the epoch.
    function settleEach(uint32[4] memory epochs) private {
        for (uint256 i = 0; i < 4; i++) {
            goTo(epochs[i]);
            assertEq(settle(member, epochs[i], 10 + epochs[i]), 10 + epochs[i]);
        }
    }

    /// @dev All on the day of the epoch 8, the newest first.
    function settleLate(uint32[4] memory epochs) private {
        goTo(8);
        for (uint256 i = 4; i > 0; i--) settle(member, epochs[i - 1], 10 + epochs[i - 1]);
    }

    function assertEach(uint32[4] memory epochs) private {
        for (uint256 i = 0; i < 4; i++) {
            assertEq(points.mintedFor(member, epochs[i]), 10 + epochs[i]);
            assertEq(settle(member, epochs[i], 10 + epochs[i]), 0);
        }
    }

    /// @dev How many words of the history ring of `member` are not zero.
    function wordsOfTheRing() private returns (uint256 words) {
        // The mapping of accounts is the last slot that `balanceOf` reads; the ring's is the next one.
        for (uint256 slot = 0; slot <= WINDOW / 4; slot++) {
            bytes32 key = keccak256(abi.encode((slot << 160) | uint160(member), ringSlot()));
            if (vm.load(address(points), key) != 0) words++;
        }
    }

    /// @dev Found by looking: the slot of the mapping whose word for `member` `balanceOf` reads, plus one.
    function ringSlot() private returns (uint256) {
        vm.record();
        token.balanceOf(member);
        (bytes32[] memory reads, ) = vm.accesses(address(points));
        bytes32 word = reads[reads.length - 1];
        for (uint256 slot = 0; slot < 64; slot++) {
            if (keccak256(abi.encode(member, slot)) == word) return slot + 1;
        }
        revert("balances are kept elsewhere");
    }

    function wordsWrittenBySettling(address to) private returns (uint256 words) {
        // The first mint of an epoch also notes the supply before it.
        settle(stranger, points.currentEpoch(), 5);
        vm.record();
        settle(to, points.currentEpoch(), 5);
        (, bytes32[] memory writes) = vm.accesses(address(points));
        for (uint256 i = 0; i < writes.length; i++) {
            bool isFirst = true;
            for (uint256 j = 0; j < i; j++) isFirst = isFirst && writes[i] != writes[j];
            if (isFirst) words++;
        }
    }

    function endOf(uint32 epoch) private view returns (uint256) {
        return STARTS_AT + (uint256(epoch) + 1) * points.epochLength();
    }
}
