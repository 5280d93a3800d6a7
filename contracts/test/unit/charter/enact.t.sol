// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {BuybackTerms} from "../../../src/interfaces/IBuyback.sol";
import {ICharter} from "../../../src/interfaces/ICharter.sol";
import {IPoints, RuleSetTerms} from "../../../src/interfaces/IPoints.sol";
import {ProgramSettings} from "../../../src/interfaces/IPrograms.sol";
import {CharterTest} from "./CharterTest.sol";

contract EnactTest is CharterTest {
    function test_WhenTheNoticeIsOverAndNoLastRoundIsOwed() external {
        uint256 id = announce(worse());
        warpToNoticeEnd(id);
        RuleSetTerms memory terms = worse();
        vm.expectEmit(address(charter));
        emit ICharter.ChangeEnacted(id, address(points), 1);
        vm.expectEmit(address(points));
        emit IPoints.RuleSetPublished(1, 8, terms.budgetPerEpoch, 0, terms.rules);
        enact(id, terms);
        assertState(id, ICharter.ChangeState.Enacted);
        assertEq(charter.pendingChange(), 0);
        assertEq(points.ruleSetCount(), 2);
        assertEq(points.ruleSetOf(7), 0);
        assertEq(points.ruleSetOf(8), 1);
    }

    function test_WhenTheNoticeIsInItsLastSecond() external {
        uint256 id = announce(worse());
        uint64 noticeEndsAt = change(id).noticeEndsAt;
        vm.warp(noticeEndsAt - 1);
        expectNoticeRuns(noticeEndsAt);
        enact(id, worse());
    }

    function test_WhenARuleSetNamesALaterEpoch() external {
        RuleSetTerms memory terms = worse();
        terms.notBefore = 12;
        uint256 id = announce(terms);
        warpToNoticeEnd(id);
        enact(id, terms);
        assertEq(points.ruleSetOf(11), 0);
        assertEq(points.ruleSetOf(12), 1);
    }

    function test_WhenARuleSetNamesAnEpochThatHasPassed() external {
        RuleSetTerms memory terms = worse();
        terms.notBefore = 12;
        uint256 id = announce(terms);
        warpToEpoch(15);
        enact(id, terms);
        assertEq(points.ruleSetOf(15), 0);
        assertEq(points.ruleSetOf(16), 1);
    }

    function test_WhenTheChangeIsInTheLastSecondOfItsLife() external {
        uint256 id = announce(worse());
        vm.warp(change(id).diesAt - 1);
        enact(id, worse());
        assertState(id, ICharter.ChangeState.Enacted);
        // What happened is not undone by the clock.
        vm.warp(change(id).diesAt);
        assertState(id, ICharter.ChangeState.Enacted);
        assertEq(charter.cooldownUntil(), 0);
    }

    function test_WhenTheChangeIsDead() external {
        uint256 id = announce(worse());
        vm.warp(change(id).diesAt);
        expectNotPending(id, ICharter.ChangeState.Dead);
        enact(id, worse());
        vm.warp(change(id).diesAt + 365 days);
        expectNotPending(id, ICharter.ChangeState.Dead);
        enact(id, worse());
        announce(diluting());
        expectNotPending(id, ICharter.ChangeState.Dead);
        enact(id, worse());
    }

    function test_WhenTheTermsAreOthers() external {
        uint256 id = announce(worse());
        warpToNoticeEnd(id);
        RuleSetTerms memory terms = worse();
        terms.rules[1].perAction--;
        expectWrongTerms(id);
        enact(id, terms);
        terms = worse();
        terms.notBefore = 1;
        expectWrongTerms(id);
        enact(id, terms);
        expectWrongTerms(id);
        charter.enact(id, "");
        expectWrongTerms(id);
        charter.enact(id, bytes.concat(abi.encode(worse()), hex"00"));
        enact(id, worse());
    }

    function test_WhenTheChangeIsNotPending() external {
        expectNotPending(1, ICharter.ChangeState.None);
        enact(1, worse());
        uint256 id = announce(better());
        expectNotPending(id, ICharter.ChangeState.Enacted);
        enact(id, better());
        id = announce(worse());
        object(member, id, NEEDED);
        warpToNoticeEnd(id);
        expectNotPending(id, ICharter.ChangeState.StruckDown);
        enact(id, worse());
    }

    function test_GivenObjectionsReachTheThresholdOnlyAfterTheNotice() external {
        uint256 id = announce(worse());
        object(other, id, 5_000);
        warpToNoticeEnd(id);
        burn(member, MEMBER_HAS);
        burn(other, 300_000);
        assertEq(charter.objectionsNeeded(id), 5_000);
        enact(id, worse());
    }

    function test_GivenObjectionsStayedBelowTheThreshold() external {
        uint256 id = announce(worse());
        object(member, id, NEEDED - 1);
        warpToNoticeEnd(id);
        enact(id, worse());
        charter.release(id, member);
        assertEq(token.balanceOf(member), MEMBER_HAS);
        assertEq(change(id).objections, NEEDED - 1);
    }

    function test_GivenTheTargetGotOtherTermsInAnotherWay() external {
        uint256 id = announce(worse());
        // Nobody has the charter's key, so nobody can do this.
        vm.prank(address(charter));
        points.applyTerms(abi.encode(better()));
        warpToNoticeEnd(id);
        vm.expectRevert(abi.encodeWithSelector(ICharter.Outdated.selector, 0, 1));
        enact(id, worse());
    }

    function test_GivenTheBuybackGotBetterInTheMeantime() external {
        uint256 id = announce(worse());
        announce(dearer());
        warpToNoticeEnd(id);
        enact(id, worse());
        assertEq(points.ruleSetCount(), 2);
        assertEq(buyback.termsCount(), 2);
    }

    function test_GivenTheBuybackBeganToBuyInTheMeantime() external {
        ProgramSettings memory settings = defaultSettings();
        settings.buyback.budgetPerRound = 0;
        createProgram(settings);
        uint256 id = announce(diluting());
        BuybackTerms memory terms = defaultBuyback();
        fund(ROUND_BUDGET);
        announce(terms);
        warpToNoticeEnd(id);
        enact(id, diluting());
        assertEq(points.ruleSetCount(), 2);
    }

    function test_GivenTheOperatorHasChanged() external {
        uint256 id = announce(worse());
        vm.prank(operator);
        points.offerOperator(other);
        vm.prank(other);
        points.acceptOperator();
        warpToNoticeEnd(id);
        enact(id, worse());
    }

    function test_GivenTheBuybackIsPendingAndTheRulesGotBetterInTheMeantime() external {
        uint256 id = announce(cheaper());
        announce(better());
        fund(ROUND_BUDGET);
        warpToClose(1);
        enact(id, cheaper());
        assertEq(buyback.termsOf(1), 0);
        assertEq(buyback.termsOf(2), 1);
    }

    function expectWrongTerms(uint256 id) private {
        vm.expectRevert(abi.encodeWithSelector(ICharter.WrongTerms.selector, id));
    }
}
