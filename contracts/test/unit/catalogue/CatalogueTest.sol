// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ICatalogue} from "../../../src/interfaces/ICatalogue.sol";
import {SetFixture} from "../../model/fixtures/SetFixture.sol";

/// @notice A program with an item, a member who can pay for it, and short words for what happens in a catalogue.
abstract contract CatalogueTest is SetFixture {
    uint32 internal constant UNLIMITED = type(uint32).max;
    uint96 internal constant ANY_PRICE = type(uint96).max;
    uint96 internal constant PRICE_OF_CUP = 300;
    uint32 internal constant CUPS = 10;
    uint64 internal constant SAVINGS = 100_000;

    /// @dev The first item.
    uint32 internal cup;

    function setUp() public virtual {
        deployPrograms();
        createProgram();
        stockUp();
    }

    function stockUp() internal {
        cup = addItem(PRICE_OF_CUP, CUPS);
        give(member, SAVINGS);
    }

    function addItem(uint96 price, uint32 stock) internal returns (uint32) {
        vm.prank(operator);
        return catalogue.addItem(price, stock, "A cup with a handle");
    }

    function setPrice(uint96 price) internal {
        vm.prank(operator);
        catalogue.setPrice(cup, price);
    }

    function scheduleWithdrawal() internal {
        vm.prank(operator);
        catalogue.scheduleWithdrawal(cup);
    }

    function redeem(uint32 quantity, bytes32 orderRef) internal returns (uint256) {
        return redeem(cup, quantity, orderRef);
    }

    function redeem(
        uint32 item,
        uint32 quantity,
        bytes32 orderRef
    ) internal returns (uint256 order) {
        vm.prank(member);
        order = catalogue.redeem(item, quantity, ANY_PRICE, orderRef);
    }

    function skipNotice() internal {
        vm.warp(vm.getBlockTimestamp() + NOTICE);
    }

    /// @notice To the last second in which a change scheduled now has not taken effect.
    function skipAlmostNotice() internal {
        vm.warp(vm.getBlockTimestamp() + NOTICE - 1);
    }

    function skipToDeadline(uint256 order) internal {
        vm.warp(catalogue.orderOf(order).deadline);
    }

    function skipAlmostToDeadline(uint256 order) internal {
        vm.warp(catalogue.orderOf(order).deadline - 1);
    }

    function expectNotOperator(address caller) internal {
        vm.expectRevert(abi.encodeWithSelector(ICatalogue.NotOperator.selector, caller));
        vm.prank(caller);
    }

    function expectOutOfBounds(string memory field, uint256 lowest, uint256 highest) internal {
        vm.expectRevert(
            abi.encodeWithSelector(ICatalogue.ItemOutOfBounds.selector, field, lowest, highest)
        );
        vm.prank(operator);
    }

    function expectUnknown(uint32 item) internal {
        vm.expectRevert(abi.encodeWithSelector(ICatalogue.UnknownItem.selector, item));
    }

    function expectWithdrawn() internal {
        vm.expectRevert(abi.encodeWithSelector(ICatalogue.ItemWithdrawn.selector, cup));
    }

    function expectNotOpen(uint256 order, ICatalogue.OrderState state) internal {
        vm.expectRevert(abi.encodeWithSelector(ICatalogue.OrderNotOpen.selector, order, state));
    }

    function assertState(uint256 order, ICatalogue.OrderState state) internal view {
        assertEq(uint8(catalogue.orderOf(order).state), uint8(state));
    }

    function assertCounts(
        uint64 open,
        uint64 fulfilled,
        uint64 refused,
        uint64 overdue
    ) internal view {
        (uint64 open_, uint64 fulfilled_, uint64 refused_, uint64 overdue_) = catalogue.counts();
        assertEq(open_, open, "open");
        assertEq(fulfilled_, fulfilled, "fulfilled");
        assertEq(refused_, refused, "refused");
        assertEq(overdue_, overdue, "overdue");
    }
}
