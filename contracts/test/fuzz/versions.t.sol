// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IPoints, Rule, RuleSetTerms} from "../../src/interfaces/IPoints.sol";
import {ExtremeTerms} from "../model/terms/ExtremeTerms.sol";
import {ProgramFixture} from "../model/fixtures/ProgramFixture.sol";
import {Line, StatementPacking} from "../model/signatures/StatementPacking.sol";

/// @notice Which version governs an epoch, and what a version reads back as.
contract VersionsFuzz is ProgramFixture {
    uint256 private constant VERSIONS = 12;

    uint32[] private fromEpochs;
    uint64[] private perAction;

    function setUp() public {
        deployPrograms();
    }

    /// @notice Found by halving, checked by looking at every version, at both edges of each.
    function testFuzz_anEpochHasTheLastVersionThatBeganBefore(uint256 seed) public {
        IPoints points = createCounting(8, NO_BUDGET);
        _publish(points, seed, 0, 1);
        uint32 now_ = 0;
        for (uint256 i = 1; i < VERSIONS; i++) {
            uint256 roll = uint256(keccak256(abi.encode(seed, i)));
            now_ += uint32(roll % 5);
            goToEpoch(points, now_);
            uint32 notBefore = (roll >> 8) % 3 == 0 ? now_ + uint32((roll >> 16) % 12) : 0;
            _publish(points, roll, notBefore, uint64(2 + i));
        }
        assertEq(points.ruleSetCount(), VERSIONS + 1);
        for (uint256 i = 0; i < fromEpochs.length; i++) {
            if (fromEpochs[i] > 0) _assertVersion(points, fromEpochs[i] - 1);
            _assertVersion(points, fromEpochs[i]);
            _assertVersion(points, fromEpochs[i] + 1);
        }
        // The last epoch that a rule without an end earns in.
        _assertVersion(points, NO_END - 1);
    }

    /// @notice A version begins after the epoch of the clock, after the newest one, and not before
    /// it was asked to.
    function testFuzz_aVersionBeginsAsSoonAsItMay(
        uint32 clock,
        uint32 first,
        uint32 second
    ) public {
        clock = uint32(bound(clock, 0, 1_000_000));
        first = uint32(bound(first, 0, clock + 90));
        second = uint32(bound(second, 0, clock + 90));
        IPoints points = createCounting(8, NO_BUDGET);
        goToEpoch(points, clock);
        uint256 expected = _max(clock + 1, first);
        assertEq(_apply(points, first), expected);
        expected = _max(expected + 1, second);
        assertEq(_apply(points, second), expected);
    }

    function testFuzz_aVersionReadsBackAsItWasPublished(uint256 seed) public {
        RuleSetTerms memory terms = ExtremeTerms.draw(seed);
        IPoints points = create(defaultSettings(), terms);
        (uint32 fromEpoch, uint96 budget, bytes32 documentHash, uint256[] memory words) = points
            .ruleSet(0);
        assertEq(documentHash, terms.documentHash);
        assertEq(fromEpoch, 0);
        assertEq(budget, terms.budgetPerEpoch);
        assertEq(words.length, terms.rules.length);
        for (uint256 i = 0; i < words.length; i++) {
            Rule memory expected = terms.rules[i];
            assertEq(words[i] >> 226, expected.id);
            assertEq(uint64(words[i] >> 162), expected.perAction);
            assertEq(uint64(words[i] >> 98), expected.perUnit);
            assertEq(uint32(words[i] >> 66), expected.maxCount);
            assertEq((words[i] >> 32) % 2 ** 34, expected.maxPoints);
            assertEq(uint32(words[i]), expected.untilEpoch);
            assertEq(
                points.ruleTextHash(expected.id),
                keccak256(abi.encode(expected.name, expected.text))
            );
        }
    }

    function _publish(IPoints points, uint256 seed, uint32 notBefore, uint64 earns) private {
        if (fromEpochs.length == 0) {
            fromEpochs.push(0);
            perAction.push(1);
        }
        RuleSetTerms memory terms = countingTerms(uint96(seed >> 1) / 2);
        terms.notBefore = notBefore;
        terms.rules[0].perAction = earns;
        uint256 expected = _max(points.currentEpoch() + 1, notBefore);
        expected = _max(expected, uint256(fromEpochs[fromEpochs.length - 1]) + 1);
        vm.prank(charter);
        points.applyTerms(abi.encode(terms));
        fromEpochs.push(uint32(expected));
        perAction.push(earns);
    }

    function _apply(IPoints points, uint32 notBefore) private returns (uint32 fromEpoch) {
        RuleSetTerms memory terms = countingTerms(points.ruleSetCount());
        terms.notBefore = notBefore;
        vm.prank(charter);
        points.applyTerms(abi.encode(terms));
        (fromEpoch, , , ) = points.ruleSet(points.ruleSetCount() - 1);
    }

    function _assertVersion(IPoints points, uint32 epoch) private view {
        uint256 expected = 0;
        for (uint256 i = 0; i < fromEpochs.length; i++) if (fromEpochs[i] <= epoch) expected = i;
        assertEq(points.ruleSetOf(epoch), expected);
        bytes memory line = StatementPacking.packLine(Line(1, 1, 0));
        assertEq(points.pointsOf(epoch, line), perAction[expected]);
    }

    function _max(uint256 a, uint256 b) private pure returns (uint256) {
        return a > b ? a : b;
    }
}
