// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {stdError} from "forge-std/StdError.sol";
import {IBuyback} from "../../../src/interfaces/IBuyback.sol";
import {FeeMoney} from "../../model/tokens/FeeMoney.sol";
import {TestMoney} from "../../model/tokens/TestMoney.sol";
import {BuybackTest} from "./BuybackTest.sol";

contract DepositTest is BuybackTest {
    function test_WhenTheAmountIsZero() external {
        vm.expectRevert(IBuyback.ZeroAmount.selector);
        buyback.deposit(0);
    }

    function test_WhenTheCallerHasNotApprovedIt() external {
        money.mint(other, 100);
        vm.expectRevert(
            abi.encodeWithSelector(
                IERC20Errors.ERC20InsufficientAllowance.selector,
                address(buyback),
                0,
                100
            )
        );
        vm.prank(other);
        buyback.deposit(100);
    }

    function test_WhenTheTokenTakesAFee() external {
        FeeMoney fee = new FeeMoney();
        createBuyback(fee, defaultBuyback());
        fee.setFee(1);
        fee.mint(other, 20_000);
        vm.startPrank(other);
        fee.approve(address(buyback), 20_000);
        vm.expectRevert(
            abi.encodeWithSelector(IBuyback.UnexpectedTransfer.selector, 20_000, 19_998)
        );
        buyback.deposit(20_000);
        vm.stopPrank();
        assertEq(buyback.reserve(), 0);
        assertEq(fee.balanceOf(other), 20_000);
    }

    function test_WhenAllIsWell() external {
        money.mint(operator, 300);
        vm.startPrank(operator);
        money.approve(address(buyback), 300);
        expectBuybackEvent();
        emit IBuyback.Deposited(operator, 200, 200);
        buyback.deposit(200);
        expectBuybackEvent();
        emit IBuyback.Deposited(operator, 100, 300);
        buyback.deposit(100);
        vm.stopPrank();
        assertEq(buyback.reserve(), 300);
        assertEq(buyback.owed(), 0);
        assertEq(money.balanceOf(address(buyback)), 300);
    }

    function test_WhenAnotherAccountThanTheOperatorDeposits() external {
        fundFrom(stranger, 200);
        assertEq(buyback.reserve(), 200);
    }

    function test_GivenARoundIsDue() external {
        warpToRound(0);
        giveAndTender(member, 0, ROUND_BUYS);
        warpToClose(0);
        fund(ROUND_BUDGET);
        assertEq(buyback.roundOf(0).filled, 0);
        assertEq(buyback.owed(), 0);
        assertFalse(buyback.roundOf(0).covered);
    }

    function test_GivenAnEmptyRoundHasClosed() external {
        warpToClose(0);
        fund(ROUND_BUDGET);
        buyback.settle();
        assertTrue(buyback.roundOf(0).settled);
        assertFalse(buyback.roundOf(0).covered);
    }

    function test_GivenARoundIsOpenThatLacksMoney() external {
        fund(ROUND_BUDGET - 1);
        warpToRound(0);
        fund(1);
        warpToClose(0);
        buyback.settle();
        assertFalse(buyback.roundOf(0).covered);
    }

    function test_WhenAStrangerRelaysWhatAnAccountSigned() external {
        money = deployMoney(6);
        createBuyback(TestMoney(address(money)), defaultBuyback());
        money.mint(member, 200);
        permit(MEMBER_KEY, 200);
        forward(MEMBER_KEY, address(buyback), abi.encodeCall(IBuyback.deposit, (150)));
        assertEq(money.balanceOf(member), 50);
        assertEq(money.balanceOf(stranger), 0);
        assertEq(buyback.reserve(), 150);
    }

    function test_WhenTheReserveWouldExceedItsType() external {
        fund(type(uint128).max);
        assertEq(buyback.reserve(), type(uint128).max);
        money.mint(other, 1);
        vm.startPrank(other);
        money.approve(address(buyback), 1);
        vm.expectRevert(stdError.arithmeticError);
        buyback.deposit(1);
    }
}
