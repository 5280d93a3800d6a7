// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IBuyback} from "../../../src/interfaces/IBuyback.sol";
import {ArbitraryMoney} from "../../model/tokens/ArbitraryMoney.sol";
import {BuybackTest} from "./BuybackTest.sol";

contract SyncTest is BuybackTest {
    function test_WhenNothingWasTransferred() external {
        fund(100);
        vm.recordLogs();
        assertEq(buyback.sync(), 0);
        assertEq(vm.getRecordedLogs().length, 0);
        assertEq(buyback.reserve(), 100);
    }

    function test_WhenAnAccountTransferredMoney() external {
        fund(100);
        money.mint(address(buyback), 50);
        assertEq(buyback.reserve(), 100);
        expectBuybackEvent();
        emit IBuyback.Synced(50, 150);
        vm.prank(stranger);
        assertEq(buyback.sync(), 50);
        assertEq(buyback.reserve(), 150);
        assertEq(buyback.sync(), 0);
    }

    function test_GivenARoundIsDue() external {
        warpToRound(0);
        giveAndTender(member, 0, ROUND_BUYS);
        warpToClose(0);
        money.mint(address(buyback), ROUND_BUDGET);
        buyback.sync();
        assertEq(buyback.roundOf(0).filled, 0);
        assertFalse(buyback.roundOf(0).covered);
        assertEq(buyback.reserve(), ROUND_BUDGET);
    }

    function test_GivenARoundIsOpenThatLacksMoney() external {
        fund(ROUND_BUDGET - 1);
        warpToRound(0);
        money.mint(address(buyback), 1);
        buyback.sync();
        warpToClose(0);
        buyback.settle();
        assertFalse(buyback.roundOf(0).covered);
    }

    function test_GivenMoneyWasTransferredBeforeARoundOpened() external {
        money.mint(address(buyback), ROUND_BUDGET);
        warpToRound(0);
        buyback.sync();
        warpToClose(0);
        buyback.settle();
        // Nobody could know of it.
        assertFalse(buyback.roundOf(0).covered);
    }

    function test_GivenMoneyIsOwed() external {
        settleOversubscribedRound();
        IBuyback.Share memory share = buyback.shareOf(0, member);
        money.mint(address(buyback), 12_345);
        buyback.sync();
        assertEq(abi.encode(buyback.shareOf(0, member)), abi.encode(share));
        assertEq(buyback.owed(), ROUND_BUDGET);
        assertEq(buyback.reserve(), ROUND_BUDGET + 12_345);
    }

    function test_WhenThereIsMoreMoneyThanTheReserveCanCount() external {
        fund(100);
        money.mint(address(buyback), type(uint256).max - 100);
        assertEq(buyback.sync(), type(uint128).max - 100);
        assertEq(buyback.reserve(), type(uint128).max);
        assertEq(buyback.sync(), 0);
    }

    function test_WhenThereIsLessMoneyThanTheReserveCounts() external {
        ArbitraryMoney arbitrary = new ArbitraryMoney();
        createBuyback(arbitrary, defaultBuyback());
        fund(100);
        arbitrary.setBalance(address(buyback), 99);
        assertEq(buyback.sync(), 0);
        assertEq(buyback.reserve(), 100);
    }
}
