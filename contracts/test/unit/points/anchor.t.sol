// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IPoints} from "../../../src/interfaces/IPoints.sol";
import {ProgramSignatures} from "../../model/signatures/ProgramSignatures.sol";
import {PointsTest} from "./PointsTest.sol";

contract AnchorTest is PointsTest {
    bytes32 private constant ROOT = keccak256("root");

    function test_WhenTheRecorderSigned() external {
        goTo(4);
        bytes memory signature = sign(RECORDER_KEY, 3, ROOT, 7);
        vm.expectEmit(address(points));
        emit IPoints.Anchored(3, ROOT, 7);
        vm.prank(stranger);
        points.anchor(3, ROOT, 7, signature);
        assertAnchor(3, ROOT, 7);
        assertAnchor(4, 0, 0);
    }

    function test_WhenTheEpochIsNotTheOneBefore() external {
        goTo(4);
        uint32[4] memory epochs = [uint32(2), 4, 5, type(uint32).max];
        for (uint256 i = 0; i < epochs.length; i++) {
            bytes memory signature = sign(RECORDER_KEY, epochs[i], ROOT, 7);
            expectRefusal(epochs[i]);
            points.anchor(epochs[i], ROOT, 7, signature);
        }
    }

    function test_WhenTheEpochAfterItHasEnded() external {
        goTo(1);
        bytes memory signature = sign(RECORDER_KEY, 0, ROOT, 7);
        goTo(2);
        expectRefusal(0);
        points.anchor(0, ROOT, 7, signature);
    }

    function test_WhenTheEpochWasAnchored() external {
        goTo(1);
        anchor(0, ROOT, 7);
        bytes memory signature = sign(RECORDER_KEY, 0, ROOT, 8);
        expectRefusal(0);
        points.anchor(0, ROOT, 8, signature);
        assertAnchor(0, ROOT, 7);
    }

    function test_WhenTheLogWasEmpty() external {
        goTo(1);
        anchor(0, 0, 0);
        assertAnchor(0, 0, 0);
        bytes memory signature = sign(RECORDER_KEY, 0, ROOT, 7);
        expectRefusal(0);
        points.anchor(0, ROOT, 7, signature);
    }

    function test_WhenAnotherKeySigned() external {
        goTo(1);
        bytes memory signature = sign(MEMBER_KEY, 0, ROOT, 7);
        expectBadSignature(recorder);
        points.anchor(0, ROOT, 7, signature);
    }

    function test_WhenTheRecorderSignedSomethingElse() external {
        goTo(1);
        bytes memory signature = sign(RECORDER_KEY, 0, ROOT, 7);
        expectBadSignature(recorder);
        points.anchor(0, ROOT, 8, signature);
        expectBadSignature(recorder);
        points.anchor(0, keccak256("other root"), 7, signature);
        signature = sign(RECORDER_KEY, 1, ROOT, 7);
        expectBadSignature(recorder);
        points.anchor(0, ROOT, 7, signature);
    }

    function test_GivenTheRecorderWasRotated() external {
        address next = keyed("next recorder");
        vm.prank(operator);
        points.rotateRecorder(next);
        goTo(1);
        // The key of the epoch itself has no say any more.
        bytes memory signature = sign(RECORDER_KEY, 0, ROOT, 7);
        expectBadSignature(next);
        points.anchor(0, ROOT, 7, signature);
        points.anchor(0, ROOT, 7, sign(uint256(keccak256("next recorder")), 0, ROOT, 7));
        assertAnchor(0, ROOT, 7);
    }

    function anchor(uint32 epoch, bytes32 root, uint32 count) private {
        points.anchor(epoch, root, count, sign(RECORDER_KEY, epoch, root, count));
    }

    function sign(
        uint256 key,
        uint32 epoch,
        bytes32 root,
        uint32 count
    ) private view returns (bytes memory) {
        return ProgramSignatures.signAnchor(key, address(points), epoch, root, count);
    }

    function assertAnchor(uint32 epoch, bytes32 root, uint32 count) private view {
        (bytes32 actualRoot, uint32 actualCount) = points.anchorOf(epoch);
        assertEq(actualRoot, root);
        assertEq(actualCount, count);
    }

    function expectRefusal(uint32 epoch) private {
        vm.expectRevert(abi.encodeWithSelector(IPoints.AnchorRefused.selector, epoch));
    }
}
