// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IBuyback} from "../../../src/interfaces/IBuyback.sol";
import {TestMoney} from "../../model/tokens/TestMoney.sol";
import {BuybackTest} from "./BuybackTest.sol";

contract UntenderTest is BuybackTest {
    function setUp() public override {
        super.setUp();
        warpToRound(0);
        giveAndTender(member, 0, 1_000);
    }

    function test_WhenNoRoundIsOpen() external {
        warpToClose(0);
        expectNotOpen(0);
        untender(member, 0, 1_000);
        vm.warp(FIRST_ROUND_AT + PERIOD - 1);
        expectNotOpen(0);
        untender(member, 0, 1_000);
    }

    function test_WhenAnotherRoundIsNamed() external {
        expectNotOpen(1);
        untender(member, 1, 1_000);
        warpToRound(1);
        expectNotOpen(0);
        untender(member, 0, 1_000);
        // Its points come out as those of a closed round do.
        buyback.claimPoints(0, member);
    }

    function test_WhenTheAmountIsZero() external {
        vm.expectRevert(IBuyback.ZeroAmount.selector);
        untender(member, 0, 0);
    }

    function test_WhenTheHolderHasLessInTheRound() external {
        expectInsufficient(1_000, 1_001);
        untender(member, 0, 1_001);
        untender(member, 0, 1_000);
        expectInsufficient(0, 1);
        untender(member, 0, 1);
    }

    function test_WhenWhatStaysIsBelowTheMinimum() external {
        expectBelowMinTender(MIN_TENDER - 1);
        untender(member, 0, 1_000 - MIN_TENDER + 1);
        expectBelowMinTender(1);
        untender(member, 0, 999);
    }

    function test_WhenWhatStaysIsTheMinimum() external {
        giveAndTender(other, 0, 500);
        expectBuybackEvent();
        emit IBuyback.Untendered(0, member, 1_000 - MIN_TENDER, MIN_TENDER, MIN_TENDER + 500);
        untender(member, 0, 1_000 - MIN_TENDER);
        assertEq(token.balanceOf(member), 1_000 - MIN_TENDER);
        assertEq(escrow(), MIN_TENDER + 500);
        assertEq(buyback.roundOf(0).tendered, MIN_TENDER + 500);
        assertEq(buyback.shareOf(0, member).amount, MIN_TENDER);
    }

    function test_WhenNothingStays() external {
        expectBuybackEvent();
        emit IBuyback.Untendered(0, member, 1_000, 0, 0);
        untender(member, 0, 1_000);
        assertEq(token.balanceOf(member), 1_000);
        assertEq(escrow(), 0);
        assertEq(buyback.roundOf(0).tendered, 0);
    }

    function test_WhenAnotherHolderHasIt() external {
        address[3] memory callers = [other, operator, address(charter)];
        for (uint256 i = 0; i < callers.length; i++) {
            expectInsufficient(0, 1_000);
            untender(callers[i], 0, 1_000);
        }
    }

    function test_GivenPointsDoNotMoveFreely() external {
        createBuyback(new TestMoney(6), defaultBuyback(), false);
        warpToRound(0);
        giveAndTender(member, 0, 500);
        untender(member, 0, 500);
        assertEq(token.balanceOf(member), 500);
    }

    function test_WhenAStrangerRelaysWhatTheMemberSigned() external {
        forward(MEMBER_KEY, address(buyback), abi.encodeCall(IBuyback.untender, (0, 1_000)));
        assertEq(token.balanceOf(member), 1_000);
    }

    function expectInsufficient(uint96 held, uint96 amount) private {
        vm.expectRevert(abi.encodeWithSelector(IBuyback.InsufficientTender.selector, held, amount));
    }
}
