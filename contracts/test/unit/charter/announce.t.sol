// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {BuybackTerms, IBuyback} from "../../../src/interfaces/IBuyback.sol";
import {ICharter} from "../../../src/interfaces/ICharter.sol";
import {IPoints, RuleSetTerms} from "../../../src/interfaces/IPoints.sol";
import {ProgramSettings} from "../../../src/interfaces/IPrograms.sol";
import {CharterTest} from "./CharterTest.sol";

contract AnnounceTest is CharterTest {
    uint64 private constant NOTICE_ENDS_AT = STARTS_AT + NOTICE;
    uint64 private constant DAY_38 = STARTS_AT + 38 days;

    function test_WhenTheCallerIsNotTheOperator() external {
        bytes memory terms = abi.encode(better());
        address[4] memory callers = [member, recorder, stranger, address(programs)];
        for (uint256 i = 0; i < callers.length; i++) {
            vm.expectRevert(abi.encodeWithSelector(ICharter.NotOperator.selector, callers[i]));
            vm.prank(callers[i]);
            charter.announce(address(points), terms);
        }
    }

    function test_WhenTheOperatorHasHandedOver() external {
        vm.prank(operator);
        points.offerOperator(other);
        vm.prank(other);
        points.acceptOperator();
        bytes memory terms = abi.encode(better());
        vm.expectRevert(abi.encodeWithSelector(ICharter.NotOperator.selector, operator));
        vm.prank(operator);
        charter.announce(address(points), terms);
        vm.prank(other);
        assertEq(charter.announce(address(points), terms), 1);
    }

    function test_WhenTheTargetIsNeitherPointsNorTheBuyback() external {
        bytes memory terms = abi.encode(better());
        address[5] memory targets = [
            address(0),
            address(charter),
            address(catalogue),
            address(money),
            stranger
        ];
        for (uint256 i = 0; i < targets.length; i++) {
            vm.expectRevert(abi.encodeWithSelector(ICharter.UnknownTarget.selector, targets[i]));
            vm.prank(operator);
            charter.announce(targets[i], terms);
        }
    }

    function test_WhenTheTermsAreNotWhatTheTargetTakes() external {
        RuleSetTerms memory terms = worse();
        terms.rules[1].id = 1;
        vm.expectRevert(abi.encodeWithSelector(IPoints.InvalidTerms.selector, "id", 1));
        announce(terms);
        BuybackTerms memory free = cheaper();
        free.pricePerPoint = 0;
        vm.expectRevert(
            abi.encodeWithSelector(
                IBuyback.TermsOutOfBounds.selector,
                "pricePerPoint",
                1,
                type(uint128).max
            )
        );
        announce(free);
        vm.expectRevert();
        vm.prank(operator);
        charter.announce(address(points), "");
        assertEq(charter.changeCount(), 0);
    }

    function test_WhenARuleSetHurtsNobody() external {
        vm.warp(STARTS_AT + 1 hours);
        uint64 now_ = STARTS_AT + 1 hours;
        bytes memory terms = abi.encode(better());
        vm.expectEmit(address(charter));
        emit ICharter.ChangeAnnounced(
            1,
            address(points),
            NOBODY,
            0,
            now_,
            now_,
            false,
            0,
            COUNTED,
            terms
        );
        vm.expectEmit(address(charter));
        emit ICharter.ChangeEnacted(1, address(points), 1);
        assertEq(announce(better()), 1);
        assertEq(points.ruleSetCount(), 2);
        assertEq(points.ruleSetOf(0), 0);
        assertEq(points.ruleSetOf(1), 1);
        assertChange(
            1,
            ICharter.Change({
                target: address(points),
                impact: NOBODY,
                state: ICharter.ChangeState.Enacted,
                lastRoundOwed: false,
                comparedVersion: 0,
                firstEligibleRound: 0,
                announcedAt: now_,
                noticeEndsAt: now_,
                diesAt: now_,
                countedSupply: COUNTED,
                objections: 0,
                termsHash: keccak256(terms)
            })
        );
        assertEq(charter.changeCount(), 1);
        assertEq(charter.pendingChange(), 0);
        assertEq(charter.cooldownUntil(), 0);
    }

    function test_WhenBuybackTermsHurtNobody() external {
        warpToRound(0);
        uint256 id = announce(dearer());
        assertState(id, ICharter.ChangeState.Enacted);
        assertEq(change(id).target, address(buyback));
        assertEq(buyback.termsOf(0), 0);
        assertEq(buyback.termsOf(1), 1);
    }

    function test_WhenMembersAreHurt() external {
        bytes memory terms = abi.encode(worse());
        vm.expectEmit(address(charter));
        emit ICharter.ChangeAnnounced(
            1,
            address(points),
            MEMBERS,
            0,
            NOTICE_ENDS_AT,
            NOTICE_ENDS_AT + 14 days,
            false,
            0,
            COUNTED,
            terms
        );
        announce(worse());
        assertChange(
            1,
            ICharter.Change({
                target: address(points),
                impact: MEMBERS,
                state: ICharter.ChangeState.Pending,
                lastRoundOwed: false,
                comparedVersion: 0,
                firstEligibleRound: 0,
                announcedAt: STARTS_AT,
                noticeEndsAt: NOTICE_ENDS_AT,
                diesAt: NOTICE_ENDS_AT + 14 days,
                countedSupply: COUNTED,
                objections: 0,
                termsHash: keccak256(terms)
            })
        );
        assertEq(charter.pendingChange(), 1);
        assertEq(points.ruleSetCount(), 1);
    }

    function test_WhenHoldersAreHurtByARuleSet() external {
        vm.expectEmit(address(charter));
        emit ICharter.ChangeAnnounced(
            1,
            address(points),
            HOLDERS,
            0,
            NOTICE_ENDS_AT,
            STARTS_AT + 80 days,
            true,
            1,
            COUNTED,
            abi.encode(diluting())
        );
        announce(diluting());
        assertOwesLastRound(1, HOLDERS);
    }

    function test_WhenHoldersAreHurtByBuybackTerms() external {
        uint256 id = announce(cheaper());
        assertEq(change(id).target, address(buyback));
        assertOwesLastRound(id, HOLDERS);
        assertEq(buyback.termsCount(), 1);
    }

    function test_WhenMembersAndHoldersAreHurt() external {
        RuleSetTerms memory terms = diluting();
        terms.rules[1].perAction--;
        terms.notBefore = 22;
        expectNotBeforeTooLate(22, 21);
        announce(terms);
        terms.notBefore = 21;
        assertOwesLastRound(announce(terms), MEMBERS | HOLDERS);
    }

    function test_GivenNothingIsBoughtBack() external {
        ProgramSettings memory settings = defaultSettings();
        settings.buyback.budgetPerRound = 0;
        createProgram(settings);
        uint256 id = announce(diluting());
        assertFalse(change(id).lastRoundOwed);
        assertEq(change(id).firstEligibleRound, 0);
        assertEq(change(id).diesAt, NOTICE_ENDS_AT + 14 days);
    }

    function test_GivenTheNewestBuybackTermsBuyNothingAndTheOpenRoundStillDoes() external {
        BuybackTerms memory nothing = defaultBuyback();
        nothing.budgetPerRound = 0;
        uint256 id = announce(nothing);
        fund(ROUND_BUDGET);
        warpToClose(1);
        settle();
        warpToRound(2);
        enact(id, nothing);
        assertEq(buyback.termsOf(2), 0);
        assertFalse(change(announce(diluting())).lastRoundOwed);
    }

    function test_GivenARoundOpensAsTheNoticeEnds() external {
        vm.warp(DAY_38 - 7 days - NOTICE);
        uint256 id = announce(diluting());
        assertEq(change(id).noticeEndsAt, buyback.roundOf(1).opensAt);
        assertEq(change(id).firstEligibleRound, 1);
    }

    function test_GivenARoundOpensASecondBeforeTheNoticeEnds() external {
        vm.warp(DAY_38 - 7 days - NOTICE + 1);
        uint256 id = announce(diluting());
        assertEq(change(id).firstEligibleRound, 2);
        assertEq(change(id).diesAt, buyback.roundOf(3).closesAt + 14 days);
    }

    function test_GivenAHurtfulChangeIsPending() external {
        uint256 id = announce(worse());
        expectChangePending(id);
        announce(diluting());
        expectChangePending(id);
        announce(cheaper());
        // Until the last second of its life.
        vm.warp(change(id).diesAt - 1);
        expectChangePending(id);
        announce(cheaper());
        assertEq(charter.changeCount(), 1);
    }

    function test_GivenAHurtfulChangeOfTheSameTargetIsPending() external {
        uint256 id = announce(worse());
        expectChangePending(id);
        announce(better());
        withdrawChange(id);
        vm.warp(STARTS_AT + NOTICE);
        id = announce(cheaper());
        expectChangePending(id);
        announce(dearer());
    }

    function test_GivenAHurtfulChangeOfTheOtherTargetIsPending() external {
        uint256 id = announce(worse());
        announce(dearer());
        assertEq(buyback.termsCount(), 2);
        assertEq(charter.pendingChange(), id);
        withdrawChange(id);
        vm.warp(STARTS_AT + NOTICE);
        id = announce(defaultBuyback());
        assertEq(change(id).impact, HOLDERS);
        announce(better());
        assertEq(points.ruleSetCount(), 2);
        assertEq(charter.pendingChange(), id);
    }

    function test_GivenAHurtfulChangeIsDead() external {
        uint256 id = announce(worse());
        uint64 diesAt = change(id).diesAt;
        vm.warp(diesAt);
        assertEq(charter.pendingChange(), 0);
        assertState(id, ICharter.ChangeState.Dead);
        assertEq(charter.cooldownUntil(), diesAt + NOTICE);
        RuleSetTerms memory terms = better();
        announce(terms);
        terms.rules[1].perAction--;
        expectCooldown(diesAt + NOTICE);
        announce(terms);
        vm.warp(diesAt + NOTICE - 1);
        expectCooldown(diesAt + NOTICE);
        announce(terms);
        vm.warp(diesAt + NOTICE);
        assertEq(announce(terms), 3);
        assertEq(charter.pendingChange(), 3);
        assertState(id, ICharter.ChangeState.Dead);
    }

    function test_GivenAHurtfulChangeWasStruckDown() external {
        uint256 id = announce(worse());
        vm.warp(STARTS_AT + 2 days);
        object(member, id, NEEDED);
        assertState(id, ICharter.ChangeState.StruckDown);
        assertCoolsDownUntil(STARTS_AT + 2 days + NOTICE);
    }

    function test_GivenAHurtfulChangeWasWithdrawn() external {
        uint256 id = announce(worse());
        vm.warp(STARTS_AT + 3 days);
        withdrawChange(id);
        assertCoolsDownUntil(STARTS_AT + 3 days + NOTICE);
    }

    function test_GivenAHurtfulChangeWasWithdrawnWhenItsNoticeWasOver() external {
        uint256 id = announce(worse());
        vm.warp(change(id).diesAt - 1);
        withdrawChange(id);
        assertCoolsDownUntil(change(id).diesAt - 1 + NOTICE);
    }

    function test_GivenAHurtfulChangeWasEnacted() external {
        uint256 id = announce(worse());
        warpToNoticeEnd(id);
        enact(id, worse());
        assertEq(charter.cooldownUntil(), 0);
        RuleSetTerms memory terms = worse();
        terms.rules[1].perAction--;
        uint256 next = announce(terms);
        assertEq(next, 2);
        assertEq(change(next).comparedVersion, 1);
        assertEq(charter.pendingChange(), 2);
    }

    function test_GivenChangesMustWait() external {
        withdrawChange(announce(worse()));
        announce(better());
        announce(dearer());
        assertEq(points.ruleSetCount(), 2);
        assertEq(buyback.termsCount(), 2);
    }

    function test_GivenAChangeDiedAfterAnEarlierOneWasWithdrawn() external {
        withdrawChange(announce(worse()));
        vm.warp(STARTS_AT + NOTICE);
        uint256 id = announce(worse());
        uint64 diesAt = change(id).diesAt;
        vm.warp(diesAt + 1);
        assertCoolsDownUntil(diesAt + NOTICE);
    }

    function test_WhenAHurtfulRuleSetNamesAnEpochThatStarts14DaysAfterItsNotice() external {
        RuleSetTerms memory terms = worse();
        terms.notBefore = 21;
        uint256 id = announce(terms);
        warpToNoticeEnd(id);
        enact(id, terms);
        assertEq(points.ruleSetOf(20), 0);
        assertEq(points.ruleSetOf(21), 1);
    }

    function test_WhenAHurtfulRuleSetNamesAnEpochThatStartsLater() external {
        RuleSetTerms memory terms = worse();
        terms.notBefore = 22;
        expectNotBeforeTooLate(22, 21);
        announce(terms);
        // One second before the next epoch, all of this one has to be waited for too.
        vm.warp(STARTS_AT + 1 days - 1);
        expectNotBeforeTooLate(22, 21);
        announce(terms);
        vm.warp(STARTS_AT + 1 days);
        announce(terms);
    }

    function test_GivenEpochsOfAWeek() external {
        ProgramSettings memory settings = defaultSettings();
        settings.epochLength = 7 days;
        settings.noticePeriod = 10 days;
        createProgram(settings);
        RuleSetTerms memory terms = worse();
        // Day 24 is in epoch 3, which started on day 21; epoch 4 starts on day 28.
        terms.notBefore = 4;
        expectNotBeforeTooLate(4, 3);
        announce(terms);
        terms.notBefore = 3;
        announce(terms);
    }

    function test_WhenAnImprovementNamesAnEpochThatStartsIn14Days() external {
        RuleSetTerms memory terms = better();
        terms.notBefore = 14;
        announce(terms);
        assertEq(points.ruleSetOf(13), 0);
        assertEq(points.ruleSetOf(14), 1);
    }

    function test_WhenAnImprovementNamesAnEpochThatStartsLater() external {
        RuleSetTerms memory terms = better();
        terms.notBefore = 15;
        expectNotBeforeTooLate(15, 14);
        announce(terms);
        terms.notBefore = 90;
        expectNotBeforeTooLate(90, 14);
        announce(terms);
    }

    function test_GivenTheNewestRuleSetIsNotInForce() external {
        RuleSetTerms memory terms = better();
        terms.notBefore = 14;
        announce(terms);
        terms.notBefore = 0;
        terms.rules[1].perAction++;
        warpToEpoch(13);
        vm.expectRevert(abi.encodeWithSelector(ICharter.NewestNotInForce.selector, 14));
        announce(terms);
        // A hurtful one has its notice before it, and comes after it.
        uint256 id = announce(worse());
        warpToNoticeEnd(id);
        enact(id, worse());
        assertEq(points.ruleSetOf(20), 1);
        assertEq(points.ruleSetOf(21), 2);
        terms = worse();
        terms.rules[1].perUnit++;
        vm.expectRevert(abi.encodeWithSelector(ICharter.NewestNotInForce.selector, 21));
        announce(terms);
        warpToEpoch(21);
        announce(terms);
    }

    function test_GivenManySmallRaises() external {
        RuleSetTerms memory terms = defaultRules();
        // One an epoch at most, so that none is ever further away than the next one.
        for (uint32 epoch = 1; epoch <= 5; epoch++) {
            terms.rules[1].perAction++;
            announce(terms);
            terms.rules[1].perAction++;
            vm.expectRevert(abi.encodeWithSelector(ICharter.NewestNotInForce.selector, epoch));
            announce(terms);
            warpToEpoch(epoch);
        }
        assertEq(points.ruleSetCount(), 6);
    }

    function test_WhenTheTermsAreTheNewestOnes() external {
        RuleSetTerms memory terms = defaultRules();
        terms.notBefore = 3;
        vm.expectRevert(IPoints.NoChange.selector);
        announce(terms);
        vm.expectRevert(IBuyback.NoChange.selector);
        announce(defaultBuyback());
        assertEq(charter.changeCount(), 0);
    }

    function assertChange(uint256 id, ICharter.Change memory expected) private view {
        assertEq(abi.encode(change(id)), abi.encode(expected));
    }

    function assertOwesLastRound(uint256 id, uint8 impact) private view {
        ICharter.Change memory announced = change(id);
        assertEq(announced.impact, impact);
        assertTrue(announced.lastRoundOwed);
        assertEq(announced.firstEligibleRound, 1);
        assertEq(announced.noticeEndsAt, NOTICE_ENDS_AT);
        assertEq(announced.diesAt, buyback.roundOf(2).closesAt + 14 days);
        assertEq(charter.earliestEnactment(id), DAY_38);
    }

    function assertCoolsDownUntil(uint64 until) private {
        assertEq(charter.cooldownUntil(), until);
        assertEq(charter.pendingChange(), 0);
        expectCooldown(until);
        announce(worse());
        vm.warp(until - 1);
        expectCooldown(until);
        announce(cheaper());
        vm.warp(until);
        uint256 id = announce(worse());
        assertEq(charter.pendingChange(), id);
    }

    function expectNotBeforeTooLate(uint32 notBefore, uint32 latest) private {
        vm.expectRevert(
            abi.encodeWithSelector(ICharter.NotBeforeTooLate.selector, notBefore, latest)
        );
    }
}
