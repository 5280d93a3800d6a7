// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IBuyback} from "../../../src/interfaces/IBuyback.sol";
import {TestMoney} from "../../model/tokens/TestMoney.sol";
import {BuybackTest} from "./BuybackTest.sol";

/// @dev The member's account has no gas: what it claimed lies there, and it signs what others send.
contract SendMoneyTest is BuybackTest {
    address private bank = makeAddr("bank");

    function setUp() public override {
        super.setUp();
        createBuyback(TestMoney(address(deployMoney(6))), defaultBuyback());
        settleOversubscribedRound();
        buyback.claimMoney(0, member);
    }

    function test_WhenTheMemberSignedAnApprovalAndTheCall() external {
        uint128 reserve = buyback.reserve();
        permit(MEMBER_KEY, ROUND_BUDGET);
        expectBuybackEvent();
        emit IBuyback.MoneySent(member, bank, 1_000);
        forward(MEMBER_KEY, address(buyback), abi.encodeCall(IBuyback.sendMoney, (bank, 1_000)));
        assertEq(money.balanceOf(bank), 1_000);
        assertEq(money.balanceOf(member), ROUND_BUDGET / 2 - 1_000);
        assertEq(buyback.reserve(), reserve);
        assertEq(money.balanceOf(address(buyback)), reserve);
    }

    function test_WhenTheMemberHasNotApprovedIt() external {
        permit(MEMBER_KEY, 999);
        vm.expectRevert(
            abi.encodeWithSelector(
                IERC20Errors.ERC20InsufficientAllowance.selector,
                address(buyback),
                999,
                1_000
            )
        );
        vm.prank(member);
        buyback.sendMoney(bank, 1_000);
    }

    function test_WhenAnotherAccountSendsApprovedMoney() external {
        permit(MEMBER_KEY, ROUND_BUDGET);
        vm.expectRevert(
            abi.encodeWithSelector(
                IERC20Errors.ERC20InsufficientAllowance.selector,
                address(buyback),
                0,
                1_000
            )
        );
        vm.prank(stranger);
        buyback.sendMoney(stranger, 1_000);
        assertEq(money.balanceOf(member), ROUND_BUDGET / 2);
    }

    function test_WhenTheAccountIsZeroOrTheBuyback() external {
        permit(MEMBER_KEY, ROUND_BUDGET);
        address[2] memory wrong = [address(0), address(buyback)];
        for (uint256 i = 0; i < wrong.length; i++) {
            vm.expectRevert(abi.encodeWithSelector(IBuyback.InvalidRecipient.selector, wrong[i]));
            vm.prank(member);
            buyback.sendMoney(wrong[i], 1_000);
        }
    }

    function test_WhenTheAmountIsZero() external {
        vm.expectRevert(IBuyback.ZeroAmount.selector);
        vm.prank(member);
        buyback.sendMoney(bank, 0);
    }
}
