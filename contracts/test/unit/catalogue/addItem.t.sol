// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ICatalogue} from "../../../src/interfaces/ICatalogue.sol";
import {CatalogueTest} from "./CatalogueTest.sol";

contract AddItemTest is CatalogueTest {
    uint256 private constant MAX_TEXT_BYTES = 512;

    function test_WhenTheCallerIsNotTheOperator() external {
        address[3] memory callers = [member, stranger, address(charter)];
        for (uint256 i = 0; i < callers.length; i++) {
            expectNotOperator(callers[i]);
            catalogue.addItem(1, 1, "A spoon");
        }
    }

    function test_WhenThePriceIsZero() external {
        expectOutOfBounds("price", 1, type(uint96).max);
        catalogue.addItem(0, 1, "A spoon");
    }

    function test_WhenTheTextIsEmptyOrTooLong() external {
        expectOutOfBounds("text", 1, MAX_TEXT_BYTES);
        catalogue.addItem(1, 1, "");
        expectOutOfBounds("text", 1, MAX_TEXT_BYTES);
        catalogue.addItem(1, 1, string(new bytes(MAX_TEXT_BYTES + 1)));
    }

    function test_WhenAllIsWithinBounds() external {
        assertEq(cup, 1);
        vm.expectEmit(address(catalogue));
        emit ICatalogue.ItemAdded(2, 40, 7, "A spoon");
        vm.prank(operator);
        uint32 spoon = catalogue.addItem(40, 7, "A spoon");
        assertEq(spoon, 2);
        assertEq(catalogue.itemCount(), 2);
        ICatalogue.Item memory item = catalogue.itemOf(spoon);
        assertEq(item.price, 40);
        assertEq(item.stock, 7);
        assertEq(item.scheduledPrice, 0);
        assertEq(item.scheduledPriceAt, 0);
        assertEq(item.withdrawnAt, 0);
        assertEq(item.textHash, keccak256("A spoon"));
        redeem(spoon, 7, "seven spoons");
    }

    function test_WhenEveryFieldIsAtItsLimit() external {
        string memory text = string(new bytes(MAX_TEXT_BYTES));
        vm.startPrank(operator);
        uint32 dear = catalogue.addItem(type(uint96).max, UNLIMITED, text);
        uint32 cheap = catalogue.addItem(1, 0, "x");
        vm.stopPrank();
        assertEq(catalogue.itemOf(dear).price, type(uint96).max);
        assertEq(catalogue.itemOf(dear).stock, UNLIMITED);
        assertEq(catalogue.itemOf(dear).textHash, keccak256(bytes(text)));
        assertEq(catalogue.itemOf(cheap).price, 1);
        assertEq(catalogue.itemOf(cheap).stock, 0);
    }

    function test_WhenNoItemHasTheNumber() external view {
        ICatalogue.Item memory none = catalogue.itemOf(cup + 1);
        assertEq(none.price, 0);
        assertEq(none.textHash, 0);
        assertEq(catalogue.itemOf(0).price, 0);
    }
}
