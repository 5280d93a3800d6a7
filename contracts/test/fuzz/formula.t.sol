// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IPoints, Rule, RuleSetTerms} from "../../src/interfaces/IPoints.sol";
import {ExtremeTerms} from "../model/terms/ExtremeTerms.sol";
import {ProgramFixture} from "../model/fixtures/ProgramFixture.sol";
import {ReferenceFormula} from "../model/terms/ReferenceFormula.sol";
import {Line, StatementPacking} from "../model/signatures/StatementPacking.sol";

/// @notice The contract's formula against the one written out in ReferenceFormula, over the whole
/// range of all fields.
contract FormulaFuzz is ProgramFixture {
    uint256 private constant STATEMENTS = 8;
    address private constant MEMBER = address(0x1234);

    function setUp() public {
        deployPrograms();
    }

    function testFuzz_pointsOfIsTheReference(uint256 seed) public {
        (IPoints points, RuleSetTerms[] memory opening) = _program(seed, NO_BUDGET);
        for (uint256 i = 0; i < STATEMENTS; i++) {
            uint256 roll = uint256(keccak256(abi.encode(seed, i)));
            Line[] memory lines = ExtremeTerms.drawLines(roll, opening[0].rules, opening[1].rules);
            uint32 epoch = _epoch(roll, opening[1].rules);
            assertEq(
                points.pointsOf(epoch, StatementPacking.packLines(lines)),
                ReferenceFormula.statementPoints(opening[epoch == 0 ? 0 : 1].rules, lines, epoch)
            );
        }
    }

    function testFuzz_settleMintsWhatTheReferenceSays(uint256 seed) public {
        (IPoints points, RuleSetTerms[] memory opening) = _program(seed, NO_BUDGET);
        goToEpoch(points, uint32(seed % 30));
        uint256 supply = 0;
        for (uint32 epoch = 0; epoch <= seed % 30; epoch++) {
            uint256 roll = uint256(keccak256(abi.encode(seed, epoch)));
            Line[] memory lines = ExtremeTerms.drawLines(roll, opening[0].rules, opening[1].rules);
            uint256 expected = ReferenceFormula.statementPoints(
                opening[epoch == 0 ? 0 : 1].rules,
                lines,
                epoch
            );
            assertEq(
                settle(points, StatementPacking.packStatement(MEMBER, epoch, lines)),
                expected
            );
            assertEq(points.mintedFor(MEMBER, epoch), expected);
            supply += expected;
        }
        assertEq(balanceOf(points, MEMBER), supply);
        assertEq(totalSupply(points), supply);
    }

    /// @notice 32 rules that earn the type's maximum each: the sum stops at 2^34 - 1.
    function testFuzz_aStatementEarnsAtMostItsType(uint32 count, uint64 amount) public {
        RuleSetTerms memory terms;
        terms.budgetPerEpoch = NO_BUDGET;
        terms.rules = new Rule[](ExtremeTerms.MOST_RULES);
        Line[] memory lines = new Line[](terms.rules.length);
        for (uint8 id = 0; id < terms.rules.length; id++) {
            terms.rules[id] = rule(
                id,
                type(uint64).max,
                type(uint64).max,
                NO_COUNT_CAP,
                NO_POINTS_CAP,
                NO_END
            );
            lines[id] = Line(id, count, amount);
        }
        IPoints points = create(defaultSettings(), terms);
        uint256 expected = count > 0 || amount > 0 ? NO_POINTS_CAP : 0;
        assertEq(points.pointsOf(0, StatementPacking.packLines(lines)), expected);
        assertEq(settle(points, StatementPacking.packStatement(MEMBER, 0, lines)), expected);
    }

    /// @notice One unit of amount below a whole base unit earns nothing of it.
    function testFuzz_amountsAreRoundedDownOnce(uint32 perUnit, uint32 wholeUnits) public {
        vm.assume(perUnit > 0);
        RuleSetTerms memory terms = countingTerms(NO_BUDGET);
        terms.rules[0] = rule(1, 0, perUnit, NO_COUNT_CAP, NO_POINTS_CAP, NO_END);
        IPoints points = create(defaultSettings(), terms);
        // The least amount that earns `wholeUnits`.
        uint256 amount = (uint256(wholeUnits) * 1e6 + perUnit - 1) / perUnit;
        assertEq(_pointsOfAmount(points, amount), (amount * perUnit) / 1e6);
        assertGe(_pointsOfAmount(points, amount), wholeUnits);
        if (amount > 0) assertLt(_pointsOfAmount(points, amount - 1), wholeUnits);
    }

    /// @notice A rule earns in the epoch before `untilEpoch` and not in it.
    function testFuzz_aRuleEndsWithItsLastEpoch(uint32 untilEpoch) public {
        RuleSetTerms memory terms = countingTerms(NO_BUDGET);
        terms.rules[0].untilEpoch = untilEpoch;
        IPoints points = create(defaultSettings(), terms);
        bytes memory lines = StatementPacking.packLine(Line(1, 7, 0));
        assertEq(points.pointsOf(untilEpoch, lines), 0);
        if (untilEpoch > 0) assertEq(points.pointsOf(untilEpoch - 1, lines), 7);
    }

    function _pointsOfAmount(IPoints points, uint256 amount) private view returns (uint256) {
        return points.pointsOf(0, StatementPacking.packLine(Line(1, 0, uint64(amount))));
    }

    function _program(
        uint256 seed,
        uint96 budget
    ) private returns (IPoints points, RuleSetTerms[] memory opening) {
        opening = new RuleSetTerms[](2);
        for (uint256 i = 0; i < 2; i++) {
            opening[i] = ExtremeTerms.draw(uint256(keccak256(abi.encode(seed, "rules", i))));
            opening[i].budgetPerEpoch = budget;
        }
        opening[1].notBefore = 1;
        points = create(defaultSettings(), opening);
    }

    /// @dev Epochs 0 and 1, and both sides of the end of some rule.
    function _epoch(uint256 roll, Rule[] memory rules) private pure returns (uint32) {
        uint256 kind = roll % 6;
        if (kind < 2) return uint32(kind);
        uint32 untilEpoch = rules[(roll >> 8) % rules.length].untilEpoch;
        if (kind == 2) return untilEpoch;
        if (kind == 3 && untilEpoch > 0) return untilEpoch - 1;
        return uint32(ExtremeTerms.corner(roll >> 16, 32));
    }
}
