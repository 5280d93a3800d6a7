// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {BuybackSettings, IBuyback} from "../../../src/interfaces/IBuyback.sol";
import {BuybackTest} from "./BuybackTest.sol";

contract RoundClockTest is BuybackTest {
    function test_GivenTheFirstRoundHasNotOpened() external {
        expectClock(0, false);
        vm.warp(FIRST_ROUND_AT - 1);
        expectClock(0, false);
        assertFalse(buyback.roundOf(0).settled);
    }

    function test_GivenARound() external {
        for (uint32 round = 0; round < 4; round++) {
            uint64 opensAt = FIRST_ROUND_AT + round * PERIOD;
            assertEq(buyback.roundOf(round).opensAt, opensAt);
            assertEq(buyback.roundOf(round).closesAt, opensAt + ROUND_WINDOW);
            vm.warp(opensAt);
            expectClock(round, true);
            vm.warp(opensAt + ROUND_WINDOW - 1);
            expectClock(round, true);
            vm.warp(opensAt + ROUND_WINDOW);
            expectClock(round, false);
            vm.warp(opensAt + PERIOD - 1);
            expectClock(round, false);
        }
    }

    function test_WhenTheWindowIsThePeriod() external {
        BuybackSettings memory settings = buybackSettings();
        settings.window = settings.period;
        buyback = IBuyback(Clones.clone(buybackImplementation));
        buyback.initialize(settings, defaultBuyback());
        vm.warp(FIRST_ROUND_AT);
        expectClock(0, true);
        buyback.settle();
        vm.warp(FIRST_ROUND_AT + PERIOD - 1);
        expectClock(0, true);
        vm.warp(FIRST_ROUND_AT + PERIOD);
        expectClock(1, true);
        buyback.settle();
        assertTrue(buyback.roundOf(0).settled);
    }

    function test_WhenTheFirstRoundFromAMomentOnIsAskedFor() external view {
        assertEq(buyback.firstRoundFrom(0), 0);
        assertEq(buyback.firstRoundFrom(FIRST_ROUND_AT - 1), 0);
        assertEq(buyback.firstRoundFrom(FIRST_ROUND_AT), 0);
        assertEq(buyback.firstRoundFrom(FIRST_ROUND_AT + 1), 1);
        assertEq(buyback.firstRoundFrom(FIRST_ROUND_AT + PERIOD), 1);
        assertEq(buyback.firstRoundFrom(FIRST_ROUND_AT + PERIOD + 1), 2);
        assertEq(buyback.firstRoundFrom(FIRST_ROUND_AT + 1_000 * uint64(PERIOD)), 1_000);
    }

    function test_WhenTheMomentIsBeyondAllRounds() external {
        uint64 moment = type(uint64).max;
        uint256 round = (uint256(moment) - FIRST_ROUND_AT + PERIOD - 1) / PERIOD;
        vm.expectRevert(
            abi.encodeWithSelector(SafeCast.SafeCastOverflowedUintDowncast.selector, 32, round)
        );
        buyback.firstRoundFrom(moment);
    }

    function expectClock(uint32 round, bool open) private view {
        (uint32 current, bool isOpen) = buyback.currentRound();
        assertEq(current, round);
        assertEq(isOpen, open);
    }
}
