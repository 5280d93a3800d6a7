// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ICatalogue} from "../../../src/interfaces/ICatalogue.sol";
import {CatalogueTest} from "./CatalogueTest.sol";

contract FulfilTest is CatalogueTest {
    uint256 private order;

    function setUp() public override {
        super.setUp();
        order = redeem(2, "ref");
    }

    function test_WhenTheCallerIsNotTheOperator() external {
        address[3] memory callers = [member, stranger, address(charter)];
        for (uint256 i = 0; i < callers.length; i++) {
            expectNotOperator(callers[i]);
            catalogue.fulfil(order);
        }
    }

    function test_WhenTheOperatorSignedItForTheForwarder() external {
        forward(OPERATOR_KEY, address(catalogue), abi.encodeCall(ICatalogue.fulfil, (order)));
        assertState(order, ICatalogue.OrderState.Fulfilled);
    }

    function test_WhenAMemberSignedItForTheForwarder() external {
        bytes memory data = abi.encodeCall(ICatalogue.fulfil, (order));
        vm.prank(address(forwarder));
        (bool done, bytes memory result) = address(catalogue).call(abi.encodePacked(data, member));
        assertFalse(done);
        assertEq(result, abi.encodeWithSelector(ICatalogue.NotOperator.selector, member));
    }

    function test_WhenThereIsNoSuchOrder() external {
        uint256[2] memory numbers = [0, order + 1];
        for (uint256 i = 0; i < numbers.length; i++) {
            expectNotOpen(numbers[i], ICatalogue.OrderState.None);
            fulfil(numbers[i]);
        }
        assertState(order + 1, ICatalogue.OrderState.None);
    }

    function test_WhenTheOrderIsSettledAlready() external {
        fulfil(order);
        expectNotOpen(order, ICatalogue.OrderState.Fulfilled);
        fulfil(order);
        uint256 refused = redeem(1, "refused");
        vm.prank(operator);
        catalogue.refund(refused);
        expectNotOpen(refused, ICatalogue.OrderState.Refused);
        fulfil(refused);
        uint256 overdue = redeem(1, "overdue");
        skipToDeadline(overdue);
        catalogue.refund(overdue);
        expectNotOpen(overdue, ICatalogue.OrderState.Overdue);
        fulfil(overdue);
    }

    function test_WhenTheDeadlineHasCome() external {
        skipToDeadline(order);
        vm.expectRevert(
            abi.encodeWithSelector(ICatalogue.DeadlinePassed.selector, vm.getBlockTimestamp())
        );
        fulfil(order);
    }

    function test_WhenItIsTheLastSecondBeforeTheDeadline() external {
        skipAlmostToDeadline(order);
        vm.expectEmit(address(catalogue));
        emit ICatalogue.OrderFulfilled(order, member, 2 * PRICE_OF_CUP);
        vm.expectEmit(address(token));
        emit IERC20.Transfer(address(catalogue), address(0), 2 * PRICE_OF_CUP);
        fulfil(order);
        assertState(order, ICatalogue.OrderState.Fulfilled);
        assertCounts(0, 1, 0, 0);
        assertEq(catalogue.orderOf(order).points, 2 * PRICE_OF_CUP);
        assertEq(token.balanceOf(address(catalogue)), 0);
        assertEq(token.balanceOf(member), SAVINGS - 2 * PRICE_OF_CUP);
        assertEq(token.totalSupply(), SAVINGS - 2 * PRICE_OF_CUP);
    }

    function test_GivenTheOperatorHasHandedOverItsRole() external {
        vm.prank(operator);
        points.offerOperator(other);
        vm.prank(other);
        points.acceptOperator();
        expectNotOperator(operator);
        catalogue.fulfil(order);
        vm.prank(other);
        catalogue.fulfil(order);
        assertState(order, ICatalogue.OrderState.Fulfilled);
    }

    function test_GivenThereAreOtherOrders() external {
        uint256 second = redeem(3, "second");
        fulfil(order);
        assertState(second, ICatalogue.OrderState.Open);
        assertCounts(1, 1, 0, 0);
        assertEq(token.balanceOf(address(catalogue)), 3 * PRICE_OF_CUP);
        assertEq(catalogue.orderCount(), 2);
        assertEq(redeem(1, "third"), 3);
    }

    function fulfil(uint256 number) private {
        vm.prank(operator);
        catalogue.fulfil(number);
    }
}
