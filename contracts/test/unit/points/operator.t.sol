// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IPoints} from "../../../src/interfaces/IPoints.sol";
import {PointsTest} from "./PointsTest.sol";

contract OperatorTest is PointsTest {
    address private next = makeAddr("next operator");

    function test_WhenAnotherAccountThanTheOperatorOffers() external {
        vm.expectRevert(abi.encodeWithSelector(IPoints.NotOperator.selector, stranger));
        vm.prank(stranger);
        points.offerOperator(stranger);
    }

    function test_WhenTheOperatorOffers() external {
        vm.expectEmit(address(points));
        emit IPoints.OperatorOffered(operator, next);
        offer(next);
        assertEq(points.operator(), operator);
        assertEq(points.offeredOperator(), next);
    }

    function test_WhenTheOfferIsAccepted() external {
        offer(next);
        vm.expectEmit(address(points));
        emit IPoints.OperatorChanged(operator, next);
        accept(next);
        assertEq(points.operator(), next);
        assertEq(points.offeredOperator(), address(0));
        expectNotOffered(next);
        accept(next);
        vm.expectRevert(abi.encodeWithSelector(IPoints.NotOperator.selector, operator));
        vm.prank(operator);
        points.offerOperator(operator);
    }

    function test_WhenAnotherAccountAccepts() external {
        offer(next);
        expectNotOffered(stranger);
        accept(stranger);
    }

    function test_WhenTheOfferWasWithdrawn() external {
        offer(next);
        offer(address(0));
        expectNotOffered(next);
        accept(next);
    }

    function test_WhenTheOfferWasMadeToAnotherSince() external {
        offer(next);
        offer(stranger);
        expectNotOffered(next);
        accept(next);
        accept(stranger);
        assertEq(points.operator(), stranger);
    }

    function test_WhenNobodyWasOfferedTheRole() external {
        expectNotOffered(operator);
        accept(operator);
    }

    function test_WhenTheRoleIsOfferedToAContractOfTheProgram() external {
        address[4] memory own = [
            charter,
            address(catalogue),
            address(points),
            points.trustedForwarder()
        ];
        for (uint256 i = 0; i < own.length; i++) {
            vm.expectRevert(abi.encodeWithSelector(IPoints.InvalidSetting.selector, "operator"));
            offer(own[i]);
        }
    }

    function offer(address to) private {
        vm.prank(operator);
        points.offerOperator(to);
    }

    function accept(address caller) private {
        vm.prank(caller);
        points.acceptOperator();
    }

    function expectNotOffered(address caller) private {
        vm.expectRevert(abi.encodeWithSelector(IPoints.NotOfferedOperator.selector, caller));
    }
}
