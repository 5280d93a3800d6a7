// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Vm} from "forge-std/Vm.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IPoints, Rule, RuleSetTerms} from "../../../src/interfaces/IPoints.sol";
import {ProgramSignatures} from "../../model/signatures/ProgramSignatures.sol";
import {Line, StatementPacking} from "../../model/signatures/StatementPacking.sol";
import {PointsTest} from "./PointsTest.sol";

contract SettleTest is PointsTest {
    function test_WhenAnybodySendsWhatTheRecorderSigned() external {
        bytes memory signature = signedByRecorder(points, statement(member, 0, 5));
        vm.prank(stranger);
        assertEq(points.settle(statement(member, 0, 5), signature), 5);
        assertEq(token.balanceOf(member), 5);
    }

    function test_WhenAnotherKeySigned() external {
        bytes memory batch = statement(member, 0, 5);
        bytes memory signature = ProgramSignatures.signBatch(MEMBER_KEY, address(points), batch);
        expectBadSignature(recorder);
        vm.prank(recorder);
        points.settle(batch, signature);
    }

    function test_WhenTheRecorderSignedSomethingElse() external {
        bytes memory batch = statement(member, 0, 5);
        bytes[5] memory signatures = [
            signedByRecorder(points, statement(member, 0, 4)),
            // A receipt is no batch.
            signed(RECORDER_KEY, member, 0, 5),
            ProgramSignatures.signBatch(RECORDER_KEY, address(buyback), batch),
            new bytes(65),
            ""
        ];
        for (uint256 i = 0; i < signatures.length; i++) {
            expectBadSignature(recorder);
            points.settle(batch, signatures[i]);
        }
    }

    function test_WhenTheBatchIsEmpty() external {
        assertEq(settle(points, ""), 0);
        assertEq(token.totalSupply(), 0);
    }

    function test_WhenTheBatchBreaksOffInAHead() external {
        bytes memory whole = statement(member, 0, 5);
        for (uint256 missing = 1; missing < StatementPacking.HEAD_BYTES; missing++) {
            bytes memory head = new bytes(StatementPacking.HEAD_BYTES - missing);
            expectMalformed(bytes.concat(whole, head), whole.length);
        }
    }

    function test_WhenTheBatchBreaksOffInTheLines() external {
        bytes memory whole = statement(member, 0, 5);
        bytes memory cut = new bytes(whole.length - 1);
        for (uint256 i = 0; i < cut.length; i++) cut[i] = whole[i];
        expectMalformed(cut, 0);
        expectMalformed(bytes.concat(whole, cut), whole.length);
    }

    function test_WhenTheStatementHasNoLines() external {
        assertSettlesNothing(StatementPacking.packStatement(member, 0, ""));
    }

    function test_WhenTheNextMembersAddressLooksLikeALine() external {
        // Rule 1, seven actions: read beyond its end, the statement without lines would have this one.
        address lookalike = address(bytes20(bytes5(0x0100000007)));
        bytes memory batch = bytes.concat(
            statement(other, 0, 5),
            StatementPacking.packStatement(member, 0, ""),
            statement(lookalike, 0, 9)
        );
        vm.recordLogs();
        assertEq(settle(points, batch), 14);
        // The batch and two mints, and nothing was skipped.
        assertEq(vm.getRecordedLogs().length, 3);
        assertEq(token.balanceOf(member), 0);
        assertEq(token.balanceOf(lookalike), 9);
    }

    function test_WhenTheStatementIsNew() external {
        bytes memory batch = statement(member, 0, 5);
        vm.expectEmit(address(points));
        emit IPoints.BatchSettled(batch);
        vm.expectEmit(address(points));
        emit IERC20.Transfer(address(0), member, 5);
        assertEq(settle(points, batch), 5);
        assertEq(token.balanceOf(member), 5);
        assertEq(token.totalSupply(), 5);
        assertEq(points.mintedFor(member, 0), 5);
    }

    function test_WhenTheStatementWasSettledBefore() external {
        settle(member, 0, 5);
        assertSettlesNothing(statement(member, 0, 5));
    }

    function test_WhenTheStatementIsLowerThanTheSettledOne() external {
        settle(member, 0, 5);
        assertSettlesNothing(statement(member, 0, 4));
        assertEq(points.mintedFor(member, 0), 5);
    }

    function test_WhenTheStatementIsHigherThanTheSettledOne() external {
        settle(member, 0, 5);
        vm.expectEmit(address(points));
        emit IPoints.BatchSettled(statement(member, 0, 8));
        vm.expectEmit(address(points));
        emit IERC20.Transfer(address(0), member, 3);
        assertEq(settle(member, 0, 8), 3);
        assertEq(token.balanceOf(member), 8);
    }

    function test_WhenABatchNamesAMemberForSeveralEpochs() external {
        goTo(5);
        bytes memory batch = bytes.concat(
            statement(member, 5, 1),
            statement(member, 2, 20),
            statement(member, 4, 300),
            statement(other, 4, 4_000)
        );
        assertEq(settle(points, batch), 4_321);
        assertEq(token.balanceOf(member), 321);
        assertEq(points.mintedFor(member, 2), 20);
        assertEq(points.mintedFor(member, 4), 300);
        assertEq(points.mintedFor(member, 5), 1);
        assertEq(token.balanceOf(other), 4_000);
    }

    function test_WhenABatchNamesAMemberTwiceForOneEpoch() external {
        assertEq(settle(points, bytes.concat(statement(member, 0, 5), statement(member, 0, 7))), 7);
        assertEq(token.balanceOf(member), 7);
    }

    function test_WhenTheEpochHasNotBegun() external {
        expectSkip(0, IPoints.SkipReason.FutureEpoch);
        expectSkip(1, IPoints.SkipReason.FutureEpoch);
        bytes memory future = bytes.concat(
            statement(member, 1, 5),
            statement(other, type(uint32).max, 5)
        );
        assertEq(settle(points, bytes.concat(future, statement(other, 0, 6))), 6);
        assertEq(token.balanceOf(other), 6);
        assertEq(token.balanceOf(member), 0);
    }

    function test_WhenTheWindowOfTheEpochHasClosed() external {
        goTo(WINDOW + 1);
        expectSkip(0, IPoints.SkipReason.WindowClosed);
        assertEq(settle(member, 0, 5), 0);
    }

    function test_WhenTheLinesAreNotAscending() external {
        useTwoRules();
        expectSkipOf(2, 1, IPoints.SkipReason.LinesNotAscending);
    }

    function test_WhenALineRepeatsARule() external {
        useTwoRules();
        expectSkipOf(1, 1, IPoints.SkipReason.LinesNotAscending);
    }

    function test_WhenARuleIsNotDefined() external {
        useTwoRules();
        expectSkipOf(1, 3, IPoints.SkipReason.UndefinedRule);
        expectSkipOf(0, 1, IPoints.SkipReason.UndefinedRule);
    }

    function test_WhenTheMemberIsZero() external {
        expectSkip(0, IPoints.SkipReason.ForbiddenMember);
        assertEq(settle(address(0), 0, 5), 0);
    }

    function test_WhenTheMemberIsAContractOfTheProgram() external {
        settle(member, 0, 5);
        vm.prank(member);
        buyback.take(points, 5);
        address[5] memory own = [
            charter,
            address(buyback),
            address(catalogue),
            address(points),
            points.trustedForwarder()
        ];
        for (uint256 i = 0; i < own.length; i++) {
            expectSkip(0, IPoints.SkipReason.ForbiddenMember);
            assertEq(settle(own[i], 0, 5), 0);
        }
        assertEq(token.totalSupply(), 5);
    }

    function useTwoRules() private {
        RuleSetTerms memory terms = countingTerms(NO_BUDGET);
        terms.rules = new Rule[](2);
        terms.rules[0] = rule(1, 1, 0, NO_COUNT_CAP, NO_POINTS_CAP, NO_END);
        terms.rules[1] = rule(2, 1, 0, NO_COUNT_CAP, NO_POINTS_CAP, NO_END);
        use(create(defaultSettings(), terms));
    }

    function expectSkipOf(uint8 firstId, uint8 secondId, IPoints.SkipReason reason) private {
        bytes memory packed = bytes.concat(
            StatementPacking.packLine(Line(firstId, 1, 0)),
            StatementPacking.packLine(Line(secondId, 1, 0))
        );
        bytes memory skipped = StatementPacking.packStatement(member, 0, packed);
        bytes memory batch = bytes.concat(statement(other, 0, 2), skipped, statement(other, 0, 3));
        expectSkip(1, reason);
        assertEq(settle(points, batch), 3);
        assertEq(token.balanceOf(member), 0);
        // Afresh for the next one.
        useTwoRules();
    }

    function expectMalformed(bytes memory batch, uint256 offset) private {
        bytes memory signature = signedByRecorder(points, batch);
        vm.expectRevert(abi.encodeWithSelector(IPoints.MalformedBatch.selector, offset));
        points.settle(batch, signature);
    }

    /// @dev The batch is logged, and nothing else.
    function assertSettlesNothing(bytes memory batch) private {
        uint256 supply = token.totalSupply();
        vm.recordLogs();
        assertEq(settle(points, batch), 0);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, 1);
        assertEq(logs[0].topics[0], IPoints.BatchSettled.selector);
        assertEq(abi.decode(logs[0].data, (bytes)), batch);
        assertEq(token.totalSupply(), supply);
    }
}
