// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IPoints} from "../../../src/interfaces/IPoints.sol";
import {ProgramSignatures} from "../../model/signatures/ProgramSignatures.sol";
import {Line, StatementPacking} from "../../model/signatures/StatementPacking.sol";
import {PointsTest} from "./PointsTest.sol";

contract SettleSignedTest is PointsTest {
    uint256 private constant NEXT_KEY = uint256(keccak256("next recorder"));

    function test_WhenTheLinesAreNotWhole() external {
        bytes memory cut = new bytes(12);
        bytes memory signature = ProgramSignatures.signStatement(
            RECORDER_KEY,
            address(points),
            member,
            0,
            cut
        );
        vm.expectRevert(abi.encodeWithSelector(IPoints.MalformedLines.selector, 12));
        points.settleSigned(member, 0, cut, signature);
    }

    function test_WhenTheCurrentRecorderSigned() external {
        bytes memory signature = signed(RECORDER_KEY, member, 0, 5);
        vm.expectEmit(address(points));
        emit IPoints.Settled(member, 0, 5, lines(5));
        vm.prank(stranger);
        assertEq(points.settleSigned(member, 0, lines(5), signature), 5);
        assertEq(token.balanceOf(member), 5);
        assertEq(token.totalSupply(), 5);
    }

    function test_WhenTheStatementWasSettledBefore() external {
        settle(member, 0, 5);
        vm.recordLogs();
        assertEq(settleSigned(RECORDER_KEY, 0, 5), 0);
        assertEq(vm.getRecordedLogs().length, 0);
        assertEq(token.balanceOf(member), 5);
    }

    function test_WhenTheStatementIsLowerThanTheSettledOne() external {
        settle(member, 0, 5);
        assertEq(settleSigned(RECORDER_KEY, 0, 4), 0);
    }

    function test_WhenAnotherAccountSigned() external {
        expectBadSigner(member);
        settleSigned(MEMBER_KEY, 0, 5);
    }

    function test_WhenTheSignatureIsMalformed() external {
        bytes[3] memory malformed = [bytes(""), new bytes(64), new bytes(65)];
        for (uint256 i = 0; i < malformed.length; i++) {
            expectBadSigner(address(0));
            points.settleSigned(member, 0, lines(5), malformed[i]);
        }
    }

    function test_WhenTheSignatureIsTheOtherOneForTheSameMessage() external {
        bytes memory signature = signed(RECORDER_KEY, member, 0, 5);
        (bytes32 r, bytes32 s) = abi.decode(signature, (bytes32, bytes32));
        uint256 order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
        uint8 v = uint8(signature[64]) == 27 ? 28 : 27;
        expectBadSigner(address(0));
        points.settleSigned(
            member,
            0,
            lines(5),
            abi.encodePacked(r, bytes32(order - uint256(s)), v)
        );
    }

    function test_WhenTheSignatureIsForAnotherMemberOrEpochOrOtherLines() external {
        goTo(1);
        bytes memory signature = signed(RECORDER_KEY, member, 1, 5);
        vm.expectPartialRevert(IPoints.BadRecorderSignature.selector);
        points.settleSigned(other, 1, lines(5), signature);
        vm.expectPartialRevert(IPoints.BadRecorderSignature.selector);
        points.settleSigned(member, 0, lines(5), signature);
        vm.expectPartialRevert(IPoints.BadRecorderSignature.selector);
        points.settleSigned(member, 1, lines(6), signature);
        assertEq(points.settleSigned(member, 1, lines(5), signature), 5);
    }

    function test_WhenTheSignatureIsForAnotherProgram() external {
        bytes memory signature = signed(RECORDER_KEY, member, 0, 5);
        use(createCounting(WINDOW, NO_BUDGET));
        vm.expectPartialRevert(IPoints.BadRecorderSignature.selector);
        points.settleSigned(member, 0, lines(5), signature);
    }

    function test_GivenTheRecorderWasRotated() external {
        rotate();
        goTo(2);
        // The rotation was in epoch 0, so the old key governed epoch 0 only.
        assertEq(settleSigned(RECORDER_KEY, 0, 5), 5);
        expectBadSigner(recorder);
        settleSigned(RECORDER_KEY, 1, 5);
        assertEq(settleSigned(NEXT_KEY, 0, 6), 1);
        assertEq(settleSigned(NEXT_KEY, 1, 6), 6);
        assertEq(settleSigned(NEXT_KEY, 2, 6), 6);
    }

    function test_GivenTheRotationIsPending() external {
        rotate();
        expectBadSigner(vm.addr(NEXT_KEY));
        settleSigned(NEXT_KEY, 0, 5);
        assertEq(settleSigned(RECORDER_KEY, 0, 5), 5);
    }

    function test_GivenTheKeyWasRevoked() external {
        rotate();
        goTo(2);
        vm.prank(operator);
        points.revokeRecorder(recorder, address(0));
        expectBadSigner(recorder);
        settleSigned(RECORDER_KEY, 0, 5);
        assertEq(settleSigned(NEXT_KEY, 0, 5), 5);
    }

    function test_WhenTheEpochHasNotBegun() external {
        expectRefusal(IPoints.SkipReason.FutureEpoch);
        settleSigned(RECORDER_KEY, 1, 5);
    }

    function test_WhenTheWindowOfTheEpochHasClosed() external {
        goTo(WINDOW);
        assertEq(settleSigned(RECORDER_KEY, 0, 5), 5);
        goTo(WINDOW + 1);
        expectRefusal(IPoints.SkipReason.WindowClosed);
        settleSigned(RECORDER_KEY, 0, 6);
    }

    function test_WhenTheLinesAreNotAscending() external {
        expectRefusal(IPoints.SkipReason.LinesNotAscending);
        settleSigned(member, bytes.concat(lines(5), lines(5)));
    }

    function test_WhenARuleIsNotDefined() external {
        expectRefusal(IPoints.SkipReason.UndefinedRule);
        settleSigned(member, StatementPacking.packLine(Line(2, 1, 0)));
    }

    function test_WhenTheMemberIsForbidden() external {
        expectRefusal(IPoints.SkipReason.ForbiddenMember);
        settleSigned(address(buyback), lines(5));
        expectRefusal(IPoints.SkipReason.ForbiddenMember);
        settleSigned(address(0), lines(5));
    }

    function test_WhenTheBudgetIsUsedUp() external {
        use(createCounting(WINDOW, 4));
        assertEq(settleSigned(RECORDER_KEY, 0, 5), 4);
        expectRefusal(IPoints.SkipReason.BudgetUsedUp);
        settleSigned(RECORDER_KEY, 0, 5);
    }

    function test_WhenThereAreNoLines() external {
        assertEq(settleSigned(member, ""), 0);
    }

    function rotate() private {
        vm.prank(operator);
        points.rotateRecorder(vm.addr(NEXT_KEY));
    }

    function settleSigned(uint256 key, uint32 epoch, uint32 count) private returns (uint256) {
        return points.settleSigned(member, epoch, lines(count), signed(key, member, epoch, count));
    }

    function settleSigned(address to, bytes memory packed) private returns (uint256) {
        bytes memory signature = ProgramSignatures.signStatement(
            RECORDER_KEY,
            address(points),
            to,
            0,
            packed
        );
        return points.settleSigned(to, 0, packed, signature);
    }

    function expectBadSigner(address signer) private {
        vm.expectRevert(abi.encodeWithSelector(IPoints.BadRecorderSignature.selector, signer));
    }

    function expectRefusal(IPoints.SkipReason reason) private {
        vm.expectRevert(abi.encodeWithSelector(IPoints.StatementRefused.selector, reason));
    }
}
