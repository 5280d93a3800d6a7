// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {BuybackTerms, IBuyback} from "../../../src/interfaces/IBuyback.sol";
import {TestMoney} from "../../model/tokens/TestMoney.sol";
import {BuybackTest} from "./BuybackTest.sol";

contract SettleRoundsTest is BuybackTest {
    function test_WhenNoRoundHasClosed() external {
        fund(ROUND_BUDGET);
        vm.recordLogs();
        buyback.settle();
        warpToRound(0);
        buyback.settle();
        vm.warp(FIRST_ROUND_AT + ROUND_WINDOW - 1);
        buyback.settle();
        assertEq(vm.getRecordedLogs().length, 0);
        assertFalse(buyback.roundOf(0).settled);
    }

    function test_WhenARoundWithTooManyTendersHasClosed() external {
        fund(3 * ROUND_BUDGET);
        warpToRound(0);
        giveAndTender(member, 0, ROUND_BUYS);
        giveAndTender(other, 0, 2 * ROUND_BUYS);
        warpToClose(0);
        expectSettled(0, true, ROUND_BUDGET, 3 * ROUND_BUYS, ROUND_BUYS, ROUND_BUDGET);
        buyback.settle();

        assertEq(token.totalSupply(), 2 * ROUND_BUYS);
        assertEq(escrow(), 2 * ROUND_BUYS);
        assertEq(buyback.owed(), ROUND_BUDGET);
        assertEq(buyback.reserve(), 3 * ROUND_BUDGET);
        IBuyback.Round memory round = buyback.roundOf(0);
        assertTrue(round.settled && round.covered);
        assertEq(round.tendered, 3 * ROUND_BUYS);
        assertEq(round.filled, ROUND_BUYS);
        assertEq(round.payout, ROUND_BUDGET);
    }

    function test_WhenTheBudgetBuysEverything() external {
        fund(ROUND_BUDGET);
        warpToRound(0);
        giveAndTender(member, 0, ROUND_BUYS);
        warpToClose(0);
        expectSettled(0, true, ROUND_BUDGET, ROUND_BUYS, ROUND_BUYS, ROUND_BUDGET);
        buyback.settle();
        assertEq(escrow(), 0);

        fund(ROUND_BUDGET);
        warpToRound(1);
        giveAndTender(member, 1, 1_000);
        warpToClose(1);
        expectSettled(1, true, ROUND_BUDGET, 1_000, 1_000, 100_000);
        buyback.settle();
        assertEq(buyback.owed(), ROUND_BUDGET + 100_000);
        assertEq(buyback.reserve(), 2 * ROUND_BUDGET);
    }

    function test_WhenTheBudgetAndThePriceLeaveARemainder() external {
        // All of the money, and 1,000 * 100 / 7 = 14,285.7 base units for it.
        createBuyback(new TestMoney(0), BuybackTerms(7, 1_000, 10_000));
        fund(1_000);
        warpToRound(0);
        giveAndTender(member, 0, 20_000);
        warpToClose(0);
        expectSettled(0, true, 1_000, 20_000, 14_286, 1_000);
        buyback.settle();
        assertEq(buyback.roundOf(0).filled, 14_286);
        assertEq(buyback.shareOf(0, member).paid, 1_000);
        assertEq(buyback.shareOf(0, member).returned, 5_714);
    }

    function test_WhenWhatIsTenderedIsWorthNoWholeBaseUnit() external {
        // 1,999 * 7 / 100 = 139.93: less than a base unit is lost to rounding, and everything is bought.
        createBuyback(new TestMoney(0), BuybackTerms(7, 1_000, 1_500));
        fund(1_000);
        warpToRound(0);
        giveAndTender(member, 0, 1_999);
        warpToClose(0);
        expectSettled(0, true, 1_000, 1_999, 1_986, 139);
        buyback.settle();
        assertEq(buyback.shareOf(0, member).returned, 13);
    }

    function test_WhenTheReserveIsShort() external {
        fund(ROUND_BUDGET - 1);
        warpToRound(0);
        giveAndTender(member, 0, ROUND_BUYS);
        warpToClose(0);
        expectSettled(0, false, ROUND_BUDGET - 1, ROUND_BUYS, ROUND_BUYS, ROUND_BUDGET - 1);
        buyback.settle();
        assertFalse(buyback.roundOf(0).covered);
        assertEq(buyback.shareOf(0, member).returned, 0);
    }

    function test_GivenAPriceOfAllTheBudgetAndAReserveThatIsShort() external {
        // What one base unit of points costs is more than there is: bought in whole base units, it would be none.
        createBuyback(new TestMoney(6), BuybackTerms(ROUND_BUDGET, ROUND_BUDGET, MIN_TENDER));
        fund(ROUND_BUDGET / 100 - 1);
        warpToRound(0);
        giveAndTender(member, 0, 5 * MIN_TENDER);
        giveAndTender(other, 0, 5 * MIN_TENDER);
        warpToClose(0);
        expectSettled(0, false, ROUND_BUDGET / 100 - 1, 10 * MIN_TENDER, 1, ROUND_BUDGET / 100 - 1);
        buyback.settle();
        assertEq(buyback.claimMoney(0, member), (ROUND_BUDGET / 100 - 1) / 2);
        assertEq(buyback.claimPoints(0, member), 5 * MIN_TENDER - 1);
    }

    function test_GivenTheMissingMoneyCameWhileItWasOpen() external {
        fund(ROUND_BUDGET - 1);
        warpToRound(0);
        giveAndTender(member, 0, ROUND_BUYS);
        vm.warp(FIRST_ROUND_AT + ROUND_WINDOW - 1);
        fund(5 * ROUND_BUDGET);
        warpToClose(0);
        expectSettled(0, false, ROUND_BUDGET, ROUND_BUYS, ROUND_BUYS, ROUND_BUDGET);
        buyback.settle();
        assertFalse(buyback.roundOf(0).covered);
        // It is there as the next one opens.
        warpToClose(1);
        buyback.settle();
        assertTrue(buyback.roundOf(1).covered);
    }

    function test_GivenMoneyCameWhileItWasOpenAndCovered() external {
        fund(ROUND_BUDGET);
        warpToRound(0);
        fund(1);
        warpToClose(0);
        buyback.settle();
        assertTrue(buyback.roundOf(0).covered);
    }

    function test_WhenTheReserveHoldsExactlyTheBudget() external {
        fund(ROUND_BUDGET);
        warpToClose(0);
        buyback.settle();
        assertTrue(buyback.roundOf(0).covered);
    }

    function test_WhenTheReserveIsOwedToAnEarlierRound() external {
        settleOversubscribedRound();
        warpToRound(1);
        giveAndTender(member, 1, 1_000);
        warpToClose(1);
        expectSettled(1, false, 0, 1_000, 0, 0);
        buyback.settle();
        assertEq(buyback.owed(), buyback.reserve());
        buyback.claimPoints(1, member);
    }

    function test_WhenARoundWithoutTendersHasClosed() external {
        fund(ROUND_BUDGET - 1);
        warpToClose(0);
        expectSettled(0, false, ROUND_BUDGET - 1, 0, 0, 0);
        buyback.settle();
        fund(1);
        warpToClose(1);
        expectSettled(1, true, ROUND_BUDGET, 0, 0, 0);
        buyback.settle();
        assertEq(buyback.owed(), 0);
        assertFalse(buyback.roundOf(0).covered);
    }

    function test_WhenItIsSettledAlready() external {
        settleOversubscribedRound();
        uint256 supply = token.totalSupply();
        vm.recordLogs();
        buyback.settle();
        warpToRound(1);
        buyback.settle();
        assertEq(vm.getRecordedLogs().length, 0);
        assertEq(token.totalSupply(), supply);
        assertEq(buyback.owed(), ROUND_BUDGET);
    }

    function test_WhenTwoRoundsAreDue() external {
        fund(2 * ROUND_BUDGET - 1);
        warpToRound(0);
        giveAndTender(member, 0, ROUND_BUYS);
        warpToClose(2);
        expectSettled(0, true, ROUND_BUDGET, ROUND_BUYS, ROUND_BUYS, ROUND_BUDGET);
        // What the first one owes is not there for the second one.
        expectSettled(2, false, ROUND_BUDGET - 1, 0, 0, 0);
        buyback.settle();
    }

    function test_GivenRoundsWithoutTendersBeforeTheNewestOne() external {
        fund(ROUND_BUDGET);
        warpToClose(5);
        buyback.settle();
        for (uint32 round = 0; round < 5; round++) assertFalse(buyback.roundOf(round).settled);
        assertTrue(buyback.roundOf(5).settled);
    }

    function test_GivenTermsChangedSinceTheRoundOpened() external {
        fund(ROUND_BUDGET);
        warpToRound(0);
        giveAndTender(member, 0, ROUND_BUYS);
        applyPrice(PRICE / 2);
        warpToRound(1);
        expectSettled(0, true, ROUND_BUDGET, ROUND_BUYS, ROUND_BUYS, ROUND_BUDGET);
        applyPrice(PRICE / 4);
        buyback.settle();
        assertEq(buyback.roundOf(0).version, 0);
        assertEq(buyback.roundOf(1).version, 1);
        assertEq(buyback.roundOf(2).version, 2);
    }

    function test_WhenAStrangerCallsInAnySecondAfterTheClose() external {
        fund(ROUND_BUDGET);
        warpToRound(0);
        giveAndTender(member, 0, ROUND_BUYS);
        uint256 snapshot = vm.snapshotState();
        uint32[4] memory delays = [0, PERIOD - ROUND_WINDOW - 1, PERIOD, 100 * PERIOD];
        for (uint256 i = 0; i < delays.length; i++) {
            vm.revertToState(snapshot);
            vm.warp(FIRST_ROUND_AT + ROUND_WINDOW + delays[i]);
            expectSettled(0, true, ROUND_BUDGET, ROUND_BUYS, ROUND_BUYS, ROUND_BUDGET);
            vm.prank(stranger);
            buyback.settle();
        }
    }

    function expectSettled(
        uint32 round,
        bool covered,
        uint128 budget,
        uint96 tendered,
        uint96 filled,
        uint128 payout
    ) private {
        expectBuybackEvent();
        emit IBuyback.RoundSettled(round, 0, covered, budget, tendered, filled, payout);
    }
}
