// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IPoints, PointsSettings, Rule, RuleSetTerms} from "../../../src/interfaces/IPoints.sol";
import {PointsTest} from "./PointsTest.sol";

contract ApplyTermsTest is PointsTest {
    uint32 private constant MAX_LEAD_DAYS = 90;
    bytes32 private constant SMALL_PRINT = keccak256("small print");

    function test_WhenTheCallerIsNotTheCharter() external {
        bytes memory terms = abi.encode(countingTerms(NO_BUDGET));
        address[4] memory callers = [operator, recorder, address(buyback), stranger];
        for (uint256 i = 0; i < callers.length; i++) {
            vm.expectRevert(abi.encodeWithSelector(IPoints.NotCharter.selector, callers[i]));
            vm.prank(callers[i]);
            points.applyTerms(terms);
        }
    }

    function test_WhenTheTermsAreNotEncodedRuleSetTerms() external {
        vm.startPrank(charter);
        vm.expectRevert();
        points.applyTerms("");
        vm.expectRevert();
        points.applyTerms(abi.encode(type(uint256).max, type(uint256).max));
    }

    function test_WhenTheTermsNameNoEpoch() external {
        goTo(2);
        RuleSetTerms memory terms = countingTerms(77);
        terms.rules[0].perAction = 9;
        terms.documentHash = SMALL_PRINT;
        vm.expectEmit(address(points));
        emit IPoints.RuleSetPublished(1, 3, 77, SMALL_PRINT, terms.rules);
        applyTerms(terms);
        assertEq(points.ruleSetCount(), 2);
        assertEq(points.ruleSetOf(2), 0);
        assertEq(points.ruleSetOf(3), 1);
        assertEq(points.pointsOf(2, lines(1)), 1);
        assertEq(points.pointsOf(3, lines(1)), 9);
    }

    function test_WhenTheTermsNameALaterEpoch() external {
        assertFromEpoch(5, 5);
    }

    function test_WhenTheTermsNameAnEpochThatHasBegun() external {
        goTo(7);
        assertFromEpoch(7, 8);
    }

    function test_WhenTheNewestVersionIsNotInForceYet() external {
        assertFromEpoch(5, 5);
        assertFromEpoch(0, 6);
        assertFromEpoch(5, 7);
        assertFromEpoch(9, 9);
    }

    function test_WhenNothingButTheEpochDiffersFromTheNewestVersion() external {
        RuleSetTerms memory terms = countingTerms(NO_BUDGET);
        terms.documentHash = SMALL_PRINT;
        applyTerms(terms);
        terms.notBefore = 7;
        vm.expectRevert(IPoints.NoChange.selector);
        applyTerms(terms);
        // Those of the version before are a change.
        applyTerms(countingTerms(NO_BUDGET));
    }

    function test_WhenTheTermsNameAnEpoch90DaysAhead() external {
        goTo(10);
        assertFromEpoch(10 + MAX_LEAD_DAYS, 10 + MAX_LEAD_DAYS);
        PointsSettings memory settings = defaultSettings();
        settings.epochLength = 7 days;
        use(create(settings, countingTerms(NO_BUDGET)));
        // 90 days are 12 whole weeks.
        assertFromEpoch(12, 12);
    }

    function test_WhenTheTermsNameAnEpochMoreThan90DaysAhead() external {
        goTo(10);
        RuleSetTerms memory terms = countingTerms(NO_BUDGET);
        terms.notBefore = 10 + MAX_LEAD_DAYS + 1;
        expectInvalidTerms("notBefore", 0);
        applyTerms(terms);
    }

    function test_WhenThereAreNoRules() external {
        RuleSetTerms memory terms = countingTerms(NO_BUDGET);
        terms.rules = new Rule[](0);
        expectInvalidTerms("rules", 0);
        applyTerms(terms);
    }

    function test_WhenThereAre32Rules() external {
        applyTerms(termsOf(32));
        (, , , uint256[] memory rules) = points.ruleSet(1);
        assertEq(rules.length, 32);
    }

    function test_WhenThereAreMoreThan32Rules() external {
        RuleSetTerms memory terms = termsOf(33);
        expectInvalidTerms("rules", 0);
        applyTerms(terms);
    }

    function test_WhenTheIdsAreNotAscending() external {
        RuleSetTerms memory terms = termsOf(3);
        (terms.rules[1], terms.rules[2]) = (terms.rules[2], terms.rules[1]);
        expectInvalidTerms("id", 2);
        applyTerms(terms);
    }

    function test_WhenAnIdRepeats() external {
        RuleSetTerms memory terms = termsOf(3);
        terms.rules[1] = terms.rules[0];
        expectInvalidTerms("id", 1);
        applyTerms(terms);
    }

    function test_WhenANameIsEmpty() external {
        expectInvalidRule("name", newRule("", "text"));
    }

    function test_WhenANameIsAtItsLimitOf64Bytes() external {
        applyWith(newRule(string(new bytes(64)), ""));
        assertEq(points.ruleSetCount(), 2);
    }

    function test_WhenANameIsLongerThan64Bytes() external {
        expectInvalidRule("name", newRule(string(new bytes(65)), ""));
    }

    function test_WhenATextIsAtItsLimitOf512Bytes() external {
        applyWith(newRule("name", string(new bytes(512))));
        assertEq(points.ruleSetCount(), 2);
    }

    function test_WhenATextIsLongerThan512Bytes() external {
        expectInvalidRule("text", newRule("name", string(new bytes(513))));
    }

    function test_WhenACapOnPointsIsAtTheMaximumOfAStatement() external {
        Rule memory added = newRule("name", "text");
        added.maxPoints = 2 ** 34 - 1;
        applyWith(added);
        assertEq(points.ruleSetCount(), 2);
    }

    function test_WhenACapOnPointsIsBeyondTheMaximumOfAStatement() external {
        Rule memory added = newRule("name", "text");
        added.maxPoints = 2 ** 34;
        expectInvalidRule("maxPoints", added);
    }

    function test_WhenADefinedIdComesWithAnotherName() external {
        RuleSetTerms memory terms = countingTerms(NO_BUDGET);
        terms.rules[0].name = "other";
        expectInvalidTerms("text", 0);
        applyTerms(terms);
    }

    function test_WhenADefinedIdComesWithAnotherText() external {
        RuleSetTerms memory terms = countingTerms(NO_BUDGET);
        terms.rules[0].text = "other";
        expectInvalidTerms("text", 0);
        applyTerms(terms);
    }

    function test_WhenANewIdHasTheNameOfAnother() external {
        RuleSetTerms memory terms = countingTerms(NO_BUDGET);
        expectInvalidRule("name", newRule(terms.rules[0].name, "text"));
        // Nor when that one is left out, or was in an earlier version alone.
        terms.rules[0] = newRule(terms.rules[0].name, terms.rules[0].text);
        expectInvalidTerms("name", 0);
        applyTerms(terms);
        terms.rules[0] = newRule("name", "text");
        applyTerms(terms);
        terms.rules[0] = rule(10, 1, 1, 1, 1, 1);
        terms.rules[0].name = countingTerms(NO_BUDGET).rules[0].name;
        expectInvalidTerms("name", 0);
        applyTerms(terms);
    }

    function test_WhenTwoNewIdsHaveOneName() external {
        RuleSetTerms memory terms = termsOf(3);
        terms.rules[2].name = terms.rules[1].name;
        expectInvalidTerms("name", 2);
        applyTerms(terms);
    }

    function test_WhenAnIdThatWasLeftOutComesBackWithItsNameAndText() external {
        RuleSetTerms memory without = countingTerms(NO_BUDGET);
        without.rules[0] = newRule("name", "text");
        applyTerms(without);
        RuleSetTerms memory back = countingTerms(NO_BUDGET);
        back.rules[0].perAction = 3;
        applyTerms(back);
        goTo(2);
        assertEq(points.pointsOf(0, lines(1)), 1);
        assertEq(points.pointsOf(1, lines(1)), 0);
        assertEq(points.pointsOf(2, lines(1)), 3);
    }

    function test_WhenANameAndATextShareTheirBytesInAnotherWay() external {
        applyWith(newRule("ab", "c"));
        assertEq(points.ruleTextHash(9), keccak256(abi.encode("ab", "c")));
        expectInvalidRule("text", newRule("a", "bc"));
    }

    function test_WhenAVersionIsRead() external {
        RuleSetTerms memory terms = termsOf(2);
        terms.rules[0] = rule(1, 2, 3, 4, 5, 6);
        terms.rules[1] = rule(
            255,
            type(uint64).max,
            type(uint64).max,
            type(uint32).max,
            2 ** 34 - 1,
            type(uint32).max
        );
        terms.budgetPerEpoch = 123;
        terms.documentHash = SMALL_PRINT;
        terms.notBefore = 4;
        applyTerms(terms);
        (
            uint32 fromEpoch,
            uint96 budgetPerEpoch,
            bytes32 documentHash,
            uint256[] memory rules
        ) = points.ruleSet(1);
        assertEq(fromEpoch, 4);
        assertEq(budgetPerEpoch, 123);
        assertEq(documentHash, SMALL_PRINT);
        assertEq(rules.length, 2);
        assertEq(
            rules[0],
            (uint256(1) << 226) |
                (uint256(2) << 162) |
                (uint256(3) << 98) |
                (uint256(4) << 66) |
                (uint256(5) << 32) |
                6
        );
        assertEq(rules[1], 2 ** 234 - 1);
        vm.expectRevert();
        points.ruleSet(2);
    }

    function assertFromEpoch(uint32 notBefore, uint32 expected) private {
        uint32 version = points.ruleSetCount();
        RuleSetTerms memory terms = countingTerms(version);
        terms.notBefore = notBefore;
        applyTerms(terms);
        (uint32 fromEpoch, , , ) = points.ruleSet(version);
        assertEq(fromEpoch, expected);
        assertEq(points.ruleSetOf(expected), version);
        assertEq(points.ruleSetOf(expected - 1), version - 1);
    }

    function termsOf(uint8 count) private pure returns (RuleSetTerms memory terms) {
        terms = countingTerms(NO_BUDGET);
        terms.rules = new Rule[](count);
        for (uint8 i = 0; i < count; i++)
            terms.rules[i] = rule(i + 1, 1, 0, NO_COUNT_CAP, NO_POINTS_CAP, NO_END);
    }

    function newRule(string memory name, string memory text) private pure returns (Rule memory) {
        return Rule(9, 1, 1, 1, 1, 1, name, text);
    }

    /// @dev Beside rule 1, so that the rule in question has the index 1.
    function applyWith(Rule memory added) private {
        RuleSetTerms memory terms = countingTerms(NO_BUDGET);
        Rule memory first = terms.rules[0];
        terms.rules = new Rule[](2);
        terms.rules[0] = first;
        terms.rules[1] = added;
        applyTerms(terms);
    }

    function expectInvalidRule(string memory field, Rule memory added) private {
        expectInvalidTerms(field, 1);
        applyWith(added);
    }
}
