// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ICatalogue} from "../../../../src/interfaces/ICatalogue.sol";
import {ChangeBook} from "../stores/ChangeBook.sol";
import {OrderBook} from "../stores/OrderBook.sol";
import {SetHandler, SetWorld} from "./SetHandler.sol";

/// @notice Moves time on: by hours and months, and to the very second in which something begins or ends, or the one
/// before it.
contract SetClockHandler is SetHandler {
    constructor(SetWorld memory world_) SetHandler(world_) {}

    function wait_(uint256 seed) external inTime {
        uint256 kind = seed % 24;
        if (kind < 16) _to(_now() + (_roll(seed, "hours") % (1 days)));
        else if (kind < 23) _to(_now() + (_roll(seed, "days") % (5 days)));
        else _to(_now() + (_roll(seed, "months") % (120 days)));
    }

    function waitForRound(uint256 seed) external inTime {
        uint32 next = world.rounds.firstNotOpen(_now());
        (bool open, uint32 round) = world.rounds.openRound(_now());
        uint256 opens = world.rounds.opensAt(next);
        _toAbout(seed, open ? world.rounds.closesAt(round) : opens);
    }

    function waitForChange(uint256 seed) external inTime {
        uint256 id = world.changes.pending();
        if (id == 0) return _toAbout(seed, world.changes.cooldownUntil());
        ChangeBook.Change memory change = world.changes.changeAt(id);
        if (_now() < change.noticeEndsAt) return _toAbout(seed, change.noticeEndsAt);
        if (_roll(seed, "die") % 12 == 0) return _toAbout(seed, change.diesAt);
        if (change.lastRoundOwed) {
            uint256 opening = world.rounds.opensAt(change.firstEligibleRound);
            if (_now() < opening && seed % 2 == 0) return _toAbout(seed, opening);
            uint256 first = world.rounds.closesAt(change.firstEligibleRound);
            if (_now() < first) return _toAbout(seed, first);
            _toAbout(seed, world.rounds.closesAt(change.firstEligibleRound + 1));
        }
    }

    function waitForOrder(uint256 seed) external inTime {
        uint256 count = world.orders.orderCount();
        uint256 items = world.orders.itemCount();
        if (_roll(seed, "item") % 2 == 0 && items > 0) {
            OrderBook.Item memory item = world.orders.itemAt(uint32(1 + (seed % items)));
            bool rises = _roll(seed, "rise") % 2 == 0 && item.nextPriceAt != 0;
            return _toAbout(seed, rises ? item.nextPriceAt : item.withdrawnAt);
        }
        if (count == 0) return;
        OrderBook.Order memory order = world.orders.orderAt(1 + (_roll(seed, "order") % count));
        if (order.state == ICatalogue.OrderState.Open) _toAbout(seed, order.deadline);
    }

    function _toAbout(uint256 seed, uint256 moment) private {
        uint256 kind = _roll(seed, "about") % 4;
        if (kind == 0) moment -= moment == 0 ? 0 : 1;
        if (kind == 1) moment += 1;
        _to(moment);
    }
}
