// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ICatalogue} from "../../../src/interfaces/ICatalogue.sol";
import {CatalogueTest} from "./CatalogueTest.sol";

contract AddStockTest is CatalogueTest {
    function test_WhenTheCallerIsNotTheOperator() external {
        address[3] memory callers = [member, stranger, address(charter)];
        for (uint256 i = 0; i < callers.length; i++) {
            expectNotOperator(callers[i]);
            catalogue.addStock(cup, 1);
        }
    }

    function test_WhenThereIsNoSuchItem() external {
        expectUnknown(cup + 1);
        addStock(cup + 1, 1);
    }

    function test_WhenTheItemIsWithdrawn() external {
        scheduleWithdrawal();
        skipNotice();
        expectWithdrawn();
        addStock(cup, 1);
    }

    function test_WhenNothingIsAdded() external {
        expectOutOfBounds("added", 1, UNLIMITED - CUPS);
        catalogue.addStock(cup, 0);
    }

    function test_WhenPiecesAreAdded() external {
        redeem(CUPS, "all");
        vm.expectEmit(address(catalogue));
        emit ICatalogue.StockAdded(cup, 2, 2);
        addStock(cup, 2);
        addStock(cup, 3);
        assertEq(catalogue.itemOf(cup).stock, 5);
        redeem(5, "all again");
    }

    function test_WhenTheStockReachesTheMaximum() external {
        expectOutOfBounds("added", 1, UNLIMITED - CUPS);
        catalogue.addStock(cup, UNLIMITED - CUPS + 1);
        addStock(cup, UNLIMITED - CUPS);
        redeem(CUPS + 1, "many");
        assertEq(catalogue.itemOf(cup).stock, UNLIMITED);
    }

    function test_WhenAsManyAsWantedAreThereAlready() external {
        uint32 air = addItem(1, UNLIMITED);
        expectOutOfBounds("added", 1, 0);
        catalogue.addStock(air, 1);
    }

    function addStock(uint32 item, uint32 added) private {
        vm.prank(operator);
        catalogue.addStock(item, added);
    }
}
