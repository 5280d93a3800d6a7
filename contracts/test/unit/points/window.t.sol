// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IPoints} from "../../../src/interfaces/IPoints.sol";
import {PointsTest} from "./PointsTest.sol";

/// @dev The window is 8 epochs, so the history ring has two words of four epochs each.
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
        expectSkip(member, 3, IPoints.SkipReason.WindowClosed, lines(5));
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

    function test_GivenAnAccountMovesOnWhileItsOldGroupIsOpen() external {
        for (uint32 epoch = 0; epoch < 4; epoch++) {
            goTo(epoch);
            settle(member, epoch, 10 + epoch);
        }
        goTo(4);
        settle(member, 4, 5);
        for (uint32 epoch = 0; epoch < 4; epoch++) {
            assertEq(points.mintedFor(member, epoch), 10 + epoch);
            assertEq(settle(member, epoch, 10 + epoch), 0);
            assertEq(settle(member, epoch, 20 + epoch), 10);
        }
        assertEq(points.mintedFor(member, 4), 5);
        assertEq(token.balanceOf(member), 20 + 21 + 22 + 23 + 5);
    }

    function test_GivenAnAccountIsNewWhileGroup0IsOpen() external {
        settle(other, 0, 5);
        goTo(5);
        // The account and the supply.
        assertEq(wordsWrittenBySettling(member), 2);
    }

    function test_GivenAnAccountMovesOnAfterItsOldGroupHasClosed() external {
        settle(member, 0, 5);
        settle(other, 0, 5);
        goTo(3 + WINDOW);
        // The account, the ring and the supply.
        assertEq(wordsWrittenBySettling(member), 3);
        assertEq(points.mintedFor(member, 0), 5);
        goTo(3 + WINDOW + 1);
        // The account and the supply: nothing was kept.
        assertEq(wordsWrittenBySettling(other), 2);
        assertEq(points.mintedFor(other, 0), 0);
        assertEq(token.balanceOf(other), 10);
    }

    function test_GivenAnAccountMovesOnByMoreGroupsThanTheRingHas() external {
        uint256 total = 0;
        for (uint32 group = 0; group < 12; group++) {
            for (uint32 i = 0; i < 4; i++) {
                uint32 epoch = group * 4 + i;
                goTo(epoch);
                assertEq(points.mintedFor(member, epoch), 0);
                total += settle(member, epoch, 1 + epoch);
                // The oldest epoch that is open, again.
                if (epoch >= WINDOW)
                    assertEq(settle(member, epoch - WINDOW, 1 + epoch - WINDOW), 0);
            }
        }
        assertEq(total, (48 * 49) / 2);
        assertEq(token.balanceOf(member), total);
    }

    function test_GivenALateStatementForAGroupThatTheAccountNeverHad() external {
        goTo(9);
        settle(member, 9, 5);
        assertEq(settle(member, 1, 7), 7);
        assertEq(settle(member, 1, 7), 0);
        assertEq(settle(member, 6, 8), 8);
        assertEq(settle(member, 6, 8), 0);
        assertEq(points.mintedFor(member, 9), 5);
        assertEq(token.balanceOf(member), 20);
    }

    function test_GivenTheRingSlotHoldsAGroupThatHasClosed() external {
        // Group 0 goes to slot 0 when the account moves on to group 1.
        settle(member, 2, 0);
        settle(member, 0, 5);
        goTo(4);
        settle(member, 4, 5);
        goTo(16);
        settle(member, 16, 5);
        // Group 2 shares slot 0 with group 0.
        assertEq(points.mintedFor(member, 8), 0);
        assertEq(settle(member, 8, 6), 6);
        assertEq(settle(member, 8, 6), 0);
        assertEq(points.mintedFor(member, 0), 0);
        assertEq(points.mintedFor(member, 8), 6);
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

    function wordsWrittenBySettling(address to) private returns (uint256 words) {
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
