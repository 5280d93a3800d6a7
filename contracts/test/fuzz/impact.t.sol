// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IPoints, Rule, RuleSetTerms} from "../../src/interfaces/IPoints.sol";
import {ExtremeTerms} from "../model/terms/ExtremeTerms.sol";
import {ProgramFixture} from "../model/fixtures/ProgramFixture.sol";

/// @notice `impact` against a comparison of whole structs, field by field.
contract ImpactFuzz is ProgramFixture {
    uint8 private constant HURTS_MEMBERS = 1;
    uint8 private constant HURTS_HOLDERS = 2;

    function setUp() public {
        deployPrograms();
    }

    /// @notice Any two rule sets that have nothing to do with each other.
    function testFuzz_anyTerms(uint256 seed, uint256 nextSeed) public {
        RuleSetTerms memory terms = ExtremeTerms.draw(seed);
        RuleSetTerms memory next = ExtremeTerms.draw(_other(nextSeed));
        IPoints points = create(defaultSettings(), terms);
        assertEq(points.impact(abi.encode(next)), _reference(terms, next, 1));
    }

    /// @notice The same terms but for one field of one rule, one up or one down: the case of every
    /// announced change.
    function testFuzz_oneFieldMoves(uint256 seed, uint8 field, bool up) public {
        RuleSetTerms memory terms = ExtremeTerms.draw(seed);
        RuleSetTerms memory next = ExtremeTerms.draw(seed);
        IPoints points = create(defaultSettings(), terms);
        _expectNoChange();
        points.impact(abi.encode(next));
        uint256 index = seed % next.rules.length;
        bool moved = _move(next, index, field % 6, up);
        uint8 expected = _reference(terms, next, 1);
        if (!moved) _expectNoChange();
        uint8 flags = points.impact(abi.encode(next));
        if (!moved) return;
        if (field % 6 == 5) assertEq(expected, up ? HURTS_HOLDERS : HURTS_MEMBERS);
        if (field % 6 < 4 && !up && terms.rules[index].untilEpoch > 1) {
            assertEq(expected, HURTS_MEMBERS);
        }
        assertEq(flags, expected);
    }

    /// @notice Another small print is a change, and one that hurts members, whatever else changes.
    function testFuzz_theSmallPrintMoves(uint256 seed, uint256 nextSeed, bytes32 hash) public {
        RuleSetTerms memory terms = ExtremeTerms.draw(seed);
        RuleSetTerms memory next = ExtremeTerms.draw(nextSeed % 2 == 0 ? seed : nextSeed);
        vm.assume(hash != terms.documentHash);
        next.documentHash = hash;
        IPoints points = create(defaultSettings(), terms);
        uint8 flags = points.impact(abi.encode(next));
        assertEq(flags, _reference(terms, next, 1));
        assertEq(flags & HURTS_MEMBERS, HURTS_MEMBERS);
    }

    /// @notice A rule may be left out for nothing from the epoch on that it ends with, and not one
    /// epoch earlier.
    function testFuzz_aRuleIsLeftOut(uint256 seed, uint32 untilEpoch, uint32 notBefore) public {
        RuleSetTerms memory terms = ExtremeTerms.draw(seed);
        vm.assume(terms.rules.length > 1);
        untilEpoch = uint32(bound(untilEpoch, 0, 90));
        notBefore = uint32(bound(notBefore, 0, 90));
        terms.rules[0].untilEpoch = untilEpoch;
        IPoints points = create(defaultSettings(), terms);
        RuleSetTerms memory next = terms;
        next.notBefore = notBefore;
        next.rules = _without(terms.rules, 0);
        uint32 fromEpoch = notBefore > 1 ? notBefore : 1;
        assertEq(points.impact(abi.encode(next)), untilEpoch > fromEpoch ? HURTS_MEMBERS : 0);
    }

    /// @notice The comparison is with the newest version, in force or not.
    function testFuzz_theNewestVersionIsCompared(uint256 seed, uint256 nextSeed) public {
        RuleSetTerms memory terms = ExtremeTerms.draw(seed);
        RuleSetTerms memory pending = ExtremeTerms.draw(_other(nextSeed));
        pending.notBefore = 5;
        IPoints points = create(defaultSettings(), terms);
        vm.prank(charter);
        points.applyTerms(abi.encode(pending));
        assertEq(points.impact(abi.encode(terms)), _reference(pending, terms, 6));
    }

    /// @dev Two seeds that are drawn the same would give the same terms, which are no change.
    function _other(uint256 seed) private pure returns (uint256) {
        return uint256(keccak256(abi.encode("other", seed)));
    }

    function _expectNoChange() private {
        vm.expectRevert(IPoints.NoChange.selector);
    }

    function _move(
        RuleSetTerms memory terms,
        uint256 index,
        uint8 field,
        bool up
    ) private pure returns (bool moved) {
        Rule memory moving = terms.rules[index];
        uint256 value = [
            uint256(moving.perAction),
            moving.perUnit,
            moving.maxCount,
            moving.maxPoints,
            moving.untilEpoch,
            terms.budgetPerEpoch
        ][field];
        uint256 highest = [
            uint256(type(uint64).max),
            type(uint64).max,
            type(uint32).max,
            NO_POINTS_CAP,
            NO_END,
            NO_BUDGET
        ][field];
        if (value == (up ? highest : 0)) return false;
        value = up ? value + 1 : value - 1;
        if (field == 0) moving.perAction = uint64(value);
        else if (field == 1) moving.perUnit = uint64(value);
        else if (field == 2) moving.maxCount = uint32(value);
        else if (field == 3) moving.maxPoints = uint64(value);
        else if (field == 4) moving.untilEpoch = uint32(value);
        else terms.budgetPerEpoch = uint96(value);
        return true;
    }

    function _reference(
        RuleSetTerms memory terms,
        RuleSetTerms memory next,
        uint32 fromEpoch
    ) private pure returns (uint8 flags) {
        if (next.budgetPerEpoch < terms.budgetPerEpoch) flags |= HURTS_MEMBERS;
        if (next.budgetPerEpoch > terms.budgetPerEpoch) flags |= HURTS_HOLDERS;
        if (next.documentHash != terms.documentHash) flags |= HURTS_MEMBERS;
        for (uint256 i = 0; i < terms.rules.length; i++) {
            Rule memory old = terms.rules[i];
            if (old.untilEpoch <= fromEpoch) continue;
            bool kept = false;
            for (uint256 j = 0; j < next.rules.length; j++) {
                if (next.rules[j].id == old.id) kept = _isNoLower(next.rules[j], old);
            }
            if (!kept) flags |= HURTS_MEMBERS;
        }
    }

    function _isNoLower(Rule memory next, Rule memory old) private pure returns (bool) {
        return
            next.perAction >= old.perAction &&
            next.perUnit >= old.perUnit &&
            next.maxCount >= old.maxCount &&
            next.maxPoints >= old.maxPoints &&
            next.untilEpoch >= old.untilEpoch;
    }

    function _without(
        Rule[] memory rules,
        uint256 index
    ) private pure returns (Rule[] memory fewer) {
        fewer = new Rule[](rules.length - 1);
        for (uint256 i = 0; i < fewer.length; i++) fewer[i] = rules[i < index ? i : i + 1];
    }
}
