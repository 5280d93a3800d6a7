// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IBuyback} from "../../../src/interfaces/IBuyback.sol";
import {ArbitraryMoney} from "../../model/tokens/ArbitraryMoney.sol";
import {BlockingMoney} from "../../model/tokens/BlockingMoney.sol";
import {FalseMoney} from "../../model/tokens/FalseMoney.sol";
import {FeeMoney} from "../../model/tokens/FeeMoney.sol";
import {ReentrantMoney} from "../../model/tokens/ReentrantMoney.sol";
import {RevertingMoney} from "../../model/tokens/RevertingMoney.sol";
import {SilentMoney} from "../../model/tokens/SilentMoney.sol";
import {TestMoney} from "../../model/tokens/TestMoney.sol";
import {BuybackTest} from "./BuybackTest.sol";

contract SettlementTokensTest is BuybackTest {
    /// @dev What each of two holders gets of the oversubscribed round.
    uint128 private constant HALF_MONEY = ROUND_BUDGET / 2;
    uint96 private constant HALF_POINTS = ROUND_BUYS / 2;

    function test_GivenATokenThatReturnsNothing() external {
        SilentMoney silent = new SilentMoney();
        createBuyback(address(silent), defaultBuyback(), true);
        silent.mint(operator, 2 * ROUND_BUDGET + 3);
        vm.startPrank(operator);
        silent.approve(address(buyback), type(uint256).max);
        buyback.deposit(2 * ROUND_BUDGET);
        silent.transfer(address(buyback), 3);
        vm.stopPrank();
        assertEq(buyback.sync(), 3);
        tenderTwiceTheBudget(0);
        warpToClose(0);
        assertEq(buyback.claimMoney(0, member), HALF_MONEY);
        assertEq(silent.balanceOf(member), HALF_MONEY);
        withdraw(operator, 3);
        assertEq(silent.balanceOf(operator), 3);
        assertEq(silent.balanceOf(address(buyback)), buyback.reserve());
        assertPointsComeOut(0);
    }

    function test_GivenATokenThatReturnsFalse() external {
        FalseMoney false_ = new FalseMoney();
        useWithDueRound(false_);
        false_.setRefuses(true);
        bytes memory failed = abi.encodeWithSelector(
            SafeERC20.SafeERC20FailedOperation.selector,
            address(false_)
        );
        false_.mint(third, 1_000);
        vm.startPrank(third);
        false_.approve(address(buyback), 1_000);
        vm.expectRevert(failed);
        buyback.deposit(1_000);
        vm.stopPrank();
        vm.expectRevert(failed);
        buyback.claimMoney(0, member);
        assertPointsComeOut(0);
        assertEq(buyback.owed(), ROUND_BUDGET);

        false_.setRefuses(false);
        assertAllArePaid(0);
    }

    function test_GivenATokenThatReverts() external {
        RevertingMoney reverting = new RevertingMoney();
        useWithDueRound(reverting);
        reverting.setPaused(true);
        vm.expectRevert(RevertingMoney.Paused.selector);
        buyback.claimMoney(0, member);
        vm.expectRevert(RevertingMoney.Paused.selector);
        buyback.sync();
        vm.expectRevert(RevertingMoney.Paused.selector);
        vm.prank(other);
        buyback.deposit(1);
        assertPointsComeOut(0);

        reverting.setPaused(false);
        assertAllArePaid(0);
    }

    function test_GivenATokenThatBlocksAHolder() external {
        BlockingMoney blocking = new BlockingMoney();
        useWithDueRound(blocking);
        blocking.setBlocked(member, true);
        vm.expectRevert(abi.encodeWithSelector(BlockingMoney.Blocked.selector, member));
        buyback.claimMoney(0, member);
        assertEq(buyback.claimMoney(0, other), HALF_MONEY);
        assertPointsComeOut(0);
        assertEq(buyback.owed(), HALF_MONEY);
        assertEq(blocking.balanceOf(address(buyback)), buyback.reserve());

        blocking.setBlocked(member, false);
        assertEq(buyback.claimMoney(0, member), HALF_MONEY);
    }

    function test_GivenATokenThatBlocksTheBuyback() external {
        BlockingMoney blocking = new BlockingMoney();
        useWithDueRound(blocking);
        blocking.setBlocked(address(buyback), true);
        vm.expectRevert(abi.encodeWithSelector(BlockingMoney.Blocked.selector, address(buyback)));
        buyback.claimMoney(0, member);
        assertPointsComeOut(0);
    }

    function test_GivenATokenThatStartsToTakeAFee() external {
        FeeMoney fee = new FeeMoney();
        useWithDueRound(fee);
        fee.setFee(100);
        fee.mint(other, 1_000);
        vm.startPrank(other);
        fee.approve(address(buyback), 1_000);
        vm.expectRevert(abi.encodeWithSelector(IBuyback.UnexpectedTransfer.selector, 1_000, 990));
        buyback.deposit(1_000);
        vm.stopPrank();
        assertPointsComeOut(0);
        assertEq(buyback.claimMoney(0, member), HALF_MONEY);
        // The token kept its hundredth; nobody else pays for it.
        assertEq(fee.balanceOf(member), HALF_MONEY - HALF_MONEY / 100);
        assertEq(fee.balanceOf(address(buyback)), buyback.reserve());
        assertEq(buyback.owed(), HALF_MONEY);
    }

    function test_GivenATokenThatCallsBackWhileItPays() external {
        ReentrantMoney reentrant = new ReentrantMoney();
        useWithDueRound(reentrant);
        uint256 snapshot = vm.snapshotState();
        bytes[] memory calls = guardedCalls();
        for (uint256 i = 0; i < calls.length; i++) {
            for (uint256 late = 0; late < 2; late++) {
                vm.revertToState(snapshot);
                callBack(reentrant, late == 1, calls[i]);
                assertEq(buyback.claimMoney(0, member), HALF_MONEY);
                assertCallBackWasRefused(reentrant);
                assertEq(reentrant.balanceOf(member), HALF_MONEY);
                assertAccounting(2 * ROUND_BUDGET - HALF_MONEY, HALF_MONEY);
            }
        }
        vm.revertToState(snapshot);
        callBack(reentrant, true, abi.encodeCall(IBuyback.claimPoints, (0, other)));
        buyback.claimMoney(0, member);
        assertTrue(reentrant.succeeded());
        assertEq(token.balanceOf(other), HALF_POINTS);
    }

    function test_GivenATokenThatCallsBackWhileItIsDeposited() external {
        ReentrantMoney reentrant = new ReentrantMoney();
        useWithDueRound(reentrant);
        // The token has money of its own that its call back would deposit.
        reentrant.mint(address(reentrant), 1_000);
        reentrant.execute(
            address(reentrant),
            abi.encodeCall(reentrant.approve, (address(buyback), 1_000))
        );
        reentrant.mint(operator, 1_000);
        vm.prank(operator);
        reentrant.approve(address(buyback), 1_000);
        uint256 snapshot = vm.snapshotState();
        bytes[] memory calls = guardedCalls();
        for (uint256 i = 0; i < calls.length; i++) {
            for (uint256 late = 0; late < 2; late++) {
                vm.revertToState(snapshot);
                callBack(reentrant, late == 1, calls[i]);
                vm.prank(operator);
                buyback.deposit(1_000);
                assertCallBackWasRefused(reentrant);
                assertAccounting(2 * ROUND_BUDGET + 1_000, ROUND_BUDGET);
            }
        }
    }

    function test_GivenATokenThatCallsBackWhileItIsWithdrawn() external {
        ReentrantMoney reentrant = new ReentrantMoney();
        useWithDueRound(reentrant);
        fund(1_000);
        // Even as the operator, the token may not.
        vm.prank(operator);
        points.offerOperator(address(reentrant));
        reentrant.execute(address(points), abi.encodeCall(points.acceptOperator, ()));
        uint256 snapshot = vm.snapshotState();
        bytes[] memory calls = guardedCalls();
        for (uint256 i = 0; i < calls.length; i++) {
            for (uint256 late = 0; late < 2; late++) {
                vm.revertToState(snapshot);
                callBack(reentrant, late == 1, calls[i]);
                reentrant.execute(
                    address(buyback),
                    abi.encodeCall(IBuyback.withdraw, (address(reentrant), 1_000))
                );
                assertCallBackWasRefused(reentrant);
                assertAccounting(2 * ROUND_BUDGET, ROUND_BUDGET);
            }
        }
    }

    function test_GivenATokenThatTakesMoneyAway() external {
        ArbitraryMoney arbitrary = new ArbitraryMoney();
        useWithDueRound(arbitrary);
        arbitrary.setBalance(address(buyback), HALF_MONEY);
        assertEq(buyback.claimMoney(0, member), HALF_MONEY);
        vm.expectRevert(
            abi.encodeWithSelector(
                IERC20Errors.ERC20InsufficientBalance.selector,
                address(buyback),
                0,
                HALF_MONEY
            )
        );
        buyback.claimMoney(0, other);
        assertPointsComeOut(0);
        assertEq(buyback.owed(), HALF_MONEY);
        // Any account may bring it back: it is paid.
        arbitrary.setBalance(address(buyback), HALF_MONEY);
        assertEq(buyback.claimMoney(0, other), HALF_MONEY);
    }

    function test_GivenATokenThatAddsMoney() external {
        ArbitraryMoney arbitrary = new ArbitraryMoney();
        useWithDueRound(arbitrary);
        arbitrary.setBalance(address(buyback), type(uint256).max / 2);
        buyback.sync();
        assertEq(buyback.reserve(), type(uint128).max);
        assertEq(buyback.owed(), ROUND_BUDGET);
        assertAllArePaid(0);
        assertPointsComeOut(0);
    }

    /// @dev A round whose tenders are twice what its budget buys has closed and is not settled; twice the budget is in the
    /// reserve.
    function useWithDueRound(TestMoney money_) private {
        createBuyback(money_, defaultBuyback());
        fund(2 * ROUND_BUDGET);
        tenderTwiceTheBudget(0);
        warpToClose(0);
    }

    function tenderTwiceTheBudget(uint32 round) private {
        warpToRound(round);
        giveAndTender(member, round, ROUND_BUYS);
        giveAndTender(other, round, ROUND_BUYS);
    }

    /// @dev The ways that points have: settling, claiming, and taking them out of the next round.
    function assertPointsComeOut(uint32 round) private {
        buyback.settle();
        buyback.claimPoints(round, member);
        buyback.claimPoints(round, other);
        assertEq(token.balanceOf(member), HALF_POINTS);
        assertEq(token.balanceOf(other), HALF_POINTS);
        assertEq(escrow(), 0);
        uint256 snapshot = vm.snapshotState();
        warpToRound(round + 1);
        tender(member, round + 1, HALF_POINTS);
        untender(member, round + 1, HALF_POINTS);
        assertEq(token.balanceOf(member), HALF_POINTS);
        vm.revertToState(snapshot);
    }

    function assertAllArePaid(uint32 round) private {
        assertEq(buyback.claimMoney(round, member), HALF_MONEY);
        assertEq(buyback.claimMoney(round, other), HALF_MONEY);
        assertEq(money.balanceOf(member), HALF_MONEY);
        assertEq(money.balanceOf(other), HALF_MONEY);
        assertEq(buyback.owed(), 0);
    }

    /// @dev Every function that may move money or change the reserve.
    function guardedCalls() private view returns (bytes[] memory calls) {
        calls = new bytes[](7);
        calls[0] = abi.encodeCall(IBuyback.claimMoney, (0, member));
        calls[1] = abi.encodeCall(IBuyback.claimMoney, (0, other));
        calls[2] = abi.encodeCall(IBuyback.deposit, (1_000));
        calls[3] = abi.encodeCall(IBuyback.sync, ());
        calls[4] = abi.encodeCall(IBuyback.withdraw, (stranger, 1));
        calls[5] = abi.encodeCall(IBuyback.claimMoneyTo, (0, stranger));
        calls[6] = abi.encodeCall(IBuyback.sendMoney, (stranger, 1));
    }

    function callBack(ReentrantMoney reentrant, bool isLate, bytes memory call) private {
        ReentrantMoney.Moment moment =
            isLate ? ReentrantMoney.Moment.AfterMoving : ReentrantMoney.Moment.BeforeMoving;
        reentrant.setCallBack(moment, address(buyback), call);
    }

    function assertCallBackWasRefused(ReentrantMoney reentrant) private view {
        assertEq(reentrant.calls(), 1);
        assertFalse(reentrant.succeeded());
        bytes4 guard = ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector;
        assertEq(reentrant.answer(), abi.encodePacked(guard));
    }

    function assertAccounting(uint128 reserve, uint128 owed) private view {
        assertEq(buyback.reserve(), reserve);
        assertEq(buyback.owed(), owed);
        assertEq(money.balanceOf(address(buyback)), reserve);
    }
}
