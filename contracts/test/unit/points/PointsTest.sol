// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IPoints, PointsSettings, RuleSetTerms} from "../../../src/interfaces/IPoints.sol";
import {ProgramFixture} from "../../model/fixtures/ProgramFixture.sol";
import {ProgramSignatures} from "../../model/signatures/ProgramSignatures.sol";
import {Line, StatementPacking} from "../../model/signatures/StatementPacking.sol";

/// @notice A program in which one action earns one base unit, and short words for the calls of its tests.
abstract contract PointsTest is ProgramFixture {
    uint32 internal constant WINDOW = 8;
    uint256 internal constant MEMBER_KEY = uint256(keccak256("member"));

    IPoints internal points;
    IERC20 internal token;
    address internal recorder = vm.addr(RECORDER_KEY);
    address internal member = vm.addr(MEMBER_KEY);
    address internal other = makeAddr("other");
    address internal stranger = makeAddr("stranger");

    function setUp() public virtual {
        deployPrograms();
        use(createCounting(WINDOW, NO_BUDGET));
    }

    function use(IPoints points_) internal {
        points = points_;
        token = IERC20(address(points_));
    }

    function useNotTransferable() internal {
        PointsSettings memory settings = defaultSettings();
        settings.transferable = false;
        use(create(settings, countingTerms(NO_BUDGET)));
    }

    /// @notice One line of rule 1.
    function lines(uint32 count) internal pure returns (bytes memory) {
        return StatementPacking.packLine(Line({ruleId: 1, count: count, amount: 0}));
    }

    function statement(
        address to,
        uint32 epoch,
        uint32 count
    ) internal pure returns (bytes memory) {
        return StatementPacking.packStatement(to, epoch, lines(count));
    }

    function settle(address to, uint32 epoch, uint32 count) internal returns (uint256) {
        return settle(points, statement(to, epoch, count));
    }

    function signed(
        uint256 key,
        address to,
        uint32 epoch,
        uint32 count
    ) internal view returns (bytes memory) {
        return ProgramSignatures.signStatement(key, address(points), to, epoch, lines(count));
    }

    function goTo(uint32 epoch) internal {
        goToEpoch(points, epoch);
    }

    function applyTerms(RuleSetTerms memory terms) internal {
        vm.prank(charter);
        points.applyTerms(abi.encode(terms));
    }

    function expectSkip(uint16 index, IPoints.SkipReason reason) internal {
        vm.expectEmit(address(points));
        emit IPoints.Skipped(index, reason);
    }

    function expectBadSignature(address key) internal {
        vm.expectRevert(abi.encodeWithSelector(IPoints.BadRecorderSignature.selector, key));
    }

    function expectInvalidTerms(string memory field, uint256 index) internal {
        vm.expectRevert(abi.encodeWithSelector(IPoints.InvalidTerms.selector, field, index));
    }
}
