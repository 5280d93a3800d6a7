// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IPoints} from "../../../src/interfaces/IPoints.sol";
import {PointsTest} from "./PointsTest.sol";

contract RotateRecorderTest is PointsTest {
    address private next = makeAddr("next recorder");
    address private third = makeAddr("third recorder");

    function test_WhenTheCallerIsNotTheOperator() external {
        address[3] memory callers = [recorder, charter, stranger];
        for (uint256 i = 0; i < callers.length; i++) {
            vm.expectRevert(abi.encodeWithSelector(IPoints.NotOperator.selector, callers[i]));
            vm.prank(callers[i]);
            points.rotateRecorder(next);
        }
    }

    function test_WhenTheKeyIsZero() external {
        expectInvalidRecorder(address(0));
        rotate(address(0));
    }

    function test_WhenTheKeyWasRevoked() external {
        vm.prank(operator);
        points.revokeRecorder(recorder, next);
        expectInvalidRecorder(recorder);
        rotate(recorder);
    }

    function test_WhenTheKeyIsAContractOfTheProgram() external {
        address[5] memory own = [
            charter,
            address(buyback),
            address(catalogue),
            address(points),
            points.trustedForwarder()
        ];
        for (uint256 i = 0; i < own.length; i++) {
            expectInvalidRecorder(own[i]);
            rotate(own[i]);
        }
    }

    function test_WhenTheOperatorRotates() external {
        goTo(3);
        vm.expectEmit(address(points));
        emit IPoints.RecorderRotated(next, 4);
        rotate(next);
        assertEq(points.recorder(), recorder);
        vm.expectRevert(abi.encodeWithSelector(IPoints.NotRecorder.selector, next));
        vm.prank(next);
        points.settle("");
        goTo(4);
        assertEq(points.recorder(), next);
        vm.expectRevert(abi.encodeWithSelector(IPoints.NotRecorder.selector, recorder));
        vm.prank(recorder);
        points.settle("");
        assertEq(points.recorderOf(3), recorder);
        assertEq(points.recorderOf(4), next);
        assertEq(points.recorderOf(type(uint32).max), next);
    }

    function test_WhenTheOperatorRotatesAgainInTheSameEpoch() external {
        rotate(next);
        rotate(third);
        assertEq(points.recorder(), recorder);
        goTo(1);
        assertEq(points.recorder(), third);
        assertEq(points.recorderOf(0), recorder);
    }

    function test_WhenTheOperatorNamesTheCurrentKey() external {
        rotate(next);
        rotate(recorder);
        goTo(1);
        assertEq(points.recorder(), recorder);
    }

    function test_WhenTheOperatorRotatesBackToAnEarlierKey() external {
        rotate(next);
        goTo(1);
        rotate(recorder);
        assertEq(points.recorder(), next);
        goTo(2);
        assertEq(points.recorder(), recorder);
        assertEq(points.recorderOf(1), next);
    }

    function test_GivenManyRotations() external {
        for (uint32 epoch = 0; epoch < 20; epoch++) {
            goTo(epoch);
            rotate(keyOf(epoch + 1));
        }
        assertEq(points.recorderOf(0), recorder);
        for (uint32 epoch = 1; epoch <= 20; epoch++)
            assertEq(points.recorderOf(epoch), keyOf(epoch));
    }

    function keyOf(uint32 epoch) private pure returns (address) {
        return address(uint160(0xbeef0000 + epoch));
    }

    function rotate(address key) private {
        vm.prank(operator);
        points.rotateRecorder(key);
    }

    function expectInvalidRecorder(address key) private {
        vm.expectRevert(abi.encodeWithSelector(IPoints.InvalidRecorder.selector, key));
    }
}
