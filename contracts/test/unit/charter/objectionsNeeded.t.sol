// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IPoints} from "../../../src/interfaces/IPoints.sol";
import {ProgramSettings} from "../../../src/interfaces/IPrograms.sol";
import {CharterTest} from "./CharterTest.sol";

contract ObjectionsNeededTest is CharterTest {
    function test_GivenTheProgramIsYoungerThanANotice() external {
        uint256 id = announce(worse());
        assertEq(change(id).countedSupply, COUNTED);
        assertEq(charter.objectionsNeeded(id), NEEDED);
        // Its first points are from epoch 0, which counts as soon as it is a notice period old.
        withdrawChange(id);
        warpToEpoch(7);
        id = announce(worse());
        assertEq(change(id).countedSupply, COUNTED);
        withdrawChange(id);
        warpToEpoch(14);
        id = announce(worse());
        assertEq(change(id).countedSupply, 4 * COUNTED);
        assertEq(charter.objectionsNeeded(id), 4 * NEEDED);
    }

    function test_GivenPointsWereMadeSinceOneNoticePeriodBefore() external {
        warpToEpoch(8);
        give(stranger, 500_000);
        // One notice period before is in epoch 1, at whose start there were a million.
        assertEq(counted(), 4 * COUNTED);
        warpToEpoch(15);
        // Now it is in epoch 8, before whose first points there were as many.
        assertEq(counted(), 4 * COUNTED);
        warpToEpoch(16);
        assertEq(counted(), 6 * COUNTED);
    }

    function test_GivenInventedMembersMultiplyTheSupply() external {
        warpToEpoch(20);
        give(stranger, 10 ** 9);
        // A quarter of what there is, and not what there was: a young program is not its first holders'.
        assertEq(counted(), (10 ** 9 + 10 ** 6) / 4);
    }

    function test_GivenTheSupplyFellBeforeTheAnnouncement() external {
        warpToEpoch(20);
        burn(member, MEMBER_HAS);
        assertEq(counted(), OTHER_HAS);
    }

    function test_GivenTheSupplyFellSinceOneNoticePeriodBefore() external {
        warpToEpoch(14);
        give(stranger, 1);
        warpToEpoch(20);
        burn(member, MEMBER_HAS);
        // One notice period before, in epoch 13, there were a million. Points made later do not bring them back.
        uint256 id = announce(worse());
        assertEq(change(id).countedSupply, OTHER_HAS + 1);
        give(stranger, 10 ** 9);
        assertEq(charter.objectionsNeeded(id), (uint256(OTHER_HAS + 1) * 500 + 9_999) / 10_000);
    }

    function test_GivenAQuarterIsNoWholeBaseUnit() external {
        give(stranger, 1);
        assertEq(counted(), COUNTED + 1);
    }

    function test_WhenTheThresholdIsNoWholeBaseUnit() external {
        warpToEpoch(8);
        give(stranger, 1);
        warpToEpoch(16);
        // 5 % of 1,000,001.
        assertEq(charter.objectionsNeeded(announce(worse())), 50_001);
    }

    function test_WhenTheThresholdIsBelowOnePoint() external {
        createProgram();
        give(member, 7_999);
        assertEq(charter.objectionsNeeded(announce(worse())), 100);
        createProgram();
        give(member, 8_000);
        assertEq(charter.objectionsNeeded(announce(worse())), 100);
        createProgram();
        give(member, 8_001);
        assertEq(charter.objectionsNeeded(announce(worse())), 101);
    }

    function test_WhenTheThresholdIsAboveTheCap() external {
        ProgramSettings memory settings = defaultSettings();
        settings.objectionCap = 10_000;
        createProgram(settings);
        // A quarter of it counts, of which 5 % are 50,000.
        give(member, 4_000_000);
        uint256 id = announce(worse());
        assertEq(charter.objectionsNeeded(id), 10_000);
        object(member, id, 10_000);
        assertEq(charter.pendingChange(), 0);
        createProgram(settings);
        give(member, 799_999);
        assertEq(charter.objectionsNeeded(announce(worse())), 10_000);
        createProgram(settings);
        give(member, 799_900);
        assertEq(charter.objectionsNeeded(announce(worse())), 9_999);
    }

    function test_GivenThereAreNoPointsAtTheAnnouncement() external {
        createProgram();
        uint256 id = announce(worse());
        assertEq(charter.objectionsNeeded(id), 100);
        give(member, 10 ** 9);
        assertEq(charter.objectionsNeeded(id), 100);
    }

    function test_GivenTheSupplyRose() external {
        uint256 id = announce(worse());
        give(stranger, 10 ** 9);
        assertEq(charter.objectionsNeeded(id), NEEDED);
    }

    function test_GivenTheSupplyFell() external {
        uint256 id = announce(worse());
        burn(member, MEMBER_HAS);
        // Still more than counts.
        assertEq(charter.objectionsNeeded(id), NEEDED);
        burn(other, 200_000);
        assertEq(charter.objectionsNeeded(id), 10_000);
        // And back: more supply counts again, up to what there was.
        give(stranger, 10 ** 9);
        assertEq(charter.objectionsNeeded(id), NEEDED);
    }

    function test_GivenPointsAreLockedTenderedOrOrdered() external {
        vm.prank(operator);
        uint32 item = catalogue.addItem(100_000, 1, "A cup");
        warpToRound(0);
        uint256 id = announce(worse());
        object(member, id, 1_000);
        tender(member, 0, 100_000);
        vm.prank(member);
        catalogue.redeem(item, 1, 100_000, "cup");
        assertEq(charter.objectionsNeeded(id), NEEDED);
    }

    function test_GivenTheLowestAndTheHighestThreshold() external {
        ProgramSettings memory settings = defaultSettings();
        settings.objectionThresholdBps = 100;
        createProgram(settings);
        give(member, 1_000_000);
        assertEq(charter.objectionsNeeded(announce(worse())), 2_500);
        settings.objectionThresholdBps = 2_000;
        createProgram(settings);
        give(member, 1_000_000);
        assertEq(charter.objectionsNeeded(announce(worse())), 50_000);
    }

    function test_GivenTheGreatestSupply() external {
        uint256 supply = 2 ** 71 - 1;
        bytes4 before = IPoints.supplyBefore.selector;
        vm.mockCall(address(points), abi.encodeCall(IERC20.totalSupply, ()), abi.encode(supply));
        vm.mockCall(address(points), abi.encodeWithSelector(before), abi.encode(supply));
        uint256 id = announce(worse());
        assertEq(change(id).countedSupply, supply);
        assertEq(charter.objectionsNeeded(id), (supply * 500 + 9_999) / 10_000);
    }

    /// @dev What counts for a change that is announced now.
    function counted() private returns (uint96 supply) {
        uint256 before = vm.snapshotState();
        supply = change(announce(worse())).countedSupply;
        vm.revertToState(before);
    }
}
