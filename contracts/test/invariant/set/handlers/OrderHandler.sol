// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ICatalogue} from "../../../../src/interfaces/ICatalogue.sol";
import {OrderBook} from "../stores/OrderBook.sol";
import {SetGuarantee} from "../stores/SetGuarantees.sol";
import {SetState} from "../stores/SetReached.sol";
import {Reasons, SetHandler, SetWorld} from "./SetHandler.sol";

/// @notice Members order; strangers refund what is overdue.
contract OrderHandler is SetHandler {
    /// @dev What a member orders.
    struct Draft {
        address member;
        uint32 item;
        uint32 quantity;
        uint96 maxPrice;
        bytes32 orderRef;
        uint256 price;
    }

    constructor(SetWorld memory world_) SetHandler(world_) {}

    function redeem(uint256 seed) external inTime {
        Draft memory draft = _draft(seed);
        uint256 cost = draft.price * draft.quantity;
        Reasons memory reasons = _reasons(draft, cost);
        (bool taken, bytes memory answer) = _callAsMember(
            seed,
            draft.member,
            address(world.catalogue),
            abi.encodeCall(
                ICatalogue.redeem,
                (draft.item, draft.quantity, draft.maxPrice, draft.orderRef)
            )
        );
        _judge(SetGuarantee.OrdersStandWhereTheyShould, "order", reasons, taken, answer);
        if (taken) {
            _noteTaken(draft.item);
            world.orders.redeem(_now(), draft.member, draft.item, draft.quantity, draft.orderRef);
            _expectMove(draft.member, address(world.catalogue), cost);
            _demand(
                abi.decode(answer, (uint256)) == world.orders.orderCount(),
                SetGuarantee.OrdersStandWhereTheyShould,
                "orders are not sequential"
            );
        } else _reach(SetState.RedeemRefused);
        _end();
    }

    /// @notice Another account than the operator refunds, from the deadline on.
    function refund(uint256 seed) external inTime {
        uint256 count = world.orders.orderCount();
        if (count == 0) return;
        uint256 id = 1 + (_roll(seed, "order") % count);
        for (uint256 i = 0; i < 8 && seed % 6 != 0; i++) {
            if (world.orders.orderAt(id).state == ICatalogue.OrderState.Open) break;
            id = 1 + (id % count);
        }
        OrderBook.Order memory order = world.orders.orderAt(id);
        Reasons memory reasons;
        bool open = order.state == ICatalogue.OrderState.Open;
        _require(reasons, open, ICatalogue.OrderNotOpen.selector);
        _require(reasons, _now() >= order.deadline, ICatalogue.DeadlineNotReached.selector);
        (bool taken, bytes memory answer) = _call(
            _person(_roll(seed, "caller")),
            address(world.catalogue),
            abi.encodeCall(ICatalogue.refund, (id))
        );
        _judge(SetGuarantee.OrdersStandWhereTheyShould, "refund", reasons, taken, answer);
        if (taken) {
            _expectMove(address(world.catalogue), order.member, order.points);
            world.orders.close(id, ICatalogue.OrderState.Overdue);
        }
        _reach(taken ? SetState.OverdueRefunded : SetState.RefundRefused);
        _end();
    }

    function _draft(uint256 seed) private view returns (Draft memory draft) {
        uint32 count = world.orders.itemCount();
        draft.member = _holder(seed, 600);
        draft.item = uint32(1 + (_roll(seed, "item") % (count == 0 ? 1 : count)));
        if (_roll(seed, "unknown") % 16 == 0) draft.item = count + 1;
        draft.quantity = uint32(1 + (_roll(seed, "quantity") % 3));
        if (_roll(seed, "odd") % 12 == 0) {
            draft.quantity = seed % 2 == 0 ? 0 : type(uint32).max;
        }
        if (draft.item <= count) draft.price = world.orders.priceAt(_now(), draft.item);
        draft.maxPrice = uint96(draft.price);
        if (draft.price > 0 && _roll(seed, "less") % 8 == 0) draft.maxPrice--;
        draft.orderRef = bytes32(_roll(seed, "ref") % 64);
    }

    function _reasons(Draft memory draft, uint256 cost) private returns (Reasons memory reasons) {
        bool known = draft.item <= world.orders.itemCount();
        _require(reasons, known, ICatalogue.UnknownItem.selector);
        if (!known) return reasons;
        bool listed = !world.orders.isWithdrawn(_now(), draft.item);
        bool fresh = !world.orders.used(draft.member, draft.orderRef);
        uint256 stock = world.orders.itemAt(draft.item).stock;
        bool enough = stock == type(uint32).max || draft.quantity <= stock;
        if (!listed) _reach(SetState.ItemWithdrawn);
        _require(reasons, listed, ICatalogue.ItemWithdrawn.selector);
        _require(reasons, draft.quantity > 0, ICatalogue.ZeroQuantity.selector);
        _require(reasons, fresh, ICatalogue.OrderRefUsed.selector);
        bool agreed = draft.price <= draft.maxPrice;
        _require(reasons, agreed, ICatalogue.PriceTooHigh.selector);
        _require(reasons, enough, ICatalogue.OutOfStock.selector);
        _require(reasons, cost <= token.balanceOf(draft.member), NOT_ENOUGH);
    }

    function _noteTaken(uint32 item) private {
        _reach(SetState.Redeemed);
        OrderBook.Item memory ghost = world.orders.itemAt(item);
        if (ghost.nextPriceAt == 0) return;
        bool risen = _now() >= ghost.nextPriceAt;
        _reach(risen ? SetState.PaidRaisedPrice : SetState.OrderedBeforeRise);
    }
}
