// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {BuybackTerms} from "../../../src/interfaces/IBuyback.sol";
import {CharterTest} from "./CharterTest.sol";

contract EarliestEnactmentTest is CharterTest {
    uint64 private constant FIRST_CLOSE = STARTS_AT + 38 days;
    uint64 private constant SECOND_CLOSE = STARTS_AT + 66 days;

    function test_WhenThereIsNoSuchChange() external view {
        assertEq(charter.earliestEnactment(0), 0);
        assertEq(charter.earliestEnactment(1), 0);
    }

    function test_WhenTheChangeIsAnImprovement() external {
        vm.warp(STARTS_AT + 5 hours);
        assertEarliest(announce(better()), STARTS_AT + 5 hours);
    }

    function test_WhenTheNoticeAloneIsOwed() external {
        uint256 id = announce(worse());
        assertEarliest(id, STARTS_AT + NOTICE);
        vm.warp(STARTS_AT + 365 days);
        assertEarliest(id, STARTS_AT + NOTICE);
    }

    function test_WhenALastRoundIsOwed() external {
        uint256 id = announce(diluting());
        assertEarliest(id, FIRST_CLOSE);
        warpToRound(1);
        assertEarliest(id, FIRST_CLOSE);
        warpToClose(1);
        assertEarliest(id, FIRST_CLOSE);
    }

    function test_GivenTheFirstRoundClosedWithCover() external {
        uint256 id = announce(diluting());
        fund(ROUND_BUDGET);
        warpToClose(1);
        settle();
        assertEarliest(id, FIRST_CLOSE);
        warpToClose(2);
        settle();
        assertEarliest(id, FIRST_CLOSE);
    }

    function test_GivenTheFirstRoundClosedWithoutCover() external {
        uint256 id = announce(diluting());
        warpToClose(1);
        settle();
        assertEarliest(id, SECOND_CLOSE);
        fund(ROUND_BUDGET);
        assertEarliest(id, SECOND_CLOSE);
        warpToClose(2);
        settle();
        assertEarliest(id, SECOND_CLOSE);
        enact(id, diluting());
    }

    function test_GivenTheFirstRoundHadNoTendersAndNobodySettledItBeforeTheSecondClosed() external {
        uint256 id = announce(diluting());
        fund(ROUND_BUDGET);
        vm.warp(SECOND_CLOSE - 1);
        assertEarliest(id, FIRST_CLOSE);
        vm.warp(SECOND_CLOSE);
        assertEarliest(id, SECOND_CLOSE);
        settle();
        assertEarliest(id, SECOND_CLOSE);
        enact(id, diluting());
    }

    function test_GivenTheFirstRoundHadTendersAndNobodySettledItBeforeTheSecondClosed() external {
        uint256 id = announce(diluting());
        warpToRound(1);
        tender(member, 1, 100);
        vm.warp(SECOND_CLOSE);
        assertEarliest(id, FIRST_CLOSE);
        settle();
        assertEarliest(id, charter.change(id).diesAt);
    }

    function test_GivenNeitherRoundClosedWithCover() external {
        uint256 id = announce(diluting());
        warpToClose(1);
        settle();
        warpToClose(2);
        settle();
        assertEarliest(id, SECOND_CLOSE + 14 days);
        fund(10 * ROUND_BUDGET);
        assertEarliest(id, SECOND_CLOSE + 14 days);
    }

    function test_GivenTheChangeWasWithdrawnOrStruckDown() external {
        uint256 id = announce(diluting());
        object(member, id, NEEDED);
        assertEarliest(id, FIRST_CLOSE);
        vm.warp(charter.cooldownUntil());
        id = announce(worse());
        withdrawChange(id);
        assertEarliest(id, STARTS_AT + 2 * uint64(NOTICE));
    }

    function test_WhenTheOperatorDoesAllThatItMay() external {
        uint256 id = announce(diluting());
        BuybackTerms memory terms = defaultBuyback();
        terms.budgetPerRound *= 2;
        fund(4 * ROUND_BUDGET);
        assertEarliest(id, FIRST_CLOSE);
        announce(terms);
        assertEarliest(id, FIRST_CLOSE);
        vm.prank(operator);
        buyback.withdraw(operator, 2 * ROUND_BUDGET);
        assertEarliest(id, FIRST_CLOSE);
        give(stranger, 10 ** 9);
        assertEarliest(id, FIRST_CLOSE);
        warpToRound(0);
        tender(member, 0, 1_000);
        settle();
        assertEarliest(id, FIRST_CLOSE);
        warpToClose(0);
        settle();
        assertEarliest(id, FIRST_CLOSE);
        // A better price makes rounds buy less for the same money; their close stays.
        terms.pricePerPoint *= 2;
        announce(terms);
        assertEarliest(id, FIRST_CLOSE);
    }

    function test_WhenAChangeIsEnacted() external {
        uint256 id = announce(diluting());
        fund(ROUND_BUDGET);
        vm.warp(FIRST_CLOSE);
        enact(id, diluting());
        assertEarliest(id, FIRST_CLOSE);
    }

    function assertEarliest(uint256 id, uint64 expected) private view {
        assertEq(charter.earliestEnactment(id), expected);
    }
}
