// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {BuybackTerms, IBuyback} from "../../src/interfaces/IBuyback.sol";
import {ICharter} from "../../src/interfaces/ICharter.sol";
import {RuleSetTerms} from "../../src/interfaces/IPoints.sol";
import {SetFixture} from "../model/fixtures/SetFixture.sol";

/// @notice Whatever is called in whatever order, no change comes earlier than was ever said of it, and none without
/// all that it owes.
/// forge-config: default.fuzz.runs = 64
/// forge-config: deep.fuzz.runs = 10000
contract CharterFuzz is SetFixture {
    uint256 private constant STEPS = 40;
    uint8 private constant HURTS_HOLDERS = 2;

    mapping(uint256 id => bytes) private announced;
    mapping(uint256 id => uint64) private latestSaid;

    function setUp() public {
        deployPrograms();
        createProgram();
        give(member, 600_000);
        give(other, 400_000);
    }

    function testFuzz_theEarliestMomentNeverComesEarlier(uint256 seed) public {
        for (uint256 step = 0; step < STEPS; step++) {
            seed = uint256(keccak256(abi.encode(seed)));
            _call(seed % 10, seed >> 8);
            uint256 count = charter.changeCount();
            for (uint256 id = 1; id <= count; id++) {
                uint64 earliest = charter.earliestEnactment(id);
                assertGe(earliest, latestSaid[id], "a change came earlier");
                latestSaid[id] = earliest;
            }
        }
    }

    function _call(uint256 kind, uint256 seed) private {
        uint256 newest = charter.changeCount();
        if (kind == 0) _announceRules(seed);
        else if (kind == 1) _announcePrices(seed);
        else if (kind == 2) _enact(newest);
        else if (kind == 3) _object(newest, seed);
        else if (kind == 4) _withdraw(newest, seed);
        else if (kind == 5) fund(uint128(1 + (seed % ROUND_BUDGET)));
        else if (kind == 6) _takeMoney();
        else if (kind == 7) _tender(seed);
        else if (kind == 8) buyback.settle();
        // Now and then to where something begins or ends, and a second around it.
        vm.warp(_later(newest, seed >> 16));
        if (kind == 9) _enact(newest);
    }

    function _announceRules(uint256 seed) private {
        RuleSetTerms memory terms = defaultRules();
        (, uint96 budget, , uint256[] memory words) = points.ruleSet(points.ruleSetCount() - 1);
        uint64 perAction = uint64(words[1] >> 162);
        // Never so far down that nothing is left to take.
        terms.rules[1].perAction = seed % 2 == 0 && perAction > 1 ? perAction - 1 : perAction + 1;
        terms.budgetPerEpoch = (seed >> 1) % 3 == 0 ? budget + 1 : budget;
        if ((seed >> 4) % 4 == 0) {
            terms.notBefore = points.currentEpoch() + uint32((seed >> 8) % 40);
        }
        _announce(address(points), abi.encode(terms));
    }

    function _announcePrices(uint256 seed) private {
        (, BuybackTerms memory terms) = buyback.terms(buyback.termsCount() - 1);
        if (seed % 3 == 0) terms.pricePerPoint--;
        else if (seed % 3 == 1) terms.pricePerPoint++;
        else terms.budgetPerRound = (seed >> 4) % 2 == 0 ? 0 : ROUND_BUDGET;
        _announce(address(buyback), abi.encode(terms));
    }

    function _announce(address target, bytes memory terms) private {
        vm.prank(operator);
        try charter.announce(target, terms) returns (uint256 id) {
            announced[id] = terms;
        } catch {
            // Pending, cooling down or too late: refused as it must be.
        }
    }

    /// @dev Enacts the newest hurtful change if it can be, and looks at whether it may be.
    function _enact(uint256 newest) private {
        uint256 id = newest;
        while (id > 0 && charter.change(id).impact == 0) id--;
        if (id == 0) return;
        ICharter.Change memory change = charter.change(id);
        uint96 needed = charter.objectionsNeeded(id);
        try charter.enact(id, announced[id]) {
            assertGe(block.timestamp, change.noticeEndsAt, "enacted in its notice");
            assertGe(block.timestamp, latestSaid[id], "enacted before its moment");
            assertGe(block.timestamp, charter.earliestEnactment(id), "enacted before its moment");
            assertLt(block.timestamp, change.diesAt, "enacted when it was dead");
            assertGe(change.noticeEndsAt - change.announcedAt, NOTICE, "its notice was short");
            if (change.lastRoundOwed) _requireLastRound(change);
            assertEq(charter.pendingChange(), 0);
        } catch (bytes memory reason) {
            bool owing =
                bytes4(reason) == ICharter.NoticeRuns.selector ||
                    bytes4(reason) == ICharter.NotPending.selector ||
                    bytes4(reason) == ICharter.LastRoundOwed.selector;
            assertTrue(owing, "a change could not be enacted for no reason");
            bool over = block.timestamp >= change.noticeEndsAt;
            if (change.state == ICharter.ChangeState.Pending && over)
                assertTrue(change.lastRoundOwed, "nothing but a last round holds it up");
            if (change.state == ICharter.ChangeState.Pending && !over)
                assertLt(change.objections, needed, "enough objected");
        }
    }

    function _requireLastRound(ICharter.Change memory change) private view {
        IBuyback.Round memory first = buyback.roundOf(change.firstEligibleRound);
        IBuyback.Round memory second = buyback.roundOf(change.firstEligibleRound + 1);
        assertGe(first.opensAt, change.noticeEndsAt, "its last round opened in its notice");
        IBuyback.Round memory last = first.covered ? first : second;
        assertTrue(last.settled && last.covered, "no last round");
        assertLe(last.closesAt, block.timestamp, "its last round is open");
        (, BuybackTerms memory terms) = buyback.terms(last.version);
        assertGt(terms.budgetPerRound, 0, "its last round bought nothing");
    }

    function _object(uint256 newest, uint256 seed) private {
        address holder = seed % 2 == 0 ? member : other;
        uint256 balance = token.balanceOf(holder);
        if (newest == 0 || balance == 0) return;
        uint96 amount = uint96(1 + ((seed >> 1) % balance));
        // Mostly too few to strike the change down.
        if ((seed >> 128) % 4 > 0) amount = 1 + amount / 1_000;
        uint256 id = charter.pendingChange();
        if (id == 0) id = newest;
        vm.prank(holder);
        try charter.object(id, amount) {} catch (bytes memory reason) {
            _assertRefused(reason);
        }
        try charter.strike(id) {} catch (bytes memory reason) {
            _assertRefused(reason);
        }
        try charter.release(newest, holder) {} catch (bytes memory reason) {
            _assertRefused(reason);
        }
    }

    function _withdraw(uint256 newest, uint256 seed) private {
        if (newest == 0 || seed % 3 > 0) return;
        vm.prank(operator);
        try charter.withdraw(newest) {} catch (bytes memory reason) {
            _assertRefused(reason);
        }
    }

    /// @dev A random call may come at the wrong time; then the charter says so, and nothing breaks.
    function _assertRefused(bytes memory reason) private pure {
        bytes4 selector = bytes4(reason);
        assertTrue(
            selector == ICharter.NotPending.selector ||
                selector == ICharter.NoticeOver.selector ||
                selector == ICharter.ThresholdNotReached.selector ||
                selector == ICharter.NoticeRuns.selector ||
                selector == ICharter.NothingToRelease.selector,
            "not refused for its time"
        );
    }

    function _takeMoney() private {
        uint128 most = buyback.withdrawable();
        if (most == 0) return;
        vm.prank(operator);
        buyback.withdraw(operator, most);
    }

    function _tender(uint256 seed) private {
        (uint32 round, bool open) = buyback.currentRound();
        uint256 balance = token.balanceOf(member);
        if (!open || balance < MIN_TENDER) return;
        tender(member, round, uint96(MIN_TENDER + (seed % (balance - MIN_TENDER + 1))));
    }

    function _later(uint256 newest, uint256 seed) private view returns (uint256 moment) {
        moment = vm.getBlockTimestamp() + (seed % 6 days);
        (uint32 round, ) = buyback.currentRound();
        uint256 kind = (seed >> 32) % 6;
        if (kind == 0) moment = buyback.roundOf(round).closesAt;
        if (kind == 1) moment = buyback.roundOf(round + 1).opensAt;
        if (kind == 2 && newest != 0) moment = charter.change(newest).noticeEndsAt;
        if (kind == 3 && newest != 0) moment = charter.earliestEnactment(newest);
        if (kind == 4 && newest != 0) moment = charter.change(newest).diesAt;
        if ((seed >> 40) % 2 == 0) moment--;
        if (moment < vm.getBlockTimestamp()) moment = vm.getBlockTimestamp();
    }
}
