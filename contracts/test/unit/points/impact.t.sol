// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IPoints, Rule, RuleSetTerms} from "../../../src/interfaces/IPoints.sol";
import {PointsTest} from "./PointsTest.sol";

contract ImpactTest is PointsTest {
    uint8 private constant NOBODY = 0;
    uint8 private constant MEMBERS = 1;
    uint8 private constant HOLDERS = 2;
    uint96 private constant BUDGET = 1_000;

    function setUp() public override {
        super.setUp();
        use(create(defaultSettings(), current()));
    }

    function test_WhenNothingChanges() external {
        RuleSetTerms memory terms = current();
        terms.notBefore = 5;
        expectNoChange(terms);
    }

    function test_WhenTheSmallPrintIsAnother() external {
        RuleSetTerms memory terms = current();
        terms.documentHash = keccak256("small print");
        assertImpact(terms, MEMBERS);
        applyTerms(terms);
        expectNoChange(terms);
        terms.documentHash = keccak256("other small print");
        assertImpact(terms, MEMBERS);
        terms.documentHash = bytes32(0);
        assertImpact(terms, MEMBERS);
    }

    function test_WhenAFieldOfARuleRises() external view {
        RuleSetTerms memory terms = current();
        terms.rules[1] = rule(6, 11, 21, 31, 41, 51);
        assertImpact(terms, NOBODY);
    }

    function test_WhenPointsForAnActionFall() external view {
        assertHurtsMembers(rule(6, 9, 20, 30, 40, 50));
    }

    function test_WhenPointsForAnAmountFall() external view {
        assertHurtsMembers(rule(6, 10, 19, 30, 40, 50));
    }

    function test_WhenTheCapOnActionsFalls() external view {
        assertHurtsMembers(rule(6, 10, 20, 29, 40, 50));
    }

    function test_WhenTheCapOnPointsFalls() external view {
        assertHurtsMembers(rule(6, 10, 20, 30, 39, 50));
    }

    function test_WhenARuleEndsEarlier() external view {
        assertHurtsMembers(rule(6, 10, 20, 30, 40, 49));
    }

    function test_WhenOneFieldRisesAndAnotherFalls() external view {
        assertHurtsMembers(rule(6, 1_000, 20, 30, 39, 50));
    }

    function test_WhenARuleIsLeftOut() external view {
        RuleSetTerms memory terms = current();
        Rule memory kept = terms.rules[0];
        terms.rules = new Rule[](1);
        terms.rules[0] = kept;
        assertImpact(terms, MEMBERS);
    }

    function test_WhenARuleIsAdded() external view {
        RuleSetTerms memory terms = current();
        (Rule memory first, Rule memory second) = (terms.rules[0], terms.rules[1]);
        terms.rules = new Rule[](3);
        (terms.rules[0], terms.rules[1]) = (first, second);
        terms.rules[2] = rule(7, 1, 1, 1, 1, 1);
        assertImpact(terms, NOBODY);
    }

    function test_WhenTheBudgetFalls() external view {
        RuleSetTerms memory terms = current();
        terms.budgetPerEpoch--;
        assertImpact(terms, MEMBERS);
    }

    function test_WhenTheBudgetRises() external view {
        RuleSetTerms memory terms = current();
        terms.budgetPerEpoch++;
        assertImpact(terms, HOLDERS);
    }

    function test_WhenTheBudgetRisesAndARuleFalls() external view {
        RuleSetTerms memory terms = current();
        terms.budgetPerEpoch++;
        terms.rules[0].perAction--;
        assertImpact(terms, MEMBERS | HOLDERS);
    }

    function test_GivenARuleHasLapsedWhenTheTermsComeIntoForce() external {
        goTo(49);
        RuleSetTerms memory terms = current();
        // In force from epoch 50, the first in which the rule earns nothing.
        terms.rules[1] = rule(6, 1, 1, 1, 1, 1);
        assertImpact(terms, NOBODY);
    }

    function test_GivenARuleLapsesOneEpochAfterTheTermsComeIntoForce() external {
        goTo(48);
        assertHurtsMembers(rule(6, 9, 20, 30, 40, 50));
    }

    function test_GivenTheTermsWaitBeyondTheEndOfARule() external view {
        RuleSetTerms memory terms = current();
        terms.rules[1] = rule(6, 1, 1, 1, 1, 1);
        terms.notBefore = 49;
        assertImpact(terms, MEMBERS);
        terms.notBefore = 50;
        assertImpact(terms, NOBODY);
    }

    function test_WhenALapsedRuleIsLeftOut() external {
        goTo(49);
        RuleSetTerms memory terms = current();
        Rule memory kept = terms.rules[0];
        terms.rules = new Rule[](1);
        terms.rules[0] = kept;
        assertImpact(terms, NOBODY);
    }

    function test_GivenANewerVersionIsNotInForceYet() external {
        RuleSetTerms memory better = current();
        better.rules[1].perAction = 100;
        better.notBefore = 20;
        applyTerms(better);
        assertHurtsMembers(rule(6, 99, 20, 30, 40, 50));
        assertImpact(current(), MEMBERS);
    }

    function test_GivenTheTermsAreInvalid() external {
        RuleSetTerms memory terms = current();
        terms.notBefore = 91;
        expectInvalidTerms("notBefore", 0);
        points.impact(abi.encode(terms));
        terms = current();
        terms.rules[1].id = 5;
        expectInvalidTerms("id", 1);
        points.impact(abi.encode(terms));
        terms = current();
        terms.rules[1].maxPoints = 2 ** 34;
        expectInvalidTerms("maxPoints", 1);
        points.impact(abi.encode(terms));
    }

    function test_GivenTheRuleOfIdZeroIsAllZeros() external {
        RuleSetTerms memory terms = current();
        terms.rules[0] = rule(0, 0, 0, 0, 0, 0);
        use(create(defaultSettings(), terms));
        expectNoChange(terms);
        terms.rules[0].perAction = 1;
        assertImpact(terms, NOBODY);
        (, , , uint256[] memory rules) = points.ruleSet(0);
        assertEq(rules.length, 2);
        assertEq(rules[0], 0);
    }

    function current() private pure returns (RuleSetTerms memory terms) {
        terms = countingTerms(BUDGET);
        terms.rules = new Rule[](2);
        terms.rules[0] = rule(5, 10, 20, 30, 40, NO_END);
        terms.rules[1] = rule(6, 10, 20, 30, 40, 50);
    }

    function assertHurtsMembers(Rule memory changed) private view {
        RuleSetTerms memory terms = current();
        terms.rules[1] = changed;
        assertImpact(terms, MEMBERS);
    }

    function expectNoChange(RuleSetTerms memory terms) private {
        vm.expectRevert(IPoints.NoChange.selector);
        points.impact(abi.encode(terms));
    }

    function assertImpact(RuleSetTerms memory terms, uint8 expected) private view {
        assertEq(points.impact(abi.encode(terms)), expected);
    }
}
