// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {BuybackTerms, IBuyback} from "../../../src/interfaces/IBuyback.sol";
import {TestMoney} from "../../model/tokens/TestMoney.sol";
import {BuybackTest} from "./BuybackTest.sol";

contract ClaimTest is BuybackTest {
    function test_WhenTheRoundHasNotClosed() external {
        warpToRound(0);
        giveAndTender(member, 0, 1_000);
        vm.warp(FIRST_ROUND_AT + ROUND_WINDOW - 1);
        expectNotSettled(0);
        buyback.claimPoints(0, member);
        expectNotSettled(0);
        buyback.claimMoney(0, member);
        expectNotSettled(7);
        buyback.claimPoints(7, member);
    }

    function test_WhenNobodyTenderedInTheRound() external {
        fund(ROUND_BUDGET);
        warpToClose(1);
        // Never settled: a later one was first.
        expectNotSettled(0);
        buyback.claimPoints(0, member);
        expectNothing(1, member);
        buyback.claimPoints(1, member);
        expectNothing(1, member);
        buyback.claimMoney(1, member);
    }

    function test_WhenTheHolderHasNothingInTheRound() external {
        settleOversubscribedRound();
        expectNothing(0, stranger);
        buyback.claimPoints(0, stranger);
        expectNothing(0, stranger);
        buyback.claimMoney(0, stranger);
    }

    function test_WhenTheRoundIsDue() external {
        fund(ROUND_BUDGET);
        warpToRound(0);
        giveAndTender(member, 0, 2 * ROUND_BUYS);
        warpToClose(0);
        uint256 snapshot = vm.snapshotState();
        assertEq(buyback.claimPoints(0, member), ROUND_BUYS);
        assertTrue(buyback.roundOf(0).settled);
        vm.revertToState(snapshot);
        assertEq(buyback.claimMoney(0, member), ROUND_BUDGET);
        assertTrue(buyback.roundOf(0).settled);
    }

    function test_WhenPointsAreClaimed() external {
        settleOversubscribedRound();
        expectBuybackEvent();
        emit IBuyback.PointsClaimed(0, member, ROUND_BUYS / 2);
        vm.prank(stranger);
        assertEq(buyback.claimPoints(0, member), ROUND_BUYS / 2);
        assertEq(token.balanceOf(member), ROUND_BUYS / 2);
        assertEq(token.balanceOf(stranger), 0);
        IBuyback.Share memory share = buyback.shareOf(0, member);
        assertTrue(share.pointsClaimed);
        assertFalse(share.moneyClaimed);
    }

    function test_WhenPointsAreClaimedTwice() external {
        settleOversubscribedRound();
        buyback.claimPoints(0, member);
        expectNothing(0, member);
        buyback.claimPoints(0, member);
        assertEq(buyback.claimPoints(0, other), ROUND_BUYS / 2);
    }

    function test_WhenEverythingWasBought() external {
        fund(ROUND_BUDGET);
        warpToRound(0);
        giveAndTender(member, 0, ROUND_BUYS);
        warpToClose(0);
        buyback.settle();
        expectNothing(0, member);
        buyback.claimPoints(0, member);
        assertEq(buyback.claimMoney(0, member), ROUND_BUDGET);
    }

    function test_WhenMoneyIsClaimed() external {
        settleOversubscribedRound();
        expectBuybackEvent();
        emit IBuyback.MoneyClaimed(0, member, member, ROUND_BUDGET / 2);
        vm.prank(stranger);
        assertEq(buyback.claimMoney(0, member), ROUND_BUDGET / 2);
        assertEq(money.balanceOf(member), ROUND_BUDGET / 2);
        assertEq(money.balanceOf(stranger), 0);
        assertEq(buyback.owed(), ROUND_BUDGET / 2);
        assertEq(buyback.reserve(), ROUND_BUDGET / 2);
        IBuyback.Share memory share = buyback.shareOf(0, member);
        assertTrue(share.moneyClaimed);
        assertFalse(share.pointsClaimed);
    }

    function test_WhenMoneyIsClaimedTwice() external {
        settleOversubscribedRound();
        buyback.claimMoney(0, member);
        expectNothing(0, member);
        buyback.claimMoney(0, member);
        assertEq(buyback.claimMoney(0, other), ROUND_BUDGET / 2);
        assertEq(buyback.reserve(), 0);
        assertEq(buyback.owed(), 0);
    }

    function test_WhenNothingWasBought() external {
        warpToRound(0);
        giveAndTender(member, 0, 1_000);
        warpToClose(0);
        expectNothing(0, member);
        buyback.claimMoney(0, member);
        assertEq(buyback.claimPoints(0, member), 1_000);
    }

    function test_WhenAShareRoundsDownToNothing() external {
        // Ten base units of money for everybody, and the member has a thousandth of what is tendered.
        createBuyback(new TestMoney(0), BuybackTerms(100, 1_000_000, 1_000));
        fund(10);
        warpToRound(0);
        giveAndTender(member, 0, 1_000);
        giveAndTender(other, 0, 999_000);
        warpToClose(0);
        expectNothing(0, member);
        buyback.claimMoney(0, member);
        // A hundredth of a base unit of its points was bought: rounded down too.
        assertEq(buyback.claimPoints(0, member), 999);
        assertEq(buyback.claimMoney(0, other), 9);
    }

    function test_WhenOneWasClaimedAndTheOtherWasNot() external {
        settleOversubscribedRound();
        buyback.claimPoints(0, member);
        buyback.claimMoney(0, other);
        fund(3 * ROUND_BUDGET);
        warpToRound(9);
        giveAndTender(third, 9, 3 * ROUND_BUYS);
        warpToClose(11);
        buyback.settle();
        assertEq(buyback.claimMoney(0, member), ROUND_BUDGET / 2);
        assertEq(buyback.claimPoints(0, other), ROUND_BUYS / 2);
        assertEq(buyback.claimMoney(9, third), ROUND_BUDGET);
        assertEq(buyback.claimPoints(9, third), 2 * ROUND_BUYS);
        assertEq(escrow(), 0);
    }

    function test_WhenAllHaveClaimed() external {
        // Three holders share 1,001 and 30,000 - 1,001 * 100 / 11 = 20,900.
        createBuyback(new TestMoney(0), BuybackTerms(11, 1_001, 1_000));
        fund(1_001);
        warpToRound(0);
        address[3] memory holders = [member, other, third];
        for (uint256 i = 0; i < 3; i++) giveAndTender(holders[i], 0, 10_000);
        warpToClose(0);
        for (uint256 i = 0; i < 3; i++) {
            assertEq(buyback.claimMoney(0, holders[i]), 333);
            assertEq(buyback.claimPoints(0, holders[i]), 6_966);
        }
        assertEq(buyback.owed(), 2);
        assertEq(buyback.reserve(), 2);
        assertEq(money.balanceOf(address(buyback)), 2);
        assertEq(escrow(), 2);
        assertEq(buyback.withdrawable(), 0);
    }

    function test_GivenPointsDoNotMoveFreely() external {
        createBuyback(new TestMoney(6), defaultBuyback(), false);
        settleOversubscribedRound();
        buyback.claimPoints(0, member);
        assertEq(token.balanceOf(member), ROUND_BUYS / 2);
    }

    function expectNothing(uint32 round, address holder) private {
        vm.expectRevert(abi.encodeWithSelector(IBuyback.NothingToClaim.selector, round, holder));
    }

    function expectNotSettled(uint32 round) private {
        vm.expectRevert(abi.encodeWithSelector(IBuyback.RoundNotSettled.selector, round));
    }
}
