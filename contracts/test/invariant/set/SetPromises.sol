// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {BuybackTerms, IBuyback} from "../../../src/interfaces/IBuyback.sol";
import {ICatalogue} from "../../../src/interfaces/ICatalogue.sol";
import {ICharter} from "../../../src/interfaces/ICharter.sol";
import {SetDrain} from "./SetDrain.sol";
import {OrderBook} from "./stores/OrderBook.sol";
import {RoundBook} from "./stores/RoundBook.sol";
import {SetGuarantee} from "./stores/SetGuarantees.sol";
import {withdrawableOf} from "./handlers/SetHandler.sol";

/// @notice The promises of the whole set, as assertions over a program and its ghosts.
abstract contract SetPromises is SetDrain {
    /// @dev Rounds, changes and orders looked at after each call; all of them are at the end of a run.
    uint256 private constant RECENT = 4;

    /// @notice At the end of every run everything is looked at again, and then everybody gets everything out.
    function afterInvariant() public {
        _goToTheTimeOfTheRun();
        _assertAllPromises(type(uint256).max);
        _assertEverybodyGetsEverythingOut();
    }

    function _goToTheTimeOfTheRun() internal {
        vm.warp(world.clock.timestamp());
        world.rounds.passTo(world.clock.timestamp());
        world.changes.passTo(world.clock.timestamp());
    }

    function _assertAllPromises() internal {
        _assertAllPromises(RECENT);
    }

    function _assertAllPromises(uint256 newest) private {
        for (uint8 i = 0; i <= uint8(type(SetGuarantee).max); i++) _assertKept(SetGuarantee(i));
        _assertSupply();
        _assertBudget();
        _assertPublishedVersions();
        _assertAtMostOnePending();
        _assertPointsInEscrow(newest);
        _assertMoneyInReserve();
        _assertBacked();
        _assertRounds(newest);
        _assertOrders(newest);
    }

    function _assertSupply() internal view {
        uint256 sum = 0;
        for (uint256 i = 0; i < world.logs.holderCount(); i++) {
            sum += token.balanceOf(world.logs.holderAt(i));
        }
        assertEq(token.totalSupply(), sum, "sum of balances");
        assertEq(
            token.totalSupply(),
            world.logs.minted() - world.logs.burned(),
            "settled - burned"
        );
        assertGe(
            world.logs.burned(),
            world.rounds.burned() + world.orders.burned(),
            "what was bought and fulfilled is burned"
        );
        assertTrue(world.logs.agrees(), "every balance is what the logs say");
    }

    function _assertBudget() internal {
        _goToTheTimeOfTheRun();
        uint32 epoch = world.clock.epoch();
        uint256 budget = world.rules.budgetOf(epoch);
        assertLe(world.logs.mintedDuring(epoch), budget, "over the budget");
    }

    function _assertPublishedVersions() internal view {
        assertEq(points.ruleSetCount(), world.rules.count(), "rule sets");
        for (uint32 version = 0; version < world.rules.count(); version++) {
            assertTrue(world.rules.unchanged(version), "a rule set reads as it was published");
        }
        assertEq(buyback.termsCount(), world.rounds.versionCount(), "buyback terms");
        for (uint32 version = 0; version < world.rounds.versionCount(); version++) {
            (uint32 fromRound, BuybackTerms memory terms) = buyback.terms(version);
            RoundBook.Version memory ghost = world.rounds.versionAt(version);
            assertEq(fromRound, ghost.fromRound, "first round of a version");
            assertEq(
                keccak256(abi.encode(terms)),
                keccak256(abi.encode(ghost.terms)),
                "buyback terms read as they were published"
            );
        }
    }

    function _assertAtMostOnePending() internal {
        _goToTheTimeOfTheRun();
        uint256 pending = 0;
        for (uint256 id = 1; id <= charter.changeCount(); id++) {
            if (charter.change(id).state == ICharter.ChangeState.Pending) pending++;
        }
        assertLe(pending, 1, "two hurtful changes are pending");
        assertEq(pending, charter.pendingChange() == 0 ? 0 : 1, "the pending change is named");
    }

    function _assertPointsInEscrow(uint256 newest) internal view {
        assertEq(token.balanceOf(address(charter)), world.changes.escrow(), "objections");
        assertEq(token.balanceOf(address(buyback)), world.rounds.escrow(), "tenders");
        assertEq(token.balanceOf(address(catalogue)), world.orders.escrow(), "orders");
        uint256 owed = 0;
        uint256 count = charter.changeCount();
        for (uint256 id = _first(count, newest); id <= count; id++) {
            for (uint256 i = 0; i < PEOPLE; i++) {
                owed += charter.objectionOf(id, world.people[i]);
            }
        }
        assertGe(token.balanceOf(address(charter)), owed, "objections to give back");
        owed = 0;
        count = catalogue.orderCount();
        for (uint256 id = _first(count, newest); id <= count; id++) {
            ICatalogue.Order memory order = catalogue.orderOf(id);
            if (order.state == ICatalogue.OrderState.Open) owed += order.points;
        }
        assertGe(token.balanceOf(address(catalogue)), owed, "orders to give back");
        assertGe(token.balanceOf(address(buyback)), _pointsOwed(newest), "tenders to give back");
    }

    function _assertMoneyInReserve() internal {
        _goToTheTimeOfTheRun();
        assertEq(buyback.reserve(), world.rounds.reserve(), "the reserve");
        assertGe(buyback.reserve(), buyback.owed(), "the reserve covers what is owed");
        assertEq(buyback.withdrawable(), withdrawableOf(world), "withdrawable");
        assertGe(
            shifty.balances(address(buyback)) + shifty.charged(address(buyback)),
            buyback.reserve(),
            "the money of the reserve is there"
        );
    }

    /// @notice Every point of a backed program can be bought at the highest price that is promised, in every state: that of
    /// a closed round with tenders counts until it is settled.
    function _assertBacked() internal {
        _goToTheTimeOfTheRun();
        uint256 price = world.rounds.highestPrice(vm.getBlockTimestamp());
        uint256 count = world.rounds.tenderedCount();
        if (count > 0) {
            uint32 round = world.rounds.tenderedAt(count - 1);
            bool settled = world.rounds.resultOf(round).seenSettled;
            uint32 version = world.rounds.versionOf(round);
            uint256 old = world.rounds.versionAt(version).terms.pricePerPoint;
            if (!settled && world.rounds.tendered(round) > 0 && old > price) price = old;
        }
        uint256 free = buyback.reserve() - buyback.owed();
        assertEq(buyback.backing(), (free * 100) / price, "another backing on chain");
        if (!points.backed()) return;
        assertLe(token.totalSupply() * price, free * 100, "points that nobody could buy back");
    }

    function _assertRounds(uint256 newest) internal view {
        uint256 owed = 0;
        uint256 count = world.rounds.tenderedCount();
        for (uint256 i = 0; i < count; i++) {
            uint32 round = world.rounds.tenderedAt(count - 1 - i);
            if (i < newest) _assertRound(round);
            RoundBook.Result memory result = world.rounds.resultOf(round);
            if (!result.seenSettled) continue;
            owed += result.payout;
            for (uint256 j = 0; j < world.rounds.tendererCount(round); j++) {
                address holder = world.rounds.tendererAt(round, j);
                if (world.rounds.moneyClaimed(round, holder)) {
                    owed -= world.rounds.paidOf(round, holder);
                }
            }
        }
        assertEq(buyback.owed(), owed, "owed by settled rounds");
    }

    function _assertRound(uint32 round) private view {
        IBuyback.Round memory chain = buyback.roundOf(round);
        RoundBook.Result memory due = world.rounds.resultOf(round);
        assertEq(chain.tendered, world.rounds.tendered(round), "tendered");
        assertEq(chain.settled, due.seenSettled, "a result appears once and stays");
        uint256 paid = 0;
        uint256 returned = 0;
        uint256 tenders = 0;
        for (uint256 i = 0; i < PEOPLE; i++) {
            IBuyback.Share memory share = buyback.shareOf(round, world.people[i]);
            _assertShare(round, world.people[i], share, chain.settled);
            if (share.amount > 0) tenders++;
            paid += share.paid;
            returned += share.returned;
        }
        if (!chain.settled) return;
        assertEq(chain.filled, due.filled, "filled stays");
        assertEq(chain.payout, due.payout, "the payout stays");
        assertEq(chain.covered, due.covered, "the cover stays");
        assertLe(paid, chain.payout, "more is paid than there is");
        assertLe(returned, chain.tendered - chain.filled, "more comes back than there is");
        assertLe(chain.payout - paid, tenders, "dust of money");
        assertLe(chain.tendered - chain.filled - returned, tenders, "dust of points");
        // Below the number of tenders, and none without tenders.
        if (tenders == 0) return;
        assertLt(chain.payout - paid, tenders, "dust of money");
        assertLt(chain.tendered - chain.filled - returned, tenders, "dust of points");
    }

    function _assertShare(
        uint32 round,
        address holder,
        IBuyback.Share memory share,
        bool settled
    ) private view {
        assertEq(share.amount, world.rounds.amountOf(round, holder), "a tender");
        assertEq(share.paid, settled ? world.rounds.paidOf(round, holder) : 0, "paid");
        assertEq(share.returned, settled ? world.rounds.returnedOf(round, holder) : 0, "returned");
        assertEq(share.moneyClaimed, world.rounds.moneyClaimed(round, holder), "money claimed");
        assertEq(share.pointsClaimed, world.rounds.pointsClaimed(round, holder), "points claimed");
    }

    function _assertOrders(uint256 newest) internal view {
        uint256 count = catalogue.orderCount();
        assertEq(count, world.orders.orderCount(), "orders");
        for (uint256 id = _first(count, newest); id <= count; id++) {
            ICatalogue.Order memory chain = catalogue.orderOf(id);
            OrderBook.Order memory ghost = world.orders.orderAt(id);
            assertEq(
                keccak256(abi.encode(chain)),
                keccak256(abi.encode(ghost)),
                "an order stands where it should"
            );
        }
        (uint64 open, uint64 fulfilled, uint64 refused, uint64 overdue) = catalogue.counts();
        assertEq(open, world.orders.countOf(ICatalogue.OrderState.Open), "open");
        assertEq(fulfilled, world.orders.countOf(ICatalogue.OrderState.Fulfilled), "fulfilled");
        assertEq(refused, world.orders.countOf(ICatalogue.OrderState.Refused), "refused");
        assertEq(overdue, world.orders.countOf(ICatalogue.OrderState.Overdue), "overdue");
    }

    function _assertKept(SetGuarantee guarantee) internal view {
        assertEq(world.guarantees.brokenBy(guarantee), "");
    }

    /// @dev Points that the newest rounds owe: tenders before they are settled, what comes back after.
    function _pointsOwed(uint256 newest) private view returns (uint256 owed) {
        uint256 count = world.rounds.tenderedCount();
        for (uint256 i = 0; i < count && i < newest; i++) {
            uint32 round = world.rounds.tenderedAt(count - 1 - i);
            bool settled = buyback.roundOf(round).settled;
            for (uint256 j = 0; j < PEOPLE; j++) {
                IBuyback.Share memory share = buyback.shareOf(round, world.people[j]);
                if (!settled) owed += share.amount;
                else if (!share.pointsClaimed) owed += share.returned;
            }
        }
    }

    function _first(uint256 count, uint256 newest) private pure returns (uint256) {
        return count > newest ? count - newest + 1 : 1;
    }
}
