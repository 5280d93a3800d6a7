// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {stdError} from "forge-std/StdError.sol";
import {BuybackTerms, IBuyback} from "../../../src/interfaces/IBuyback.sol";
import {TestMoney} from "../../model/tokens/TestMoney.sol";
import {BuybackTest} from "./BuybackTest.sol";

contract BuybackTermsTest is BuybackTest {
    function test_WhenTheCallerIsNotTheCharter() external {
        bytes memory terms = abi.encode(defaultBuyback());
        address[3] memory callers = [operator, member, address(points)];
        for (uint256 i = 0; i < callers.length; i++) {
            vm.expectRevert(abi.encodeWithSelector(IBuyback.NotCharter.selector, callers[i]));
            vm.prank(callers[i]);
            buyback.applyTerms(terms);
        }
    }

    function test_WhenTheForwarderSpeaksForTheCharter() external {
        bytes memory call = abi.encodeCall(IBuyback.applyTerms, (abi.encode(defaultBuyback())));
        vm.expectRevert(abi.encodeWithSelector(IBuyback.NotCharter.selector, address(forwarder)));
        vm.prank(address(forwarder));
        (bool done, ) = address(buyback).call(abi.encodePacked(call, address(charter)));
        done;
    }

    function test_WhenThePriceIsZero() external {
        expectOutOfBounds(BuybackTerms(0, 0, 100), "pricePerPoint", 1, type(uint128).max);
    }

    function test_WhenTheLeastTenderIsWorthTooLittle() external {
        // Worth 100 base units: minTender * price / 100 >= 100.
        expectOutOfBounds(BuybackTerms(100, 0, 99), "minTender", 100, type(uint96).max);
        expectOutOfBounds(BuybackTerms(101, 0, 99), "minTender", 100, type(uint96).max);
        expectOutOfBounds(BuybackTerms(1, 0, 9_999), "minTender", 10_000, type(uint96).max);
        applyTerms(BuybackTerms(100, 0, 100));
        applyTerms(BuybackTerms(1, 0, 10_000));
    }

    function test_WhenTheLeastTenderHasTooFewPoints() external {
        // One of 99 at a fill of a hundredth loses what is left of its points to rounding.
        expectOutOfBounds(BuybackTerms(10_001, 0, 0), "minTender", 100, type(uint96).max);
        expectOutOfBounds(
            BuybackTerms(type(uint128).max, 0, 99),
            "minTender",
            100,
            type(uint96).max
        );
        applyTerms(BuybackTerms(type(uint128).max, 0, 100));
    }

    function test_WhenTheBudgetDoesNotBuyTheLeastTender() external {
        fund(103);
        uint128 highest = type(uint128).max;
        expectOutOfBounds(BuybackTerms(100, 99, 100), "budgetPerRound", 100, highest);
        expectOutOfBounds(BuybackTerms(101, 101, 101), "budgetPerRound", 103, highest);
        expectOutOfBounds(BuybackTerms(101, 102, 101), "budgetPerRound", 103, highest);
        applyTerms(BuybackTerms(100, 100, 100));
        applyTerms(BuybackTerms(101, 103, 101));
        uint256 needed = (uint256(type(uint96).max) * highest + 99) / 100;
        expectOutOfBounds(
            BuybackTerms(highest, highest, type(uint96).max),
            "budgetPerRound",
            needed,
            highest
        );
    }

    function test_WhenTheBudgetIsZero() external {
        applyTerms(BuybackTerms(PRICE, 0, MIN_TENDER));
        (uint32 fromRound, BuybackTerms memory published) = buyback.terms(1);
        assertEq(fromRound, 0);
        assertEq(abi.encode(published), abi.encode(BuybackTerms(PRICE, 0, MIN_TENDER)));
    }

    function test_WhenEveryFieldIsAtTheMaximumOfItsType() external {
        fund(type(uint128).max);
        applyTerms(BuybackTerms(type(uint128).max, type(uint128).max, 100));
        applyTerms(BuybackTerms(type(uint128).max, 0, type(uint96).max));
        applyTerms(BuybackTerms(100, type(uint128).max, type(uint96).max));
        assertEq(buyback.termsCount(), 4);
    }

    function test_WhenTheyAreNoTermsAtAll() external {
        vm.expectRevert();
        vm.prank(address(charter));
        buyback.applyTerms("");
        vm.expectRevert();
        buyback.impact(abi.encode(uint256(type(uint128).max) + 1, 0, 100));
    }

    function test_GivenNoRoundHasOpened() external {
        vm.warp(FIRST_ROUND_AT - 1);
        expectBuybackEvent();
        emit IBuyback.TermsPublished(1, 0, PRICE + 1, ROUND_BUDGET, MIN_TENDER);
        applyPrice(PRICE + 1);
        assertEq(buyback.termsOf(0), 1);
    }

    function test_GivenARoundIsOpen() external {
        warpToRound(0);
        applyPrice(PRICE + 1);
        assertEq(buyback.termsOf(0), 0);
        assertEq(buyback.termsOf(1), 1);
        vm.warp(FIRST_ROUND_AT + 2 * PERIOD + ROUND_WINDOW - 1);
        expectBuybackEvent();
        emit IBuyback.TermsPublished(2, 3, PRICE + 2, ROUND_BUDGET, MIN_TENDER);
        applyPrice(PRICE + 2);
        assertEq(buyback.termsOf(2), 1);
        assertEq(buyback.termsOf(3), 2);
    }

    function test_GivenNoRoundIsOpen() external {
        warpToClose(2);
        applyPrice(PRICE + 1);
        assertEq(buyback.termsOf(2), 0);
        assertEq(buyback.termsOf(3), 1);
        vm.warp(FIRST_ROUND_AT + 3 * PERIOD - 1);
        applyPrice(PRICE - 1);
        assertEq(buyback.termsOf(3), 2);
    }

    function test_GivenSeveralAreAppliedBeforeARound() external {
        // All but one make something worse: the charter asks for notice, this contract does not.
        for (uint128 i = 1; i <= 4; i++) applyPrice(PRICE - i);
        applyPrice(PRICE + 5);
        assertEq(buyback.termsCount(), 6);
        fund(2 * ROUND_BUDGET);
        warpToRound(0);
        giveAndTender(member, 0, 1_000);
        warpToClose(0);
        buyback.settle();
        assertEq(buyback.roundOf(0).version, 5);
        assertEq(buyback.roundOf(0).payout, (1_000 * (PRICE + 5)) / 100);
    }

    function test_GivenManyVersions() external {
        // Versions 2k - 1 and 2k are published while round 3k is open, and hold from the round after it on.
        uint32 last = 20;
        for (uint32 k = 1; k <= last; k++) {
            warpToRound(3 * k);
            applyPrice(PRICE + 3 * k);
            applyPrice(PRICE + 3 * k - 1);
        }
        assertEq(buyback.termsCount(), 2 * last + 1);
        for (uint32 round = 0; round <= 3 * last + 3; round++) {
            uint32 times = round == 0 ? 0 : (round - 1) / 3;
            assertEq(buyback.termsOf(round), 2 * (times < last ? times : last));
        }
        assertEq(buyback.termsOf(type(uint32).max), 2 * last);
    }

    function test_WhenAVersionDoesNotExist() external {
        vm.expectRevert(stdError.indexOOBError);
        buyback.terms(1);
    }

    function test_WhenTermsAreComparedWithTheNewestOnes() external {
        createBuyback(new TestMoney(6), BuybackTerms(PRICE, ROUND_BUDGET, 2 * MIN_TENDER));
        fund(2 * ROUND_BUDGET);
        assertEq(impact(PRICE + 1, ROUND_BUDGET + 1_000_000, 2 * MIN_TENDER - 1), 0);
        assertEq(impact(PRICE - 1, ROUND_BUDGET, 2 * MIN_TENDER), 2);
        assertEq(impact(PRICE, ROUND_BUDGET, 2 * MIN_TENDER + 1), 2);
        assertEq(impact(PRICE - 1, 2 * ROUND_BUDGET, MIN_TENDER), 2);
        assertEq(impact(PRICE, ROUND_BUDGET - 1, MIN_TENDER), 2);
        assertEq(impact(2 * PRICE, 0, MIN_TENDER), 2);
        // With the newest ones, whether they are in force or not.
        warpToRound(0);
        applyPrice(2 * PRICE);
        assertEq(impact(2 * PRICE - 1, ROUND_BUDGET, MIN_TENDER), 2);
        vm.expectRevert(
            abi.encodeWithSelector(
                IBuyback.TermsOutOfBounds.selector,
                "pricePerPoint",
                1,
                type(uint128).max
            )
        );
        impact(0, 0, MIN_TENDER);
    }

    function test_WhenAStepIsLarge() external {
        createBuyback(new TestMoney(6), BuybackTerms(PRICE, ROUND_BUDGET, 4 * MIN_TENDER));
        assertEq(impact(2 * PRICE, ROUND_BUDGET, 2 * MIN_TENDER), 0);
        assertEq(impact(2 * PRICE + 1, ROUND_BUDGET, 4 * MIN_TENDER), 2);
        assertEq(impact(PRICE, ROUND_BUDGET, 2 * MIN_TENDER - 1), 2);
        assertEq(impact(type(uint128).max, 0, 4 * MIN_TENDER), 2);
    }

    function test_GivenTheNewestBudgetIsZero() external {
        createBuyback(new TestMoney(6), BuybackTerms(PRICE, 0, 4 * MIN_TENDER));
        fund(ROUND_BUDGET);
        assertEq(impact(50 * PRICE, ROUND_BUDGET, MIN_TENDER), 0);
        assertEq(impact(type(uint128).max, 0, MIN_TENDER), 0);
        assertEq(impact(PRICE - 1, ROUND_BUDGET, MIN_TENDER), 2);
    }

    function test_WhenTheyAreTheNewestOnes() external {
        expectNoChange(defaultBuyback());
        applyPrice(PRICE - 1);
        BuybackTerms memory terms = defaultBuyback();
        terms.pricePerPoint--;
        expectNoChange(terms);
        assertEq(impact(PRICE, ROUND_BUDGET, MIN_TENDER), 0);
    }

    function expectNoChange(BuybackTerms memory terms) private {
        vm.expectRevert(IBuyback.NoChange.selector);
        buyback.impact(abi.encode(terms));
        vm.expectRevert(IBuyback.NoChange.selector);
        applyTerms(terms);
    }

    function impact(uint128 price, uint128 budget, uint96 minTender) private view returns (uint8) {
        return buyback.impact(abi.encode(BuybackTerms(price, budget, minTender)));
    }

    function expectOutOfBounds(
        BuybackTerms memory terms,
        string memory field,
        uint256 lowest,
        uint256 highest
    ) private {
        bytes memory expected = abi.encodeWithSelector(
            IBuyback.TermsOutOfBounds.selector,
            field,
            lowest,
            highest
        );
        vm.expectRevert(expected);
        applyTerms(terms);
        vm.expectRevert(expected);
        buyback.impact(abi.encode(terms));
    }
}
