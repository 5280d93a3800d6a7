// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Rule, RuleSetTerms} from "../../../src/interfaces/IPoints.sol";
import {Line, StatementPacking} from "../../model/signatures/StatementPacking.sol";
import {PointsTest} from "./PointsTest.sol";

contract EarningTest is PointsTest {
    uint64 private constant MAX_POINTS = 2 ** 34 - 1;

    function test_GivenTheRuleIsAbsentFromTheVersionOfTheEpoch() external {
        RuleSetTerms memory terms = countingTerms(NO_BUDGET);
        terms.rules[0] = rule(2, 10, 0, NO_COUNT_CAP, NO_POINTS_CAP, NO_END);
        applyTerms(terms);
        goTo(1);
        // Rule 1 is left in epoch 0, rule 2 comes in epoch 1.
        assertEq(settle(points, statementOfTwo(member, 0, 3, 4)), 3);
        assertEq(settle(points, statementOfTwo(member, 1, 3, 4)), 40);
    }

    function test_GivenTheRuleHasLapsed() external {
        RuleSetTerms memory terms = countingTerms(NO_BUDGET);
        terms.rules[0].untilEpoch = 2;
        use(create(defaultSettings(), terms));
        goTo(3);
        assertEq(settle(member, 0, 7), 7);
        assertEq(settle(member, 1, 7), 7);
        assertEq(settle(member, 2, 7), 0);
        assertEq(settle(member, 3, 7), 0);
    }

    function test_GivenARuleLapsesBetweenTheEpochsOfABatch() external {
        RuleSetTerms memory terms = countingTerms(NO_BUDGET);
        terms.rules[0].untilEpoch = 2;
        use(create(defaultSettings(), terms));
        goTo(3);
        // To and fro, so that what was read of the rule for one epoch is not taken for another.
        bytes memory batch = bytes.concat(
            statement(member, 1, 7),
            statement(member, 2, 70),
            statement(member, 3, 700),
            statement(member, 0, 5),
            statement(other, 2, 90),
            statement(other, 1, 4)
        );
        assertEq(settle(points, batch), 7 + 5 + 4);
        assertEq(points.mintedFor(member, 0), 5);
        assertEq(points.mintedFor(other, 1), 4);
    }

    function test_GivenTheEpochsOfABatchHaveDifferentVersions() external {
        publishThousandfold();
        goTo(4);
        // Alternates, so that the table of rules turns with each statement.
        bytes memory batch = bytes.concat(
            statement(member, 0, 2),
            statement(member, 1, 3),
            statement(other, 0, 4),
            statement(other, 1, 5),
            statement(other, 4, 6)
        );
        assertEq(settle(points, batch), 2 + 3_000 + 4 + 5_000 + 6_000);
        assertEq(points.mintedFor(other, 4), 6_000);
    }

    function test_GivenMoreVersionsThanOne() external {
        for (uint64 version = 1; version <= 6; version++) {
            RuleSetTerms memory terms = countingTerms(NO_BUDGET);
            terms.rules[0].perAction = uint64(10 ** version);
            applyTerms(terms);
        }
        goTo(8);
        uint64[9] memory expected = [
            uint64(1),
            10,
            100,
            1_000,
            10_000,
            100_000,
            1_000_000,
            1_000_000,
            1_000_000
        ];
        for (uint32 epoch = 0; epoch <= 8; epoch++) {
            assertEq(points.ruleSetOf(epoch), epoch < 6 ? epoch : 6);
            assertEq(points.pointsOf(epoch, lines(1)), expected[epoch]);
            assertEq(settle(member, epoch, 1), expected[epoch]);
        }
    }

    function test_WhenAnActionAndAnAmountEarnTogether() external {
        useRule(rule(1, 7, 1_500_000, NO_COUNT_CAP, NO_POINTS_CAP, NO_END));
        assertEarns(3, 1_000, 3 * 7 + 1_500);
    }

    function test_WhenAnAmountEarnsAFraction() external {
        useRule(rule(1, 0, 1, NO_COUNT_CAP, NO_POINTS_CAP, NO_END));
        assertEarns(1, 999_999, 0);
        assertEarns(1, 1_000_000, 1);
        assertEarns(1, 1_999_999, 1);
    }

    function test_WhenThereAreMoreActionsThanTheCap() external {
        useRule(rule(1, 5, 1_000_000, 3, NO_POINTS_CAP, NO_END));
        assertEarns(2, 10, 20);
        assertEarns(3, 10, 25);
        assertEarns(4, 10, 25);
    }

    function test_WhenALineEarnsMoreThanItsCap() external {
        useRule(rule(1, 5, 0, NO_COUNT_CAP, 12, NO_END));
        assertEarns(2, 0, 10);
        assertEarns(3, 0, 12);
    }

    function test_GivenACapIsZero() external {
        useRule(rule(1, 5, 1_000_000, 0, NO_POINTS_CAP, NO_END));
        assertEarns(9, 4, 4);
        useRule(rule(1, 5, 1_000_000, NO_COUNT_CAP, 0, NO_END));
        assertEarns(9, 4, 0);
    }

    function test_WhenAllFieldsAreAtTheirMaximum() external {
        RuleSetTerms memory terms = countingTerms(NO_BUDGET);
        terms.rules[0] = rule(
            255,
            type(uint64).max,
            type(uint64).max,
            NO_COUNT_CAP,
            NO_POINTS_CAP,
            NO_END
        );
        use(create(defaultSettings(), terms));
        bytes memory packed = StatementPacking.packLine(
            Line(255, type(uint32).max, type(uint64).max)
        );
        assertEq(points.pointsOf(0, packed), MAX_POINTS);
        assertEq(settle(points, StatementPacking.packStatement(member, 0, packed)), MAX_POINTS);
        assertEq(points.mintedFor(member, 0), MAX_POINTS);
        // The neighbouring fields of the account word stay as they are.
        goTo(1);
        assertEq(settle(points, StatementPacking.packStatement(member, 1, packed)), MAX_POINTS);
        assertEq(points.mintedFor(member, 0), MAX_POINTS);
        assertEq(points.mintedFor(member, 2), 0);
        assertEq(token.balanceOf(member), 2 * uint256(MAX_POINTS));
    }

    function test_WhenEveryIdIsInTheStatement() external {
        defineEveryId();
        goTo(8);
        bytes memory packed;
        for (uint256 id = 0; id < 255; id++) {
            packed = bytes.concat(packed, StatementPacking.packLine(Line(uint8(id), 1, 0)));
        }
        // Version 7 has the ids 224 to 255, the last of which does not fit in.
        assertEq(settle(points, StatementPacking.packStatement(member, 8, packed)), 31);
    }

    function defineEveryId() private {
        for (uint256 version = 0; version < 8; version++) {
            RuleSetTerms memory terms = countingTerms(NO_BUDGET);
            terms.rules = new Rule[](32);
            for (uint256 i = 0; i < 32; i++) {
                terms.rules[i] = rule(
                    uint8(version * 32 + i),
                    1,
                    0,
                    NO_COUNT_CAP,
                    NO_POINTS_CAP,
                    NO_END
                );
            }
            applyTerms(terms);
        }
    }

    function publishThousandfold() private {
        RuleSetTerms memory terms = countingTerms(NO_BUDGET);
        terms.rules[0].perAction = 1_000;
        applyTerms(terms);
    }

    function statementOfTwo(
        address to,
        uint32 epoch,
        uint32 first,
        uint32 second
    ) private pure returns (bytes memory) {
        bytes memory packed = bytes.concat(
            lines(first),
            StatementPacking.packLine(Line(2, second, 0))
        );
        return StatementPacking.packStatement(to, epoch, packed);
    }

    function useRule(Rule memory only) private {
        RuleSetTerms memory terms = countingTerms(NO_BUDGET);
        terms.rules[0] = only;
        use(create(defaultSettings(), terms));
    }

    function assertEarns(uint32 count, uint64 amount, uint64 expected) private view {
        assertEq(points.pointsOf(0, StatementPacking.packLine(Line(1, count, amount))), expected);
    }
}
