// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ProgramSettings} from "../../../src/interfaces/IPrograms.sol";
import {CharterTest} from "./CharterTest.sol";

contract ObjectionsNeededTest is CharterTest {
    function test_WhenTheThresholdIsNoWholeBaseUnit() external {
        give(stranger, 1);
        // 5 % of 1,000,001.
        assertEq(charter.objectionsNeeded(announce(worse())), 50_001);
    }

    function test_WhenTheThresholdIsBelowOnePoint() external {
        createProgram();
        give(member, 1_999);
        assertEq(charter.objectionsNeeded(announce(worse())), 100);
        createProgram();
        give(member, 2_000);
        assertEq(charter.objectionsNeeded(announce(worse())), 100);
        createProgram();
        give(member, 2_001);
        assertEq(charter.objectionsNeeded(announce(worse())), 101);
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
        vm.prank(member);
        points.burn(200_000);
        assertEq(charter.objectionsNeeded(id), 40_000);
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
        assertEq(charter.objectionsNeeded(announce(worse())), 10_000);
        settings.objectionThresholdBps = 2_000;
        createProgram(settings);
        give(member, 1_000_000);
        assertEq(charter.objectionsNeeded(announce(worse())), 200_000);
    }

    function test_GivenTheGreatestSupply() external {
        uint256 supply = type(uint96).max;
        vm.mockCall(address(points), abi.encodeCall(IERC20.totalSupply, ()), abi.encode(supply));
        uint256 id = announce(worse());
        assertEq(change(id).supplyAtAnnouncement, supply);
        assertEq(charter.objectionsNeeded(id), (supply * 500 + 9_999) / 10_000);
    }
}
