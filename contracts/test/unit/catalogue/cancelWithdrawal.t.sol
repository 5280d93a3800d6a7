// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ICatalogue} from "../../../src/interfaces/ICatalogue.sol";
import {CatalogueTest} from "./CatalogueTest.sol";

contract CancelWithdrawalTest is CatalogueTest {
    function test_WhenTheCallerIsNotTheOperator() external {
        scheduleWithdrawal();
        address[3] memory callers = [member, stranger, address(charter)];
        for (uint256 i = 0; i < callers.length; i++) {
            expectNotOperator(callers[i]);
            catalogue.cancelWithdrawal(cup);
        }
    }

    function test_WhenThereIsNoSuchItem() external {
        expectUnknown(cup + 1);
        cancelWithdrawal(cup + 1);
    }

    function test_WhenNoWithdrawalIsScheduled() external {
        expectNoneScheduled();
        cancelWithdrawal(cup);
    }

    function test_WhenTheWithdrawalHasTakenEffect() external {
        scheduleWithdrawal();
        skipNotice();
        expectNoneScheduled();
        cancelWithdrawal(cup);
    }

    function test_WhenItIsCancelledInTime() external {
        scheduleWithdrawal();
        skipAlmostNotice();
        vm.expectEmit(address(catalogue));
        emit ICatalogue.WithdrawalCancelled(cup);
        cancelWithdrawal(cup);
        assertEq(catalogue.itemOf(cup).withdrawnAt, 0);
        skipNotice();
        redeem(1, "still there");
    }

    function test_WhenItIsScheduledAnewAfterwards() external {
        scheduleWithdrawal();
        skipAlmostNotice();
        cancelWithdrawal(cup);
        scheduleWithdrawal();
        assertEq(catalogue.itemOf(cup).withdrawnAt, vm.getBlockTimestamp() + NOTICE);
        skipAlmostNotice();
        redeem(1, "still there");
    }

    function cancelWithdrawal(uint32 item) private {
        vm.prank(operator);
        catalogue.cancelWithdrawal(item);
    }

    function expectNoneScheduled() private {
        vm.expectRevert(abi.encodeWithSelector(ICatalogue.NoWithdrawalScheduled.selector, cup));
    }
}
