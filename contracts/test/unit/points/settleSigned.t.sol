// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Vm} from "forge-std/Vm.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IPoints} from "../../../src/interfaces/IPoints.sol";
import {ProgramSignatures} from "../../model/signatures/ProgramSignatures.sol";
import {Line, StatementPacking} from "../../model/signatures/StatementPacking.sol";
import {PointsTest} from "./PointsTest.sol";

contract SettleSignedTest is PointsTest {
    uint256 private constant NEXT_KEY = uint256(keccak256("next recorder"));
    uint256 private constant THIRD_KEY = uint256(keccak256("third recorder"));

    function test_WhenTheLinesAreNotWhole() external {
        expectMalformed(12);
    }

    function test_WhenThereAreMoreLinesThanAStatementCanHave() external {
        expectMalformed(256 * StatementPacking.LINE_BYTES);
    }

    function test_WhenTheCurrentRecorderSigned() external {
        bytes memory signature = signed(RECORDER_KEY, member, 0, 5);
        vm.expectEmit(address(points));
        emit IPoints.BatchSettled(statement(member, 0, 5));
        vm.expectEmit(address(points));
        emit IERC20.Transfer(address(0), member, 5);
        vm.prank(stranger);
        assertEq(points.settleSigned(member, 0, lines(5), recorder, signature), 5);
        assertEq(token.balanceOf(member), 5);
        assertEq(token.totalSupply(), 5);
    }

    function test_WhenTheStatementWasSettledBefore() external {
        settle(member, 0, 5);
        vm.recordLogs();
        assertEq(settleSigned(RECORDER_KEY, 0, 5), 0);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, 1);
        assertEq(logs[0].topics[0], IPoints.BatchSettled.selector);
        assertEq(token.balanceOf(member), 5);
    }

    function test_WhenTheStatementIsLowerThanTheSettledOne() external {
        settle(member, 0, 5);
        assertEq(settleSigned(RECORDER_KEY, 0, 4), 0);
    }

    function test_WhenTheNamedSignerIsNoRecorder() external {
        expectNotRecorder(member);
        settleSigned(MEMBER_KEY, 0, 5);
        expectNotRecorder(address(0));
        points.settleSigned(member, 0, lines(5), address(0), new bytes(65));
    }

    function test_WhenAnotherAccountSigned() external {
        bytes memory signature = signed(MEMBER_KEY, member, 0, 5);
        expectBadSignature(recorder);
        points.settleSigned(member, 0, lines(5), recorder, signature);
    }

    function test_WhenTheSignatureIsMalformed() external {
        bytes[3] memory malformed = [bytes(""), new bytes(64), new bytes(65)];
        for (uint256 i = 0; i < malformed.length; i++) {
            expectBadSignature(recorder);
            points.settleSigned(member, 0, lines(5), recorder, malformed[i]);
        }
    }

    function test_WhenTheSignatureIsTheOtherOneForTheSameMessage() external {
        bytes memory signature = signed(RECORDER_KEY, member, 0, 5);
        (bytes32 r, bytes32 s) = abi.decode(signature, (bytes32, bytes32));
        uint256 order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
        uint8 v = uint8(signature[64]) == 27 ? 28 : 27;
        signature = abi.encodePacked(r, bytes32(order - uint256(s)), v);
        expectBadSignature(recorder);
        points.settleSigned(member, 0, lines(5), recorder, signature);
    }

    function test_WhenTheSignatureIsForAnotherMemberOrEpochOrOtherLines() external {
        goTo(1);
        bytes memory signature = signed(RECORDER_KEY, member, 1, 5);
        expectBadSignature(recorder);
        points.settleSigned(other, 1, lines(5), recorder, signature);
        expectBadSignature(recorder);
        points.settleSigned(member, 0, lines(5), recorder, signature);
        expectBadSignature(recorder);
        points.settleSigned(member, 1, lines(6), recorder, signature);
        assertEq(points.settleSigned(member, 1, lines(5), recorder, signature), 5);
    }

    function test_WhenTheSignatureIsForABatchOfTheSameStatement() external {
        bytes memory signature = signedByRecorder(points, statement(member, 0, 5));
        expectBadSignature(recorder);
        points.settleSigned(member, 0, lines(5), recorder, signature);
    }

    function test_WhenTheSignatureIsForAnotherProgram() external {
        bytes memory signature = signed(RECORDER_KEY, member, 0, 5);
        use(createCounting(WINDOW, NO_BUDGET));
        expectBadSignature(recorder);
        points.settleSigned(member, 0, lines(5), recorder, signature);
    }

    function test_GivenTheRecorderWasRotated() external {
        goTo(1);
        rotate(NEXT_KEY);
        goTo(3);
        // The rotation was in epoch 1, so the time of the old key was the epochs 0 and 1.
        assertEq(settleSigned(RECORDER_KEY, 0, 5), 5);
        assertEq(settleSigned(RECORDER_KEY, 1, 5), 5);
        expectNotRecorder(recorder);
        settleSigned(RECORDER_KEY, 2, 5);
        for (uint32 epoch = 0; epoch <= 3; epoch++) settleSigned(NEXT_KEY, epoch, 6);
        assertEq(token.balanceOf(member), 4 * 6);
    }

    function test_GivenAKeySignedForAnEpochBeforeItsTimeAndWasRotatedAway() external {
        goTo(1);
        rotate(NEXT_KEY);
        goTo(2);
        rotate(THIRD_KEY);
        goTo(3);
        // In epoch 2 it could vouch for everything that was open then.
        for (uint32 epoch = 0; epoch <= 2; epoch++) assertEq(settleSigned(NEXT_KEY, epoch, 5), 5);
        expectNotRecorder(vm.addr(NEXT_KEY));
        settleSigned(NEXT_KEY, 3, 5);
    }

    function test_GivenTheRotationIsPending() external {
        rotate(NEXT_KEY);
        expectNotRecorder(vm.addr(NEXT_KEY));
        settleSigned(NEXT_KEY, 0, 5);
        assertEq(settleSigned(RECORDER_KEY, 0, 5), 5);
    }

    function test_GivenAPendingKeyWasReplaced() external {
        rotate(NEXT_KEY);
        rotate(THIRD_KEY);
        goTo(1);
        expectNotRecorder(vm.addr(NEXT_KEY));
        settleSigned(NEXT_KEY, 0, 5);
    }

    function test_GivenTheKeyWasRevoked() external {
        rotate(NEXT_KEY);
        goTo(2);
        vm.prank(operator);
        points.revokeRecorder(recorder, address(0));
        expectNotRecorder(recorder);
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

    function rotate(uint256 key) private {
        vm.prank(operator);
        points.rotateRecorder(vm.addr(key));
    }

    function settleSigned(uint256 key, uint32 epoch, uint32 count) private returns (uint256) {
        bytes memory signature = signed(key, member, epoch, count);
        return points.settleSigned(member, epoch, lines(count), vm.addr(key), signature);
    }

    function settleSigned(address to, bytes memory packed) private returns (uint256) {
        return points.settleSigned(to, 0, packed, recorder, signLines(to, packed));
    }

    function signLines(address to, bytes memory packed) private view returns (bytes memory) {
        return ProgramSignatures.signStatement(RECORDER_KEY, address(points), to, 0, packed);
    }

    function expectMalformed(uint256 length) private {
        bytes memory packed = new bytes(length);
        bytes memory signature = signLines(member, packed);
        vm.expectRevert(abi.encodeWithSelector(IPoints.MalformedLines.selector, length));
        points.settleSigned(member, 0, packed, recorder, signature);
        vm.expectRevert(abi.encodeWithSelector(IPoints.MalformedLines.selector, length));
        points.pointsOf(0, packed);
    }

    function expectNotRecorder(address key) private {
        vm.expectRevert(abi.encodeWithSelector(IPoints.NotRecorder.selector, key));
    }

    function expectRefusal(IPoints.SkipReason reason) private {
        vm.expectRevert(abi.encodeWithSelector(IPoints.StatementRefused.selector, reason));
    }
}
