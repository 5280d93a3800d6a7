// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IBuyback} from "../../../src/interfaces/IBuyback.sol";
import {BuybackTest} from "./BuybackTest.sol";

contract ClaimMoneyToTest is BuybackTest {
    address private bank = makeAddr("bank");

    function test_WhenTheHolderNamesAnAccount() external {
        settleOversubscribedRound();
        expectBuybackEvent();
        emit IBuyback.MoneyClaimed(0, member, bank, ROUND_BUDGET / 2);
        vm.prank(member);
        assertEq(buyback.claimMoneyTo(0, bank), ROUND_BUDGET / 2);
        assertEq(money.balanceOf(bank), ROUND_BUDGET / 2);
        assertEq(money.balanceOf(member), 0);
        assertEq(buyback.owed(), ROUND_BUDGET / 2);
        assertEq(buyback.reserve(), ROUND_BUDGET / 2);
        assertTrue(buyback.shareOf(0, member).moneyClaimed);
        assertFalse(buyback.shareOf(0, member).pointsClaimed);
    }

    function test_WhenAStrangerRelaysWhatTheMemberSigned() external {
        settleOversubscribedRound();
        forward(MEMBER_KEY, address(buyback), abi.encodeCall(IBuyback.claimMoneyTo, (0, bank)));
        assertEq(money.balanceOf(bank), ROUND_BUDGET / 2);
    }

    function test_WhenTheCallerHasNothingInTheRound() external {
        settleOversubscribedRound();
        address[3] memory callers = [stranger, operator, bank];
        for (uint256 i = 0; i < callers.length; i++) {
            expectNothing(callers[i]);
            vm.prank(callers[i]);
            buyback.claimMoneyTo(0, bank);
        }
    }

    function test_WhenTheMoneyIsClaimedAlready() external {
        settleOversubscribedRound();
        buyback.claimMoney(0, member);
        expectNothing(member);
        vm.prank(member);
        buyback.claimMoneyTo(0, bank);
        vm.prank(other);
        buyback.claimMoneyTo(0, bank);
        expectNothing(other);
        buyback.claimMoney(0, other);
        assertEq(buyback.owed(), 0);
        assertEq(money.balanceOf(address(buyback)), 0);
    }

    function test_WhenTheAccountIsZeroOrTheBuyback() external {
        settleOversubscribedRound();
        address[2] memory wrong = [address(0), address(buyback)];
        for (uint256 i = 0; i < wrong.length; i++) {
            vm.expectRevert(abi.encodeWithSelector(IBuyback.InvalidRecipient.selector, wrong[i]));
            vm.prank(member);
            buyback.claimMoneyTo(0, wrong[i]);
        }
        assertFalse(buyback.shareOf(0, member).moneyClaimed);
    }

    function test_WhenTheRoundIsDue() external {
        fund(ROUND_BUDGET);
        warpToRound(0);
        giveAndTender(member, 0, ROUND_BUYS);
        warpToClose(0);
        vm.prank(member);
        assertEq(buyback.claimMoneyTo(0, bank), ROUND_BUDGET);
        assertTrue(buyback.roundOf(0).settled);
    }

    function test_WhenTheRoundHasNotClosed() external {
        warpToRound(0);
        giveAndTender(member, 0, ROUND_BUYS);
        vm.expectRevert(abi.encodeWithSelector(IBuyback.RoundNotSettled.selector, 0));
        vm.prank(member);
        buyback.claimMoneyTo(0, bank);
    }

    function expectNothing(address holder) private {
        vm.expectRevert(abi.encodeWithSelector(IBuyback.NothingToClaim.selector, 0, holder));
    }
}
