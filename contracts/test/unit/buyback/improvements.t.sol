// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {BuybackTerms, IBuyback} from "../../../src/interfaces/IBuyback.sol";
import {TestMoney} from "../../model/tokens/TestMoney.sol";
import {BuybackTest} from "./BuybackTest.sol";

/// @dev A stolen operator key, or a typing error, a second before a round opens.
contract ImprovementsTest is BuybackTest {
    function test_WhenTheTermsGetBetterTwiceBeforeARound() external {
        applyPrice(PRICE + 1);
        expectImprovedAlready(0);
        applyPrice(PRICE + 2);
        vm.warp(FIRST_ROUND_AT - 1);
        expectImprovedAlready(0);
        applyPrice(PRICE + 2);
        warpToRound(0);
        applyPrice(PRICE + 2);
        expectImprovedAlready(1);
        applyPrice(PRICE + 3);
        assertEq(buyback.termsCount(), 3);
    }

    function test_GivenTheTermsGotWorseInBetween() external {
        applyPrice(PRICE + 10);
        applyPrice(PRICE + 5);
        expectImprovedAlready(0);
        applyPrice(PRICE + 6);
        applyPrice(PRICE + 4);
        warpToRound(0);
        applyPrice(PRICE + 6);
    }

    function test_GivenTheTermsGotWorseOnly() external {
        applyPrice(PRICE - 2);
        applyPrice(PRICE - 3);
        applyPrice(PRICE - 1);
        assertEq(buyback.termsCount(), 4);
    }

    function test_WhenTheBudgetRisesAboveTheMoneyThatIsThere() external {
        expectNotCovered(ROUND_BUDGET + 1, 0);
        applyBudget(ROUND_BUDGET + 1);
        fund(ROUND_BUDGET);
        expectNotCovered(ROUND_BUDGET + 1, ROUND_BUDGET);
        applyBudget(ROUND_BUDGET + 1);
        expectNotCovered(type(uint128).max, ROUND_BUDGET);
        applyBudget(type(uint128).max);
        fund(1);
        assertEq(impactOfBudget(ROUND_BUDGET + 1), 0);
        applyBudget(ROUND_BUDGET + 1);
    }

    function test_WhenABudgetIsOfferedForTheFirstTime() external {
        createBuyback(new TestMoney(6), BuybackTerms(PRICE, 0, MIN_TENDER));
        expectNotCovered(ROUND_BUDGET, 0);
        applyBudget(ROUND_BUDGET);
        fund(ROUND_BUDGET);
        applyBudget(ROUND_BUDGET);
    }

    function test_WhenTheBudgetRisesInTermsThatHurt() external {
        BuybackTerms memory terms = defaultBuyback();
        terms.pricePerPoint--;
        terms.budgetPerRound++;
        expectNotCovered(ROUND_BUDGET + 1, 0);
        applyTerms(terms);
        fund(ROUND_BUDGET + 1);
        applyTerms(terms);
    }

    function test_GivenMoneyIsOwed() external {
        settleOversubscribedRound();
        expectNotCovered(ROUND_BUDGET + 1, 0);
        applyBudget(ROUND_BUDGET + 1);
        fund(ROUND_BUDGET + 1);
        applyBudget(ROUND_BUDGET + 1);
    }

    function test_GivenARoundIsDue() external {
        fund(2 * ROUND_BUDGET);
        warpToRound(0);
        giveAndTender(member, 0, ROUND_BUYS);
        assertEq(impactOfBudget(2 * ROUND_BUDGET), 0);
        warpToClose(0);
        // What it will owe is not free, whether anybody has settled it or not.
        vm.expectRevert(notCovered(2 * ROUND_BUDGET, ROUND_BUDGET));
        impactOfBudget(2 * ROUND_BUDGET);
        expectNotCovered(2 * ROUND_BUDGET, ROUND_BUDGET);
        applyBudget(2 * ROUND_BUDGET);
        fund(ROUND_BUDGET);
        assertTrue(buyback.roundOf(0).settled);
        applyBudget(2 * ROUND_BUDGET);
    }

    function test_WhenABudgetThatIsNotThereStays() external {
        // Terms that ask for no more than the newest ones do can always be applied.
        applyPrice(PRICE + 1);
        BuybackTerms memory terms = defaultBuyback();
        terms.budgetPerRound--;
        applyTerms(terms);
        assertEq(buyback.termsCount(), 3);
    }

    function test_WhenTermsAreAppliedAfterAClose() external {
        fund(ROUND_BUDGET);
        warpToRound(0);
        giveAndTender(member, 0, ROUND_BUYS);
        warpToClose(0);
        applyPrice(PRICE - 1);
        assertTrue(buyback.roundOf(0).settled);
        assertEq(buyback.roundOf(0).payout, ROUND_BUDGET);
    }

    function applyBudget(uint128 budget) private {
        BuybackTerms memory terms = defaultBuyback();
        terms.budgetPerRound = budget;
        applyTerms(terms);
    }

    function impactOfBudget(uint128 budget) private view returns (uint8) {
        BuybackTerms memory terms = defaultBuyback();
        terms.budgetPerRound = budget;
        return buyback.impact(abi.encode(terms));
    }

    function expectImprovedAlready(uint32 round) private {
        vm.expectRevert(abi.encodeWithSelector(IBuyback.ImprovedAlready.selector, round));
    }

    function expectNotCovered(uint256 needed, uint128 free) private {
        vm.expectRevert(notCovered(needed, free));
    }

    function notCovered(uint256 needed, uint128 free) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IBuyback.NotCovered.selector, needed, free);
    }
}
