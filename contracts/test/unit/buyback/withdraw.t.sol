// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {BuybackTerms, IBuyback} from "../../../src/interfaces/IBuyback.sol";
import {TestMoney} from "../../model/tokens/TestMoney.sol";
import {BuybackTest} from "./BuybackTest.sol";

contract WithdrawTest is BuybackTest {
    address private treasury = makeAddr("treasury");

    function test_WhenTheCallerIsNotTheOperator() external {
        fund(3 * ROUND_BUDGET);
        address[4] memory callers = [member, recorder, address(charter), address(points)];
        for (uint256 i = 0; i < callers.length; i++) {
            vm.expectRevert(abi.encodeWithSelector(IBuyback.NotOperator.selector, callers[i]));
            vm.prank(callers[i]);
            buyback.withdraw(callers[i], 1);
        }
    }

    function test_WhenTheForwarderSpeaksForTheOperator() external {
        fund(3 * ROUND_BUDGET);
        forward(OPERATOR_KEY, address(buyback), abi.encodeCall(IBuyback.withdraw, (treasury, 7)));
        assertEq(money.balanceOf(treasury), 7);
    }

    function test_WhenTheForwarderSpeaksForAnotherAccount() external {
        fund(3 * ROUND_BUDGET);
        bytes memory call = abi.encodeCall(IBuyback.withdraw, (treasury, 1));
        vm.expectRevert(abi.encodeWithSelector(IBuyback.NotOperator.selector, member));
        vm.prank(address(forwarder));
        (bool done, ) = address(buyback).call(abi.encodePacked(call, member));
        done;
    }

    function test_WhenTheAmountIsZero() external {
        fund(3 * ROUND_BUDGET);
        vm.expectRevert(IBuyback.ZeroAmount.selector);
        withdraw(treasury, 0);
    }

    function test_GivenNoRoundHasOpened() external {
        fund(ROUND_BUDGET + 5);
        expectLimit(5);
        expectBuybackEvent();
        emit IBuyback.Withdrawn(treasury, 5, ROUND_BUDGET);
        withdraw(treasury, 5);
        assertEq(money.balanceOf(treasury), 5);
        assertEq(buyback.reserve(), ROUND_BUDGET);
        assertEq(money.balanceOf(address(buyback)), ROUND_BUDGET);
        expectLimit(0);
    }

    function test_GivenARoundIsOpen() external {
        fund(2 * ROUND_BUDGET + 5);
        warpToRound(0);
        expectLimit(5);
        vm.warp(FIRST_ROUND_AT + ROUND_WINDOW - 1);
        expectLimit(5);
        withdraw(treasury, 5);
        expectLimit(0);
        warpToClose(0);
        expectLimit(ROUND_BUDGET);
    }

    function test_GivenNoRoundIsOpen() external {
        fund(ROUND_BUDGET + 5);
        warpToClose(3);
        expectLimit(5);
        vm.warp(FIRST_ROUND_AT + 4 * PERIOD - 1);
        expectLimit(5);
        withdraw(treasury, 5);
        warpToRound(4);
        expectLimit(0);
    }

    function test_GivenTheTermsChangeWithTheNextRound() external {
        fund(5 * ROUND_BUDGET);
        warpToRound(1);
        BuybackTerms memory terms = defaultBuyback();
        terms.budgetPerRound = 3 * ROUND_BUDGET;
        applyTerms(terms);
        expectLimit(ROUND_BUDGET);
        warpToClose(1);
        expectLimit(2 * ROUND_BUDGET);
        terms.budgetPerRound = 0;
        applyTerms(terms);
        expectLimit(5 * ROUND_BUDGET);
        warpToRound(2);
        withdraw(treasury, 5 * ROUND_BUDGET);
    }

    function test_GivenMoneyIsOwed() external {
        settleOversubscribedRound();
        expectLimit(0);
        fund(ROUND_BUDGET + 7);
        expectLimit(7);
        buyback.claimMoney(0, member);
        expectLimit(7);
        withdraw(treasury, 7);
        buyback.claimMoney(0, other);
        assertEq(buyback.reserve(), ROUND_BUDGET);
    }

    function test_GivenARoundIsDue() external {
        fund(2 * ROUND_BUDGET + 9);
        warpToRound(0);
        giveAndTender(member, 0, 3 * ROUND_BUYS);
        warpToClose(0);
        assertFalse(buyback.roundOf(0).settled);
        expectLimit(9);
        withdraw(treasury, 9);
        assertTrue(buyback.roundOf(0).settled);
        assertEq(buyback.owed(), ROUND_BUDGET);
        expectLimit(0);
    }

    function test_GivenAnEmptyRoundHasClosed() external {
        fund(2 * ROUND_BUDGET);
        warpToClose(0);
        BuybackTerms memory terms = defaultBuyback();
        terms.budgetPerRound = 0;
        applyTerms(terms);
        withdraw(treasury, 2 * ROUND_BUDGET);
        assertTrue(buyback.roundOf(0).settled);
        assertTrue(buyback.roundOf(0).covered);
    }

    function test_GivenLessIsThereThanIsPromised() external {
        expectLimit(0);
        fund(ROUND_BUDGET - 1);
        expectLimit(0);
        warpToRound(0);
        giveAndTender(member, 0, ROUND_BUYS);
        warpToClose(0);
        expectLimit(0);
    }

    function test_GivenTheProgramHasNoBudget() external {
        BuybackTerms memory terms = defaultBuyback();
        terms.budgetPerRound = 0;
        createBuyback(new TestMoney(6), terms);
        fund(11);
        warpToRound(0);
        expectLimit(11);
        withdraw(treasury, 11);
        assertEq(money.balanceOf(treasury), 11);
    }

    function test_WhenTheOperatorHasHandedOver() external {
        fund(3 * ROUND_BUDGET);
        vm.prank(operator);
        points.offerOperator(other);
        withdraw(treasury, 1);
        vm.prank(other);
        points.acceptOperator();
        vm.expectRevert(abi.encodeWithSelector(IBuyback.NotOperator.selector, operator));
        withdraw(treasury, 1);
        vm.prank(other);
        buyback.withdraw(treasury, 1);
    }

    /// @dev The view says it, and one base unit more is refused.
    function expectLimit(uint128 limit) private {
        assertEq(buyback.withdrawable(), limit);
        vm.expectRevert(
            abi.encodeWithSelector(IBuyback.ExceedsWithdrawable.selector, limit + 1, limit)
        );
        withdraw(treasury, limit + 1);
    }
}
