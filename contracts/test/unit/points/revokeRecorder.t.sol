// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IPoints} from "../../../src/interfaces/IPoints.sol";
import {ProgramSignatures} from "../../model/signatures/ProgramSignatures.sol";
import {PointsTest} from "./PointsTest.sol";

contract RevokeRecorderTest is PointsTest {
    address private next = keyed("next recorder");
    address private third = makeAddr("third recorder");

    function test_WhenTheCallerIsNotTheOperator() external {
        vm.expectRevert(abi.encodeWithSelector(IPoints.NotOperator.selector, recorder));
        vm.prank(recorder);
        points.revokeRecorder(recorder, next);
    }

    function test_WhenTheKeyIsZero() external {
        expectInvalidRecorder(address(0));
        revoke(address(0), address(0));
    }

    function test_WhenTheKeyWasRevokedAlready() external {
        revoke(recorder, next);
        vm.expectRevert(abi.encodeWithSelector(IPoints.AlreadyRevoked.selector, recorder));
        revoke(recorder, address(0));
    }

    function test_WhenTheKeyIsCurrent() external {
        goTo(3);
        vm.expectEmit(address(points));
        emit IPoints.RecorderRevoked(recorder, next);
        revoke(recorder, next);
        assertEq(points.recorder(), next);
        assertTrue(points.isRevoked(recorder));
        assertFalse(points.vouchesFor(recorder, 0));
        bytes memory batch = bytes.concat(statement(member, 0, 5), statement(member, 3, 6));
        bytes memory signature = ProgramSignatures.signBatch(RECORDER_KEY, address(points), batch);
        expectBadSignature(next);
        points.settle(batch, signature);
        expectVoid();
        assertEq(settle(points, batch), 11);
    }

    function test_WhenTheKeyIsPending() external {
        rotate(next);
        revoke(next, third);
        assertEq(points.recorder(), recorder);
        assertEq(points.nextRecorder(), third);
        goTo(1);
        assertEq(points.recorder(), third);
        assertTrue(points.vouchesFor(recorder, 0));
    }

    function test_WhenTheKeyIsCurrentAndPending() external {
        rotate(recorder);
        revoke(recorder, next);
        assertEq(points.recorder(), next);
        goTo(1);
        assertEq(points.recorder(), next);
    }

    function test_WhenTheKeyIsCurrentAndAnotherIsPending() external {
        rotate(next);
        revoke(recorder, third);
        assertEq(points.recorder(), third);
        goTo(1);
        assertEq(points.recorder(), next);
        // The time of the one that took its place ended as well.
        assertTrue(points.vouchesFor(third, 0));
        assertFalse(points.vouchesFor(third, 1));
    }

    function test_WhenTheKeyWasCurrentUntilTheEpochEnded() external {
        // Sent in the epoch before, when the key was current and a next one was needed.
        rotate(next);
        goTo(1);
        vm.expectEmit(address(points));
        emit IPoints.RecorderRevoked(recorder, address(0));
        revoke(recorder, third);
        assertEq(points.recorder(), next);
        assertFalse(points.vouchesFor(third, 0));
        expectVoid();
    }

    function test_WhenTheKeyWasPendingUntilTheEpochEnded() external {
        rotate(next);
        goTo(1);
        revoke(next, third);
        assertEq(points.recorder(), third);
        assertFalse(points.vouchesFor(next, 0));
    }

    function test_WhenTheKeyIsAnEarlierOne() external {
        rotate(next);
        goTo(2);
        vm.expectEmit(address(points));
        emit IPoints.RecorderRevoked(recorder, address(0));
        revoke(recorder, address(0));
        assertEq(points.recorder(), next);
        expectVoid();
    }

    function test_WhenTheKeyIsAnEarlierOneAndAnImpossibleNextKeyIsNamed() external {
        rotate(next);
        goTo(1);
        revoke(recorder, charter);
        assertEq(points.recorder(), next);
        assertTrue(points.isRevoked(recorder));
    }

    function test_WhenTheKeyWasNeverARecorder() external {
        revoke(third, address(0));
        expectInvalidRecorder(third);
        rotate(third);
        expectInvalidRecorder(third);
        revoke(recorder, third);
    }

    function test_WhenTheNextKeyIsImpossible() external {
        address[5] memory impossible = [
            address(0),
            charter,
            address(buyback),
            address(points),
            points.trustedForwarder()
        ];
        for (uint256 i = 0; i < impossible.length; i++) {
            expectInvalidRecorder(impossible[i]);
            revoke(recorder, impossible[i]);
        }
        assertFalse(points.isRevoked(recorder));
    }

    function test_WhenTheNextKeyIsTheRevokedOne() external {
        expectInvalidRecorder(recorder);
        revoke(recorder, recorder);
    }

    /// @dev What the first recorder signed counts for nothing.
    function expectVoid() private {
        bytes memory voided = signed(RECORDER_KEY, member, 0, 5);
        vm.expectRevert(abi.encodeWithSelector(IPoints.NotRecorder.selector, recorder));
        points.settleSigned(member, 0, lines(5), recorder, voided);
    }

    function rotate(address key) private {
        vm.prank(operator);
        points.rotateRecorder(key);
    }

    function revoke(address old, address replacement) private {
        vm.prank(operator);
        points.revokeRecorder(old, replacement);
    }

    function expectInvalidRecorder(address key) private {
        vm.expectRevert(abi.encodeWithSelector(IPoints.InvalidRecorder.selector, key));
    }
}
