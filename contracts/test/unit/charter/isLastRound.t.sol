// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {BuybackTerms} from "../../../src/interfaces/IBuyback.sol";
import {ICharter} from "../../../src/interfaces/ICharter.sol";
import {ProgramSettings} from "../../../src/interfaces/IPrograms.sol";
import {CharterTest} from "./CharterTest.sol";

/// @dev The program is backed: it buys with all its money in a last round. Round 1 is the first that counts, round 2 the
/// second.
contract IsLastRoundTest is CharterTest {
    uint128 private constant MONEY = 3 * ROUND_BUDGET;
    uint64 private constant ALL = 2 * 10_000 * 100;

    uint256 private id;

    function setUp() public override {
        deployPrograms();
        ProgramSettings memory settings = defaultSettings();
        settings.backed = true;
        createProgram(settings);
        fund(MONEY);
        give(member, ALL);
        id = announce(cheaper());
    }

    function test_WhenNoChangeIsPending() external {
        withdrawChange(id);
        assertLastRounds(false, false);
        assertFalse(charter.isLastRound(0));
    }

    function test_WhenBuybackTermsArePending() external view {
        assertFalse(charter.isLastRound(0));
        assertFalse(charter.isLastRound(3));
        assertLastRounds(true, true);
    }

    function test_WhenARuleSetIsPending() external {
        withdrawChange(id);
        vm.warp(charter.cooldownUntil());
        id = announce(diluting());
        assertTrue(change(id).lastRoundOwed);
        assertLastRounds(false, false);
    }

    function test_WhenTheFirstRoundClosesWithCover() external {
        sellAll(1);
        settle();
        assertEq(buyback.roundOf(1).payout, 2 * ROUND_BUDGET);
        assertEq(buyback.roundOf(1).filled, ALL);
        assertLastRounds(true, false);
        enact(id, cheaper());
        assertLastRounds(false, false);
    }

    function test_WhenTheFirstRoundClosesWithoutCover() external {
        vm.warp(STARTS_AT);
        ProgramSettings memory settings = defaultSettings();
        settings.backed = true;
        settings.buyback.budgetPerRound = MONEY + 1;
        createProgram(settings);
        fund(MONEY);
        give(member, ALL);
        BuybackTerms memory terms = settings.buyback;
        terms.pricePerPoint--;
        id = announce(terms);
        warpToClose(1);
        settle();
        assertFalse(buyback.roundOf(1).covered);
        assertLastRounds(true, true);
        fund(1);
        sellAll(2);
        enact(id, terms);
        assertTrue(buyback.roundOf(2).covered);
    }

    function test_WhenTheChangeIsEnactedBeforeTheRoundIsSettled() external {
        sellAll(1);
        enact(id, cheaper());
        assertEq(buyback.roundOf(1).payout, 2 * ROUND_BUDGET);
    }

    function test_WhenTheChangeIsWithdrawnBeforeTheRoundIsSettled() external {
        sellAll(1);
        withdrawChange(id);
        assertEq(buyback.roundOf(1).payout, 2 * ROUND_BUDGET);
    }

    function test_WhenTheChangeIsWithdrawnWhileTheRoundIsOpen() external {
        warpToRound(1);
        tender(member, 1, uint96(ALL));
        withdrawChange(id);
        warpToClose(1);
        settle();
        assertEq(buyback.roundOf(1).payout, ROUND_BUDGET);
    }

    function test_WhenTheChangeIsStruckDown() external {
        object(member, id, charter.objectionsNeeded(id));
        assertState(id, ICharter.ChangeState.StruckDown);
        assertLastRounds(false, false);
    }

    function test_WhenTheChangeDiesBeforeTheRoundIsSettled() external {
        sellAll(2);
        vm.warp(change(id).diesAt);
        assertLastRounds(true, true);
        settle();
        assertEq(buyback.roundOf(2).payout, 2 * ROUND_BUDGET);
    }

    function test_WhenAnotherIsAnnouncedAfterTheDeathAndBeforeTheRoundIsSettled() external {
        sellAll(2);
        vm.warp(change(id).diesAt + NOTICE);
        BuybackTerms memory terms = cheaper();
        terms.pricePerPoint--;
        id = announce(terms);
        assertTrue(buyback.roundOf(2).settled);
        assertEq(buyback.roundOf(2).payout, 2 * ROUND_BUDGET);
        assertFalse(charter.isLastRound(2));
    }

    function assertLastRounds(bool first, bool second) private view {
        assertEq(charter.isLastRound(1), first);
        assertEq(charter.isLastRound(2), second);
    }

    function sellAll(uint32 round) private {
        warpToRound(round);
        tender(member, round, uint96(ALL));
        warpToClose(round);
    }
}
