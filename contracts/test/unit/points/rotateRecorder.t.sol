// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IPoints} from "../../../src/interfaces/IPoints.sol";
import {ProgramSignatures} from "../../model/signatures/ProgramSignatures.sol";
import {PointsTest} from "./PointsTest.sol";

contract RotateRecorderTest is PointsTest {
    uint256 private constant NEXT_KEY = uint256(keccak256("next recorder"));

    address private next = vm.addr(NEXT_KEY);
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
        assertEq(points.nextRecorder(), next);
        bytes memory signature = ProgramSignatures.signBatch(NEXT_KEY, address(points), "");
        expectBadSignature(recorder);
        points.settle("", signature);
        goTo(4);
        assertEq(points.recorder(), next);
        assertEq(points.nextRecorder(), next);
        points.settle("", signature);
        signature = ProgramSignatures.signBatch(RECORDER_KEY, address(points), "");
        expectBadSignature(next);
        points.settle("", signature);
    }

    function test_WhenTheOperatorRotatesAgainInTheSameEpoch() external {
        rotate(next);
        rotate(third);
        assertEq(points.recorder(), recorder);
        assertEq(points.nextRecorder(), third);
        goTo(1);
        assertEq(points.recorder(), third);
        assertTrue(points.vouchesFor(recorder, 0));
        assertFalse(points.vouchesFor(next, 0));
    }

    function test_WhenTheOperatorNamesTheCurrentKey() external {
        rotate(next);
        rotate(recorder);
        assertTrue(points.vouchesFor(recorder, 0));
        goTo(1);
        assertEq(points.recorder(), recorder);
        assertTrue(points.vouchesFor(recorder, type(uint32).max));
        assertFalse(points.vouchesFor(next, 0));
    }

    function test_WhenTheOperatorRotatesBackToAnEarlierKey() external {
        rotate(next);
        goTo(1);
        rotate(recorder);
        assertEq(points.recorder(), next);
        assertTrue(points.vouchesFor(recorder, 0));
        assertFalse(points.vouchesFor(recorder, 1));
        goTo(2);
        assertEq(points.recorder(), recorder);
        assertTrue(points.vouchesFor(next, 1));
        rotate(third);
        goTo(3);
        assertTrue(points.vouchesFor(recorder, 2));
        assertFalse(points.vouchesFor(recorder, 3));
    }

    function test_GivenManyRotations() external {
        for (uint32 epoch = 0; epoch < 20; epoch++) {
            goTo(epoch);
            rotate(keyOf(epoch + 1));
        }
        goTo(20);
        for (uint32 last = 1; last < 20; last++) {
            for (uint32 epoch = 0; epoch <= 20; epoch++)
                assertEq(points.vouchesFor(keyOf(last), epoch), epoch <= last);
        }
        assertTrue(points.vouchesFor(keyOf(20), 0));
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
