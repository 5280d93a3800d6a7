// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ICatalogue} from "../../../src/interfaces/ICatalogue.sol";
import {CatalogueTest} from "./CatalogueTest.sol";

contract ScheduleWithdrawalTest is CatalogueTest {
    function test_WhenTheCallerIsNotTheOperator() external {
        address[3] memory callers = [member, stranger, address(charter)];
        for (uint256 i = 0; i < callers.length; i++) {
            expectNotOperator(callers[i]);
            catalogue.scheduleWithdrawal(cup);
        }
    }

    function test_WhenThereIsNoSuchItem() external {
        expectUnknown(cup + 1);
        vm.prank(operator);
        catalogue.scheduleWithdrawal(cup + 1);
    }

    function test_WhenTheItemIsWithdrawn() external {
        scheduleWithdrawal();
        skipNotice();
        expectWithdrawn();
        scheduleWithdrawal();
    }

    function test_WhenItIsScheduled() external {
        uint64 withdrawnAt = uint64(vm.getBlockTimestamp()) + NOTICE;
        vm.expectEmit(address(catalogue));
        emit ICatalogue.WithdrawalScheduled(cup, withdrawnAt);
        scheduleWithdrawal();
        assertEq(catalogue.itemOf(cup).withdrawnAt, withdrawnAt);
        vm.warp(withdrawnAt - 1);
        redeem(1, "last");
        vm.warp(withdrawnAt);
        expectWithdrawn();
        redeem(1, "too late");
        assertEq(catalogue.itemOf(cup).withdrawnAt, withdrawnAt);
    }

    function test_WhenItIsScheduledAgain() external {
        scheduleWithdrawal();
        uint64 withdrawnAt = catalogue.itemOf(cup).withdrawnAt;
        skipAlmostNotice();
        vm.recordLogs();
        scheduleWithdrawal();
        assertEq(vm.getRecordedLogs().length, 0);
        assertEq(catalogue.itemOf(cup).withdrawnAt, withdrawnAt);
    }

    function test_GivenThereAreOpenOrders() external {
        scheduleWithdrawal();
        skipAlmostNotice();
        uint256 kept = redeem(1, "kept");
        uint256 refunded = redeem(2, "refunded");
        vm.warp(vm.getBlockTimestamp() + 1);
        vm.prank(operator);
        catalogue.fulfil(kept);
        skipToDeadline(refunded);
        vm.prank(stranger);
        catalogue.refund(refunded);
        assertEq(token.balanceOf(member), SAVINGS - PRICE_OF_CUP);
    }
}
