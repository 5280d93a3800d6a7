// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IPoints, PointsSettings} from "../../../src/interfaces/IPoints.sol";
import {
    MultiSignatureAccount,
    MultiSignatures
} from "../../model/signatures/MultiSignatureAccount.sol";
import {ProgramSignatures} from "../../model/signatures/ProgramSignatures.sol";
import {PointsTest} from "./PointsTest.sol";

/// @notice The recorder is an account of three parties, any two of which vouch.
contract ManyRecordersTest is PointsTest {
    uint256 private constant FIRST = uint256(keccak256("first party"));
    uint256 private constant SECOND = uint256(keccak256("second party"));
    uint256 private constant THIRD = uint256(keccak256("third party"));

    MultiSignatureAccount private parties;

    function setUp() public override {
        super.setUp();
        parties = MultiSignatures.create([FIRST, SECOND, THIRD], 2);
        PointsSettings memory settings = defaultSettings();
        settings.recorder = address(parties);
        use(create(settings, countingTerms(NO_BUDGET)));
    }

    function test_WhenTwoOfThreePartiesSignedABatch() external {
        bytes memory batch = statement(member, 0, 5);
        vm.prank(stranger);
        assertEq(points.settle(batch, signedBatch(batch, two(THIRD, FIRST))), 5);
        assertEq(token.balanceOf(member), 5);
    }

    function test_WhenOnePartySignedABatch() external {
        bytes memory batch = statement(member, 0, 5);
        bytes[4] memory signatures = [
            signedBatch(batch, one(FIRST)),
            signedBatch(batch, two(FIRST, FIRST)),
            signedBatch(batch, two(FIRST, MEMBER_KEY)),
            ProgramSignatures.signBatch(FIRST, address(points), batch)
        ];
        for (uint256 i = 0; i < signatures.length; i++) {
            expectBadSignature(address(parties));
            points.settle(batch, signatures[i]);
        }
    }

    function test_WhenTwoPartiesSignedAnotherBatch() external {
        bytes memory signature = signedBatch(statement(member, 0, 4), two(FIRST, SECOND));
        expectBadSignature(address(parties));
        points.settle(statement(member, 0, 5), signature);
    }

    function test_WhenTwoOfThreePartiesSignedAStatement() external {
        assertEq(settleSigned(two(SECOND, THIRD)), 5);
        assertEq(token.balanceOf(member), 5);
    }

    function test_WhenOnePartySignedAStatement() external {
        expectBadSignature(address(parties));
        settleSigned(one(SECOND));
    }

    function test_WhenTwoOfThreePartiesSignedAnAnchor() external {
        goTo(1);
        bytes32 hash = ProgramSignatures.anchorHash(0, bytes32("root"), 7);
        bytes memory alone = MultiSignatures.sign(one(FIRST), digest(hash));
        expectBadSignature(address(parties));
        points.anchor(0, "root", 7, alone);
        points.anchor(0, "root", 7, MultiSignatures.sign(two(FIRST, SECOND), digest(hash)));
        (, uint32 count) = points.anchorOf(0);
        assertEq(count, 7);
    }

    function test_GivenTheAccountWasRotatedAway() external {
        vm.prank(operator);
        points.rotateRecorder(recorder);
        goTo(1);
        assertEq(settleSigned(two(FIRST, SECOND)), 5);
        vm.prank(operator);
        points.revokeRecorder(address(parties), address(0));
        vm.expectRevert(abi.encodeWithSelector(IPoints.NotRecorder.selector, parties));
        settleSigned(two(FIRST, SECOND));
    }

    function settleSigned(uint256[] memory keys) private returns (uint256) {
        bytes32 hash = ProgramSignatures.statementHash(member, 0, lines(5));
        bytes memory signature = MultiSignatures.sign(keys, digest(hash));
        return points.settleSigned(member, 0, lines(5), address(parties), signature);
    }

    function signedBatch(
        bytes memory batch,
        uint256[] memory keys
    ) private view returns (bytes memory) {
        return MultiSignatures.sign(keys, digest(ProgramSignatures.batchHash(batch)));
    }

    function digest(bytes32 structHash) private view returns (bytes32) {
        return ProgramSignatures.digestOf(address(points), structHash);
    }

    function one(uint256 key) private pure returns (uint256[] memory keys) {
        keys = new uint256[](1);
        keys[0] = key;
    }

    function two(uint256 first, uint256 second) private pure returns (uint256[] memory keys) {
        keys = new uint256[](2);
        (keys[0], keys[1]) = (first, second);
    }
}
