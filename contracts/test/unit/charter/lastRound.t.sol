// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {BuybackTerms, IBuyback} from "../../../src/interfaces/IBuyback.sol";
import {ICharter} from "../../../src/interfaces/ICharter.sol";
import {ProgramSettings} from "../../../src/interfaces/IPrograms.sol";
import {CharterTest} from "./CharterTest.sol";

/// @dev The change is announced on day 0, its notice ends on day 7, so round 1 (days 31 to 38) is the first that counts,
/// round 2 (days 59 to 66) the second.
contract LastRoundTest is CharterTest {
    uint256 private id;

    function setUp() public override {
        super.setUp();
        id = announce(diluting());
    }

    function test_GivenTheRoundIsCovered() external {
        fund(ROUND_BUDGET);
        warpToNoticeEnd(id);
        expectLastRoundOwed(1);
        enact(id, diluting());
        vm.warp(closeOf(1) - 1);
        expectLastRoundOwed(1);
        enact(id, diluting());
        vm.warp(closeOf(1));
        vm.expectEmit(address(buyback));
        emit IBuyback.RoundSettled(1, 0, true, ROUND_BUDGET, 0, 0, 0);
        enact(id, diluting());
        assertEq(points.ruleSetOf(38), 0);
        assertEq(points.ruleSetOf(39), 1);
    }

    function test_GivenTheRoundIsCoveredAndAlreadySettled() external {
        fund(ROUND_BUDGET);
        warpToClose(1);
        settle();
        enact(id, diluting());
    }

    function test_GivenHoldersTenderedInIt() external {
        fund(ROUND_BUDGET);
        warpToRound(1);
        tender(member, 1, MEMBER_HAS);
        warpToClose(1);
        enact(id, diluting());
        assertEq(buyback.roundOf(1).filled, MEMBER_HAS);
        buyback.claimMoney(1, member);
        assertEq(money.balanceOf(member), (MEMBER_HAS * PRICE) / 100);
    }

    function test_GivenObjectorsGetTheirPointsBackAsItOpens() external {
        withdrawChange(id);
        fund(ROUND_BUDGET);
        vm.warp(buyback.roundOf(1).opensAt - NOTICE);
        id = announce(diluting());
        object(member, id, NEEDED - 1);
        warpToRound(1);
        charter.release(id, member);
        tender(member, 1, MEMBER_HAS);
        warpToClose(1);
        enact(id, diluting());
    }

    function test_GivenACoveredRoundOpenedBeforeTheNoticeEnded() external {
        fund(ROUND_BUDGET);
        warpToClose(0);
        settle();
        assertTrue(buyback.roundOf(0).covered);
        expectLastRoundOwed(1);
        enact(id, diluting());
    }

    function test_GivenTheReserveIsOneBaseUnitShort() external {
        fund(ROUND_BUDGET - 1);
        warpToClose(1);
        expectLastRoundOwed(1);
        enact(id, diluting());
    }

    function test_GivenTheMissingMoneyComesASecondBeforeTheClose() external {
        fund(ROUND_BUDGET - 1);
        warpToRound(1);
        tender(member, 1, MEMBER_HAS);
        vm.warp(closeOf(1) - 1);
        fund(1);
        warpToClose(1);
        expectLastRoundOwed(1);
        enact(id, diluting());
        assertEq(buyback.claimMoney(1, member), (MEMBER_HAS * PRICE) / 100);
    }

    function test_GivenTheMissingMoneyComesASecondBeforeTheOpening() external {
        fund(ROUND_BUDGET - 1);
        vm.warp(buyback.roundOf(1).opensAt - 1);
        fund(1);
        warpToClose(1);
        enact(id, diluting());
    }

    function test_GivenTheMissingMoneyComesAtTheClose() external {
        fund(ROUND_BUDGET - 1);
        warpToClose(1);
        fund(1);
        expectLastRoundOwed(1);
        enact(id, diluting());
        warpToClose(2);
        enact(id, diluting());
    }

    function test_GivenTheOperatorFundsAndWithdrawsAfterTheClose() external {
        warpToClose(1);
        fund(2 * ROUND_BUDGET);
        expectLastRoundOwed(1);
        enact(id, diluting());
        vm.prank(operator);
        buyback.withdraw(operator, ROUND_BUDGET);
        expectLastRoundOwed(1);
        enact(id, diluting());
        assertFalse(buyback.roundOf(1).covered);
    }

    function test_GivenMoneyArrivedWithoutDepositAndIsTakenInAfterTheClose() external {
        money.mint(address(buyback), ROUND_BUDGET);
        warpToClose(1);
        buyback.sync();
        expectLastRoundOwed(1);
        enact(id, diluting());
    }

    function test_GivenWhatIsThereIsOwedToHoldersOfAnEarlierRound() external {
        fund(ROUND_BUDGET);
        warpToRound(0);
        tender(member, 0, 100);
        warpToClose(1);
        expectLastRoundOwed(1);
        enact(id, diluting());
        fund(PRICE);
        warpToClose(2);
        enact(id, diluting());
    }

    function test_GivenTheFirstRoundIsNotCoveredAndTheSecondIs() external {
        warpToClose(1);
        settle();
        fund(ROUND_BUDGET);
        vm.warp(closeOf(2) - 1);
        expectLastRoundOwed(1);
        enact(id, diluting());
        warpToClose(2);
        enact(id, diluting());
    }

    function test_GivenTheFirstRoundWasCoveredAndNobodySettledItBeforeTheSecondClosed() external {
        fund(ROUND_BUDGET);
        warpToClose(2);
        enact(id, diluting());
        assertFalse(buyback.roundOf(1).settled);
        assertTrue(buyback.roundOf(2).covered);
    }

    function test_GivenTheFirstRoundWasCoveredAndTheSecondIsNot() external {
        fund(ROUND_BUDGET);
        warpToRound(1);
        tender(member, 1, MEMBER_HAS);
        warpToClose(2);
        enact(id, diluting());
        assertTrue(buyback.roundOf(1).covered);
        assertFalse(buyback.roundOf(2).covered);
    }

    function test_GivenNeitherIsCoveredAndTheThirdIs() external {
        warpToClose(2);
        settle();
        fund(ROUND_BUDGET);
        vm.warp(change(id).diesAt - 1);
        expectLastRoundOwed(1);
        enact(id, diluting());
        warpToClose(3);
        expectNotPending(id, ICharter.ChangeState.Dead);
        enact(id, diluting());
    }

    function test_GivenRoundsSoShortThatTheThirdClosesBeforeTheDateOfDeath() external {
        useWeeklyRounds();
        vm.warp(closeOf(2) - 1);
        fund(ROUND_BUDGET);
        warpToClose(2);
        settle();
        warpToClose(3);
        settle();
        assertTrue(buyback.roundOf(3).covered);
        assertState(id, ICharter.ChangeState.Pending);
        expectLastRoundOwed(1);
        enact(id, diluting());
    }

    function test_WhenTheChangeDies() external {
        fund(ROUND_BUDGET);
        warpToClose(1);
        settle();
        vm.warp(closeOf(2) + 14 days);
        expectNotPending(id, ICharter.ChangeState.Dead);
        enact(id, diluting());
        vm.warp(closeOf(2) + 14 days - 1);
        enact(id, diluting());
    }

    function test_GivenTheBuybackAskedForMoreInTheMeantime() external {
        BuybackTerms memory terms = defaultBuyback();
        terms.budgetPerRound++;
        fund(ROUND_BUDGET + 1);
        announce(terms);
        // One point is sold, and its price is what is missing.
        warpToRound(0);
        tender(member, 0, 100);
        warpToClose(0);
        fund(PRICE - 1);
        warpToClose(1);
        expectLastRoundOwed(1);
        enact(id, diluting());
        fund(1);
        warpToClose(2);
        enact(id, diluting());
    }

    function test_GivenBuybackTermsAreEnactedWhileTheSecondRoundIsOpen() external {
        useCheaper();
        fund(ROUND_BUDGET);
        warpToClose(2);
        settle();
        warpToRound(3);
        enact(id, cheaper());
        assertEq(buyback.termsOf(3), 0);
        assertEq(buyback.termsOf(4), 1);
    }

    function test_GivenBuybackTermsAreEnactedBetweenRounds() external {
        useCheaper();
        fund(ROUND_BUDGET);
        warpToClose(2);
        enact(id, cheaper());
        assertEq(buyback.termsOf(2), 0);
        assertEq(buyback.termsOf(3), 1);
    }

    function test_GivenRoundsWithoutAGap() external {
        useWeeklyRounds();
        assertEq(change(id).diesAt, STARTS_AT + 24 days + 14 days);
        fund(ROUND_BUDGET);
        vm.warp(STARTS_AT + 17 days - 1);
        expectLastRoundOwed(1);
        enact(id, diluting());
        vm.warp(STARTS_AT + 17 days);
        enact(id, diluting());
    }

    function test_GivenTheMoneyWasWithdrawnAfterACoveredLastRound() external {
        fund(3 * ROUND_BUDGET);
        warpToClose(1);
        vm.prank(operator);
        buyback.withdraw(operator, 2 * ROUND_BUDGET);
        enact(id, diluting());
    }

    function test_GivenRound0IsTheFirstThatCounts() external {
        vm.warp(STARTS_AT);
        ProgramSettings memory settings = defaultSettings();
        settings.firstRoundAt = STARTS_AT + NOTICE;
        createProgram(settings);
        id = announce(diluting());
        assertEq(change(id).firstEligibleRound, 0);
        assertTrue(change(id).lastRoundOwed);
        fund(ROUND_BUDGET);
        warpToNoticeEnd(id);
        expectLastRoundOwed(0);
        enact(id, diluting());
        warpToClose(0);
        enact(id, diluting());
    }

    function test_WhenNobodyButAStrangerCalls() external {
        fundFrom(stranger, ROUND_BUDGET);
        warpToClose(1);
        vm.prank(stranger);
        charter.enact(id, abi.encode(diluting()));
        assertState(id, ICharter.ChangeState.Enacted);
    }

    /// @dev A change of the terms of the buyback instead, whose first round that counts is round 2.
    function useCheaper() private {
        withdrawChange(id);
        vm.warp(buyback.roundOf(1).opensAt);
        id = announce(cheaper());
        assertEq(change(id).firstEligibleRound, 2);
    }

    /// @dev Rounds open on days 3, 10, 17, 24 and so on; the notice ends on day 7, so round 1 is the first that counts.
    function useWeeklyRounds() private {
        vm.warp(STARTS_AT);
        ProgramSettings memory settings = defaultSettings();
        settings.roundPeriod = ROUND_WINDOW;
        createProgram(settings);
        id = announce(diluting());
        assertEq(change(id).firstEligibleRound, 1);
    }

    function closeOf(uint32 round) private view returns (uint64) {
        return buyback.roundOf(round).closesAt;
    }
}
