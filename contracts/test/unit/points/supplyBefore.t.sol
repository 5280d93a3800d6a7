// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {PointsTest} from "./PointsTest.sol";

contract SupplyBeforeTest is PointsTest {
    function test_GivenNothingWasMinted() external {
        assertEq(points.supplyBefore(0), 0);
        goTo(3);
        assertEq(points.supplyBefore(3), 0);
    }

    function test_GivenEpochsWithMints() external {
        goTo(1);
        settle(member, 1, 5);
        settle(other, 1, 6);
        goTo(2);
        settle(member, 2, 100);
        assertEq(points.supplyBefore(0), 0);
        assertEq(points.supplyBefore(1), 0);
        assertEq(points.supplyBefore(2), 11);
        assertEq(points.supplyBefore(3), 111);
    }

    function test_GivenEpochsWithoutMints() external {
        settle(member, 0, 5);
        goTo(7);
        settle(member, 7, 6);
        goTo(9);
        for (uint32 epoch = 1; epoch <= 7; epoch++) assertEq(points.supplyBefore(epoch), 5);
        for (uint32 epoch = 8; epoch <= 10; epoch++) assertEq(points.supplyBefore(epoch), 11);
    }

    function test_WhenPointsWereBurnedBeforeTheFirstMintOfTheEpoch() external {
        settle(member, 0, 50);
        goTo(1);
        burn(10);
        // It is the supply of this moment, as nothing was minted since.
        assertEq(points.supplyBefore(1), 40);
        settle(other, 1, 7);
        assertEq(points.supplyBefore(1), 40);
        assertEq(points.supplyBefore(0), 0);
    }

    function test_WhenPointsWereBurnedAfterTheFirstMintOfTheEpoch() external {
        settle(member, 0, 50);
        goTo(1);
        settle(other, 1, 7);
        burn(10);
        settle(other, 1, 9);
        assertEq(points.supplyBefore(1), 50);
        assertEq(points.supplyBefore(2), 49);
    }

    function test_WhenStatementsForEarlierEpochsAreSettled() external {
        goTo(4);
        settle(member, 0, 5);
        assertEq(points.supplyBefore(4), 0);
        assertEq(points.supplyBefore(5), 5);
    }

    function burn(uint256 amount) private {
        vm.prank(member);
        points.burn(amount);
    }
}
