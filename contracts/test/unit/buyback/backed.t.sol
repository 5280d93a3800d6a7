// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {BuybackTerms, IBuyback} from "../../../src/interfaces/IBuyback.sol";
import {RuleSetTerms} from "../../../src/interfaces/IPoints.sol";
import {Line, StatementPacking} from "../../model/signatures/StatementPacking.sol";
import {BuybackTest} from "./BuybackTest.sol";

/// @dev A base unit of points costs 100 of the money.
contract BackedTest is BuybackTest {
    uint128 private constant UNIT_PRICE = PRICE / 100;
    /// @dev What may be minted in the eight epochs that a notice of seven days touches.
    uint128 private constant NEXT_EPOCHS = uint128(BUDGET) * 8 * UNIT_PRICE;

    function setUp() public override {
        super.setUp();
        createBackedBuyback(defaultBuyback());
    }

    function test_GivenThereIsNoMoney() external {
        assertEq(buyback.backing(), 0);
        settleBatch(
            StatementPacking.packStatement(member, 0, StatementPacking.packLine(Line(1, 0, 1)))
        );
        assertEq(token.totalSupply(), 0);
    }

    function test_WhenMoneyComes() external {
        fund(7 * UNIT_PRICE);
        assertEq(buyback.backing(), 7);
        fund(UNIT_PRICE - 1);
        assertEq(buyback.backing(), 7);
        fund(1);
        assertEq(buyback.backing(), 8);
    }

    function test_GivenMoneyIsOwed() external {
        settleOversubscribedRoundOfBoth();
        assertEq(buyback.owed(), ROUND_BUDGET);
        assertEq(buyback.backing(), ROUND_BUYS);
        assertEq(token.totalSupply(), ROUND_BUYS);
    }

    function test_GivenMoreMoneyThanAnySupply() external {
        createBackedBuyback(BuybackTerms(1, 100, 10_000));
        fund(type(uint128).max);
        assertEq(buyback.backing(), type(uint96).max);
    }

    function test_GivenTheOpenRoundHasTheHigherPrice() external {
        fund(ROUND_BUDGET);
        warpToRound(0);
        applyPrice(PRICE / 2);
        assertEq(buyback.backing(), ROUND_BUYS);
        warpToClose(0);
        assertEq(buyback.backing(), 2 * ROUND_BUYS);
    }

    function test_GivenARoundWithTendersAndTheHigherPriceIsNotSettled() external {
        fund(2 * ROUND_BUDGET);
        warpToRound(0);
        giveAndTender(member, 0, ROUND_BUYS);
        applyPrice(PRICE / 2);
        warpToClose(0);
        assertEq(buyback.backing(), 2 * ROUND_BUYS);
        buyback.settle();
        assertEq(buyback.backing(), 2 * ROUND_BUYS);
        assertEq(token.totalSupply(), 0);
    }

    function test_GivenAHigherPriceIsToCome() external {
        fund(ROUND_BUDGET);
        warpToRound(0);
        applyPrice(2 * PRICE);
        assertEq(buyback.backing(), ROUND_BUYS / 2);
    }

    function test_WhenAPriceRisesThatThePointsAreNotBackedAt() external {
        fund(ROUND_BUDGET + 99);
        give(member, uint64(ROUND_BUYS));
        uint256 needed = uint256(ROUND_BUYS) * (UNIT_PRICE + 1);
        expectNotCovered(needed, ROUND_BUDGET + 99);
        buyback.impact(abi.encode(BuybackTerms(PRICE + 100, ROUND_BUDGET, MIN_TENDER)));
        expectNotCovered(needed, ROUND_BUDGET + 99);
        applyPrice(PRICE + 100);
        fund(uint128(needed) - ROUND_BUDGET - 100);
        expectNotCovered(needed, uint128(needed) - 1);
        applyPrice(PRICE + 100);
        fund(1);
        applyPrice(PRICE + 100);
        assertEq(buyback.backing(), token.totalSupply());
    }

    function test_WhenAPriceRisesByLessThanABaseUnit() external {
        fund(UNIT_PRICE * 101);
        give(member, 101);
        // 101 * 10,001 / 100 = 10,101.01.
        expectNotCovered(10_102, 10_100);
        applyPrice(PRICE + 1);
    }

    function test_WhenAPriceRisesAfterARoundThatIsDue() external {
        fund(ROUND_BUDGET + ROUND_BUDGET / 2);
        warpToRound(0);
        giveAndTender(member, 0, ROUND_BUYS);
        give(other, uint64(ROUND_BUYS) / 2);
        warpToClose(0);
        // Half of the supply is bought, and half of the budget is left.
        expectNotCovered(ROUND_BUDGET, ROUND_BUDGET / 2);
        buyback.impact(abi.encode(BuybackTerms(2 * PRICE, ROUND_BUDGET, MIN_TENDER)));
        fund(ROUND_BUDGET / 2);
        applyPrice(2 * PRICE);
        assertEq(buyback.backing(), token.totalSupply());
    }

    function test_WhenTheBudgetIsZero() external {
        vm.expectRevert(
            abi.encodeWithSelector(
                IBuyback.TermsOutOfBounds.selector,
                "budgetPerRound",
                PRICE,
                type(uint128).max
            )
        );
        applyTerms(BuybackTerms(PRICE, 0, MIN_TENDER));
    }

    function test_WhenTheOperatorWithdraws() external {
        fund(NEXT_EPOCHS + 5);
        assertEq(buyback.withdrawable(), 5);
        give(member, 1_000);
        assertEq(buyback.withdrawable(), 0);
        fund(1_000 * UNIT_PRICE);
        assertEq(buyback.withdrawable(), 5);
        withdraw(operator, 5);
        assertEq(buyback.backing(), 1_000 + 8 * BUDGET);
        vm.expectRevert(abi.encodeWithSelector(IBuyback.ExceedsWithdrawable.selector, 1, 0));
        withdraw(operator, 1);
    }

    function test_GivenAHigherBudgetIsToComeBeforeALowerOne() external {
        applyBudget(2 * BUDGET, 2);
        applyBudget(BUDGET / 2, 4);
        fund(2 * NEXT_EPOCHS + 5);
        assertEq(buyback.withdrawable(), 5);
        warpToEpoch(3);
        assertEq(buyback.withdrawable(), 5);
        warpToEpoch(4);
        assertEq(buyback.withdrawable(), 5 + 2 * NEXT_EPOCHS - NEXT_EPOCHS / 2);
    }

    function test_WhenTheOperatorWithdrawsAfterARoundThatIsDue() external {
        fund(NEXT_EPOCHS + ROUND_BUDGET);
        warpToRound(0);
        giveAndTender(member, 0, ROUND_BUYS);
        warpToClose(0);
        assertEq(buyback.withdrawable(), 0);
        fund(5);
        assertEq(buyback.withdrawable(), 5);
    }

    function test_GivenTheBudgetsOfTheRoundsAreMoreThanThat() external {
        createBackedBuyback(BuybackTerms(PRICE, 2 * NEXT_EPOCHS, MIN_TENDER));
        fund(4 * NEXT_EPOCHS + 5);
        assertEq(buyback.withdrawable(), 2 * NEXT_EPOCHS + 5);
        warpToRound(0);
        assertEq(buyback.withdrawable(), 5);
    }

    function test_GivenTheOpenRoundIsALastOne() external {
        nameLastRound(0);
        tenderTwiceTheBudget();
        warpToClose(0);
        expectBuybackEvent();
        emit IBuyback.RoundSettled(
            0,
            0,
            true,
            3 * ROUND_BUDGET,
            2 * ROUND_BUYS,
            2 * ROUND_BUYS,
            2 * ROUND_BUDGET
        );
        buyback.settle();
        assertEq(token.totalSupply(), 0);
    }

    function test_GivenAnotherRoundIsALastOne() external {
        nameLastRound(1);
        tenderTwiceTheBudget();
        warpToClose(0);
        buyback.settle();
        assertEq(buyback.roundOf(0).payout, ROUND_BUDGET);
    }

    function test_GivenTheProgramIsNotBacked() external {
        nameLastRound(0);
        createBuyback(address(money), defaultBuyback(), true);
        tenderTwiceTheBudget();
        warpToClose(0);
        buyback.settle();
        assertEq(buyback.roundOf(0).payout, ROUND_BUDGET);
        assertEq(buyback.withdrawable(), ROUND_BUDGET);
    }

    function applyBudget(uint96 budget, uint32 notBefore) private {
        RuleSetTerms memory terms = defaultRules();
        terms.budgetPerEpoch = budget;
        terms.notBefore = notBefore;
        vm.prank(address(charter));
        points.applyTerms(abi.encode(terms));
    }

    function settleOversubscribedRoundOfBoth() private {
        fund(2 * ROUND_BUDGET);
        warpToRound(0);
        giveAndTender(member, 0, ROUND_BUYS);
        giveAndTender(other, 0, ROUND_BUYS);
        warpToClose(0);
        buyback.settle();
    }

    function tenderTwiceTheBudget() private {
        fund(3 * ROUND_BUDGET);
        warpToRound(0);
        giveAndTender(member, 0, 2 * ROUND_BUYS);
    }

    function expectNotCovered(uint256 needed, uint128 free) private {
        vm.expectRevert(abi.encodeWithSelector(IBuyback.NotCovered.selector, needed, free));
    }
}
