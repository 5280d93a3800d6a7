// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ICatalogue} from "../../../../src/interfaces/ICatalogue.sol";
import {OrderBook} from "../stores/OrderBook.sol";
import {SetGuarantee} from "../stores/SetGuarantees.sol";
import {SetState} from "../stores/SetReached.sol";
import {Reasons, SetHandler, SetWorld} from "./SetHandler.sol";

/// @notice The hostile operator's hand on the catalogue: prices up and down, items taken away, orders refused.
contract CatalogueHandler is SetHandler {
    uint256 private constant MOST_ITEMS = 5;
    SetGuarantee private constant RISES = SetGuarantee.PriceRisesWaitForTheirNotice;

    constructor(SetWorld memory world_) SetHandler(world_) {}

    function manage(uint256 seed) external inTime {
        uint32 count = world.orders.itemCount();
        uint256 kind = _roll(seed, "kind") % 8;
        if (count == 0 || (kind == 0 && count < MOST_ITEMS)) return _addItem(seed);
        uint32 id = uint32(1 + (seed % count));
        if (kind < 3) _setPrice(seed, id);
        else if (kind == 3) _addStock(seed, id);
        else if (kind < 6) _scheduleWithdrawal(seed, id);
        else _cancelWithdrawal(kind == 6 ? id : _leaving(id));
        _compare(id);
    }

    function fulfil(uint256 seed) external inTime {
        uint256 id = _order(seed);
        OrderBook.Order memory order = world.orders.orderAt(id);
        Reasons memory reasons;
        bool open = order.state == ICatalogue.OrderState.Open;
        _require(reasons, open, ICatalogue.OrderNotOpen.selector);
        _require(reasons, _now() < order.deadline, ICatalogue.DeadlinePassed.selector);
        (bool taken, bytes memory answer) = _send(abi.encodeCall(ICatalogue.fulfil, (id)));
        _judge(SetGuarantee.OrdersStandWhereTheyShould, "fulfilment", reasons, taken, answer);
        if (taken) {
            _expectMove(address(world.catalogue), address(0), order.points);
            world.orders.close(id, ICatalogue.OrderState.Fulfilled);
        }
        _reach(taken ? SetState.Fulfilled : SetState.FulfilRefused);
        _end();
    }

    function refuse(uint256 seed) external inTime {
        uint256 id = _order(seed);
        OrderBook.Order memory order = world.orders.orderAt(id);
        Reasons memory reasons;
        bool open = order.state == ICatalogue.OrderState.Open;
        _require(reasons, open, ICatalogue.OrderNotOpen.selector);
        (bool taken, bytes memory answer) = _send(abi.encodeCall(ICatalogue.refund, (id)));
        _judge(SetGuarantee.OrdersStandWhereTheyShould, "refusal", reasons, taken, answer);
        if (taken) {
            bool overdue = _now() >= order.deadline;
            _expectMove(address(world.catalogue), order.member, order.points);
            world.orders.close(
                id,
                overdue ? ICatalogue.OrderState.Overdue : ICatalogue.OrderState.Refused
            );
            _reach(overdue ? SetState.OverdueRefunded : SetState.RefusedOrder);
        }
        _end();
    }

    function _addItem(uint256 seed) private {
        uint96 price = uint96(50 + (_roll(seed, "price") % 500));
        uint32 stock = uint32(_roll(seed, "stock") % 20);
        if (seed % 3 == 0) stock = type(uint32).max;
        Reasons memory reasons;
        (bool taken, bytes memory answer) = _send(
            abi.encodeCall(ICatalogue.addItem, (price, stock, "A thing"))
        );
        _judge(SetGuarantee.CallsDoWhatTheySay, "item", reasons, taken, answer);
        world.orders.addItem(price, stock);
        _end();
        _compare(world.orders.itemCount());
    }

    function _setPrice(uint256 seed, uint32 id) private {
        uint256 before = world.orders.priceAt(_now(), id);
        uint256 price = _roll(seed, "price") % (2 * before + 1);
        Reasons memory reasons = _listed(id);
        _require(reasons, price > 0, ICatalogue.ItemOutOfBounds.selector);
        (bool taken, bytes memory answer) = _send(
            abi.encodeCall(ICatalogue.setPrice, (id, uint96(price)))
        );
        _judge(RISES, "price", reasons, taken, answer);
        if (taken) {
            world.orders.setPrice(_now(), id, price);
            _reach(price > before ? SetState.PriceRiseScheduled : SetState.PriceCut);
        }
        _end();
    }

    function _addStock(uint256 seed, uint32 id) private {
        uint256 before = world.orders.itemAt(id).stock;
        uint32 added = uint32(_roll(seed, "added") % 10);
        Reasons memory reasons = _listed(id);
        bool fits = added > 0 && before + added <= type(uint32).max;
        _require(reasons, fits, ICatalogue.ItemOutOfBounds.selector);
        (bool taken, bytes memory answer) = _send(abi.encodeCall(ICatalogue.addStock, (id, added)));
        _judge(SetGuarantee.CallsDoWhatTheySay, "stock", reasons, taken, answer);
        if (taken) world.orders.setStock(id, before + added);
        _end();
    }

    function _scheduleWithdrawal(uint256 seed, uint32 id) private {
        // An item that stays is needed for all the rest.
        if (id == 1 && seed % 4 != 0) return;
        Reasons memory reasons = _listed(id);
        (bool taken, bytes memory answer) = _send(
            abi.encodeCall(ICatalogue.scheduleWithdrawal, (id))
        );
        _judge(SetGuarantee.CallsDoWhatTheySay, "withdrawal", reasons, taken, answer);
        if (taken && world.orders.itemAt(id).withdrawnAt == 0) {
            world.orders.setWithdrawal(id, _now() + world.orders.noticePeriod());
        }
        _end();
    }

    function _cancelWithdrawal(uint32 id) private {
        uint256 moment = world.orders.itemAt(id).withdrawnAt;
        Reasons memory reasons;
        bool runs = moment != 0 && _now() < moment;
        _require(reasons, runs, ICatalogue.NoWithdrawalScheduled.selector);
        (bool taken, bytes memory answer) = _send(
            abi.encodeCall(ICatalogue.cancelWithdrawal, (id))
        );
        _judge(SetGuarantee.CallsDoWhatTheySay, "cancelling", reasons, taken, answer);
        if (taken) {
            world.orders.setWithdrawal(id, 0);
            _reach(SetState.WithdrawalCancelled);
        }
        _end();
    }

    function _send(bytes memory data) private returns (bool taken, bytes memory answer) {
        uint256 seed = uint256(keccak256(abi.encode(_now(), data)));
        return _callAsMember(seed, _operator(), address(world.catalogue), data);
    }

    function _listed(uint32 id) private returns (Reasons memory reasons) {
        bool listed = !world.orders.isWithdrawn(_now(), id);
        if (!listed) _reach(SetState.ItemWithdrawn);
        _require(reasons, listed, ICatalogue.ItemWithdrawn.selector);
    }

    function _order(uint256 seed) private view returns (uint256) {
        uint256 count = world.orders.orderCount();
        uint256 any = _roll(seed, "order") % (count + 1);
        if (_roll(seed, "old") % 4 == 0) return any;
        for (uint256 back = 0; back < 4 && back < count; back++) {
            uint256 id = count - back;
            if (world.orders.orderAt(id).state == ICatalogue.OrderState.Open) return id;
        }
        return any;
    }

    /// @dev An item whose withdrawal is scheduled, if there is one.
    function _leaving(uint32 id) private view returns (uint32) {
        for (uint32 other = 1; other <= world.orders.itemCount(); other++) {
            if (world.orders.itemAt(other).withdrawnAt > _now()) return other;
        }
        return id;
    }

    /// @dev The item on chain and in the ghost.
    function _compare(uint32 id) private {
        ICatalogue.Item memory chain = world.catalogue.itemOf(id);
        OrderBook.Item memory ghost = world.orders.itemAt(id);
        bool due = ghost.nextPriceAt != 0 && _now() >= ghost.nextPriceAt;
        _demand(
            chain.price == world.orders.priceAt(_now(), id) &&
                chain.scheduledPrice == (due ? 0 : ghost.nextPrice) &&
                chain.scheduledPriceAt == (due ? 0 : ghost.nextPriceAt),
            RISES,
            "another price on chain"
        );
        _demand(
            chain.stock == ghost.stock && chain.withdrawnAt == ghost.withdrawnAt,
            SetGuarantee.OrdersStandWhereTheyShould,
            "another stock or withdrawal on chain"
        );
    }
}
