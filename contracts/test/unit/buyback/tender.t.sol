// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {stdError} from "forge-std/StdError.sol";
import {BuybackTerms, IBuyback} from "../../../src/interfaces/IBuyback.sol";
import {TestMoney} from "../../model/tokens/TestMoney.sol";
import {BuybackTest} from "./BuybackTest.sol";

contract TenderTest is BuybackTest {
    function test_WhenNoRoundIsOpen() external {
        give(member, 1_000);
        expectNotOpen(0);
        tender(member, 0, 1_000);
        vm.warp(FIRST_ROUND_AT - 1);
        expectNotOpen(0);
        tender(member, 0, 1_000);
        warpToClose(0);
        expectNotOpen(0);
        tender(member, 0, 1_000);
        expectNotOpen(1);
        tender(member, 1, 1_000);
        vm.warp(FIRST_ROUND_AT + PERIOD - 1);
        expectNotOpen(1);
        tender(member, 1, 1_000);
    }

    function test_WhenAnotherRoundIsNamed() external {
        give(member, 1_000);
        warpToRound(1);
        uint32[3] memory others = [0, 2, type(uint32).max];
        for (uint256 i = 0; i < others.length; i++) {
            expectNotOpen(others[i]);
            tender(member, others[i], 1_000);
        }
    }

    function test_WhenTheAmountIsZero() external {
        warpToRound(0);
        vm.expectRevert(IBuyback.ZeroAmount.selector);
        tender(member, 0, 0);
    }

    function test_WhenAFirstTenderIsBelowTheMinimum() external {
        give(member, 1_000);
        warpToRound(0);
        expectBelowMinTender(MIN_TENDER - 1);
        tender(member, 0, MIN_TENDER - 1);
        tender(member, 0, MIN_TENDER);
    }

    function test_WhenTheHolderHasTooFewPoints() external {
        give(member, 1_000);
        warpToRound(0);
        vm.expectRevert(
            abi.encodeWithSelector(
                IERC20Errors.ERC20InsufficientBalance.selector,
                member,
                1_000,
                1_001
            )
        );
        tender(member, 0, 1_001);
        assertEq(buyback.shareOf(0, member).amount, 0);
        assertEq(buyback.roundOf(0).tendered, 0);
    }

    function test_WhenTheAmountsExceedAnySupply() external {
        warpToRound(0);
        giveAndTender(member, 0, 1_000);
        vm.expectRevert(stdError.arithmeticError);
        tender(member, 0, type(uint96).max);
        vm.expectRevert(stdError.arithmeticError);
        tender(other, 0, type(uint96).max);
    }

    function test_WhenAllIsWell() external {
        give(member, 1_000);
        warpToRound(0);
        expectBuybackEvent();
        emit IBuyback.Tendered(0, member, 700, 700, 700);
        tender(member, 0, 700);
        assertEq(token.balanceOf(member), 300);
        assertEq(escrow(), 700);
        give(other, 500);
        expectBuybackEvent();
        emit IBuyback.Tendered(0, other, 500, 500, 1_200);
        tender(other, 0, 500);
        assertEq(buyback.roundOf(0).tendered, 1_200);
        assertEq(buyback.shareOf(0, member).amount, 700);
        assertEq(buyback.shareOf(0, other).amount, 500);
        assertEq(escrow(), 1_200);
    }

    function test_GivenTheHolderHasTenderedInThisRound() external {
        warpToRound(0);
        giveAndTender(member, 0, MIN_TENDER);
        give(member, 1);
        expectBuybackEvent();
        emit IBuyback.Tendered(0, member, 1, MIN_TENDER + 1, MIN_TENDER + 1);
        tender(member, 0, 1);
        assertEq(buyback.shareOf(0, member).amount, MIN_TENDER + 1);
    }

    function test_GivenTheHolderTookEverythingOut() external {
        warpToRound(0);
        giveAndTender(member, 0, MIN_TENDER);
        untender(member, 0, MIN_TENDER);
        expectBelowMinTender(1);
        tender(member, 0, 1);
        tender(member, 0, MIN_TENDER);
        assertEq(buyback.roundOf(0).tendered, MIN_TENDER);
    }

    function test_GivenTheHolderHasTenderedInAnEarlierRound() external {
        warpToRound(0);
        giveAndTender(member, 0, 1_000);
        warpToRound(1);
        expectBelowMinTender(1);
        tender(member, 1, 1);
        giveAndTender(member, 1, 300);
        assertEq(buyback.shareOf(0, member).amount, 1_000);
        assertEq(buyback.shareOf(1, member).amount, 300);
    }

    function test_GivenAnEarlierRoundWithTendersIsNotSettled() external {
        fund(ROUND_BUDGET);
        warpToRound(0);
        giveAndTender(member, 0, 1_000);
        warpToRound(3);
        give(other, 500);
        expectBuybackEvent();
        emit IBuyback.RoundSettled(0, 0, true, ROUND_BUDGET, 1_000, 1_000, 100_000);
        tender(other, 3, 500);
        assertTrue(buyback.roundOf(0).settled);
        assertEq(buyback.roundOf(0).filled, 1_000);
        assertEq(buyback.roundOf(3).tendered, 500);
        assertEq(escrow(), 500);
    }

    function test_GivenAnEarlierRoundWithoutTendersIsNotSettled() external {
        warpToRound(2);
        giveAndTender(member, 2, 500);
        assertFalse(buyback.roundOf(1).settled);
        // Anybody can still have it settled, and its cover is the same: nothing was paid in or out since.
        buyback.settle();
        assertTrue(buyback.roundOf(1).settled);
        assertFalse(buyback.roundOf(2).settled);
    }

    function test_GivenEverythingWasTakenOutOfAnEarlierRound() external {
        warpToRound(0);
        giveAndTender(member, 0, 500);
        untender(member, 0, 500);
        warpToRound(1);
        tender(member, 1, 500);
        assertFalse(buyback.roundOf(0).settled);
        assertEq(buyback.roundOf(0).tendered, 0);
        assertEq(buyback.roundOf(1).tendered, 500);
    }

    function test_GivenPointsDoNotMoveFreely() external {
        createBuyback(new TestMoney(6), defaultBuyback(), false);
        warpToRound(0);
        giveAndTender(member, 0, 500);
        assertEq(escrow(), 500);
    }

    function test_GivenTheProgramHasNoBudget() external {
        BuybackTerms memory terms = defaultBuyback();
        terms.budgetPerRound = 0;
        createBuyback(new TestMoney(6), terms);
        fund(ROUND_BUDGET);
        warpToRound(0);
        giveAndTender(member, 0, 500);
        warpToClose(0);
        buyback.claimPoints(0, member);
        assertEq(token.balanceOf(member), 500);
        assertTrue(buyback.roundOf(0).covered);
        assertEq(buyback.owed(), 0);
    }

    function test_WhenAStrangerRelaysWhatTheMemberSigned() external {
        give(member, 500);
        warpToRound(0);
        forward(MEMBER_KEY, address(buyback), abi.encodeCall(IBuyback.tender, (0, 500)));
        assertEq(buyback.shareOf(0, member).amount, 500);
        assertEq(token.balanceOf(member), 0);
    }
}
