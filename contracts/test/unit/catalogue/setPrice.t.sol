// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ICatalogue} from "../../../src/interfaces/ICatalogue.sol";
import {CatalogueTest} from "./CatalogueTest.sol";

contract SetPriceTest is CatalogueTest {
    function test_WhenTheCallerIsNotTheOperator() external {
        address[3] memory callers = [member, stranger, address(charter)];
        for (uint256 i = 0; i < callers.length; i++) {
            expectNotOperator(callers[i]);
            catalogue.setPrice(cup, 1);
        }
    }

    function test_WhenThereIsNoSuchItem() external {
        expectUnknown(cup + 1);
        vm.prank(operator);
        catalogue.setPrice(cup + 1, 1);
    }

    function test_WhenThePriceIsZero() external {
        expectOutOfBounds("price", 1, type(uint96).max);
        catalogue.setPrice(cup, 0);
    }

    function test_WhenTheItemIsWithdrawn() external {
        scheduleWithdrawal();
        skipNotice();
        expectWithdrawn();
        setPrice(PRICE_OF_CUP - 1);
    }

    function test_WhenThePriceIsLower() external {
        vm.expectEmit(address(catalogue));
        emit ICatalogue.PriceCut(cup, PRICE_OF_CUP - 1);
        setPrice(PRICE_OF_CUP - 1);
        assertPrice(PRICE_OF_CUP - 1);
    }

    function test_WhenThePriceIsTheSame() external {
        setPrice(PRICE_OF_CUP + 1);
        vm.expectEmit(address(catalogue));
        emit ICatalogue.PriceCut(cup, PRICE_OF_CUP);
        setPrice(PRICE_OF_CUP);
        skipNotice();
        assertPrice(PRICE_OF_CUP);
    }

    function test_WhenThePriceIsHigher() external {
        uint64 risesAt = uint64(vm.getBlockTimestamp()) + NOTICE;
        vm.expectEmit(address(catalogue));
        emit ICatalogue.PriceRiseScheduled(cup, PRICE_OF_CUP + 1, risesAt);
        setPrice(PRICE_OF_CUP + 1);
        assertScheduled(PRICE_OF_CUP, PRICE_OF_CUP + 1, risesAt);
        skipAlmostNotice();
        assertScheduled(PRICE_OF_CUP, PRICE_OF_CUP + 1, risesAt);
        assertPays(PRICE_OF_CUP, "before");
        vm.warp(risesAt);
        assertPrice(PRICE_OF_CUP + 1);
        assertPays(PRICE_OF_CUP + 1, "after");
    }

    function test_WhenAHigherPriceReplacesAScheduledOne() external {
        setPrice(PRICE_OF_CUP + 5);
        skipAlmostNotice();
        uint64 risesAt = uint64(vm.getBlockTimestamp()) + NOTICE;
        setPrice(PRICE_OF_CUP + 2);
        vm.warp(risesAt - 1);
        assertScheduled(PRICE_OF_CUP, PRICE_OF_CUP + 2, risesAt);
        vm.warp(risesAt);
        assertPrice(PRICE_OF_CUP + 2);
    }

    function test_WhenALowerPriceReplacesAScheduledOne() external {
        setPrice(PRICE_OF_CUP + 5);
        setPrice(PRICE_OF_CUP - 5);
        skipNotice();
        assertPrice(PRICE_OF_CUP - 5);
        assertPays(PRICE_OF_CUP - 5, "later");
    }

    function test_WhenThePriceIsBetweenTheOldOneAndIt() external {
        setPrice(PRICE_OF_CUP + 5);
        skipNotice();
        vm.expectEmit(address(catalogue));
        emit ICatalogue.PriceCut(cup, PRICE_OF_CUP + 3);
        setPrice(PRICE_OF_CUP + 3);
        assertPrice(PRICE_OF_CUP + 3);
    }

    function test_WhenThePriceIsAboveIt() external {
        setPrice(PRICE_OF_CUP + 5);
        skipNotice();
        uint64 risesAt = uint64(vm.getBlockTimestamp()) + NOTICE;
        setPrice(PRICE_OF_CUP + 6);
        assertScheduled(PRICE_OF_CUP + 5, PRICE_OF_CUP + 6, risesAt);
        assertPays(PRICE_OF_CUP + 5, "between");
    }

    function test_WhenNobodyCallsAnything() external {
        setPrice(PRICE_OF_CUP + 5);
        skipNotice();
        assertPrice(PRICE_OF_CUP + 5);
        assertPays(PRICE_OF_CUP + 5, "once");
        assertPays(PRICE_OF_CUP + 5, "twice");
        assertPrice(PRICE_OF_CUP + 5);
    }

    function test_GivenAWithdrawalIsScheduled() external {
        scheduleWithdrawal();
        setPrice(PRICE_OF_CUP - 1);
        assertPrice(PRICE_OF_CUP - 1);
    }

    /// @dev The price, with nothing scheduled.
    function assertPrice(uint96 price) private view {
        assertScheduled(price, 0, 0);
    }

    function assertScheduled(uint96 price, uint96 scheduled, uint64 risesAt) private view {
        ICatalogue.Item memory item = catalogue.itemOf(cup);
        assertEq(item.price, price);
        assertEq(item.scheduledPrice, scheduled);
        assertEq(item.scheduledPriceAt, risesAt);
    }

    function assertPays(uint96 price, bytes32 orderRef) private {
        assertEq(catalogue.orderOf(redeem(2, orderRef)).points, 2 * price);
    }
}
