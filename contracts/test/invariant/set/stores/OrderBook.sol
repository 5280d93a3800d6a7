// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ICatalogue} from "../../../../src/interfaces/ICatalogue.sol";

/// @notice Ghost of the catalogue: prices as a plain list of who announced what for when, and every order.
contract OrderBook {
    struct Item {
        uint256 price;
        uint256 stock;
        uint256 nextPrice;
        uint256 nextPriceAt;
        uint256 withdrawnAt;
    }

    struct Order {
        address member;
        uint32 item;
        uint32 quantity;
        uint256 points;
        uint256 deadline;
        ICatalogue.OrderState state;
    }

    uint256 public immutable noticePeriod;
    uint256 public immutable orderDeadline;
    /// @notice Base units of points of open orders.
    uint256 public escrow;
    /// @notice Base units of points of fulfilled orders.
    uint256 public burned;
    mapping(ICatalogue.OrderState => uint256) public countOf;
    mapping(address member => mapping(bytes32 orderRef => bool)) public used;
    Item[] private items;
    Order[] private orders;

    constructor(uint256 noticePeriod_, uint256 orderDeadline_) {
        noticePeriod = noticePeriod_;
        orderDeadline = orderDeadline_;
        items.push();
        orders.push();
    }

    function addItem(uint256 price, uint256 stock) external {
        items.push(Item(price, stock, 0, 0, 0));
    }

    function setPrice(uint256 now_, uint32 id, uint256 price) external {
        Item storage item = items[id];
        item.price = priceAt(now_, id);
        (item.nextPrice, item.nextPriceAt) = (0, 0);
        if (price <= item.price) item.price = price;
        else (item.nextPrice, item.nextPriceAt) = (price, now_ + noticePeriod);
    }

    function setStock(uint32 id, uint256 stock) external {
        items[id].stock = stock;
    }

    function setWithdrawal(uint32 id, uint256 moment) external {
        items[id].withdrawnAt = moment;
    }

    function redeem(
        uint256 now_,
        address member,
        uint32 id,
        uint32 quantity,
        bytes32 orderRef
    ) external {
        uint256 cost = priceAt(now_, id) * quantity;
        used[member][orderRef] = true;
        if (items[id].stock != type(uint32).max) items[id].stock -= quantity;
        escrow += cost;
        countOf[ICatalogue.OrderState.Open]++;
        orders.push(
            Order(member, id, quantity, cost, now_ + orderDeadline, ICatalogue.OrderState.Open)
        );
    }

    function close(uint256 id, ICatalogue.OrderState state) external {
        orders[id].state = state;
        escrow -= orders[id].points;
        if (state == ICatalogue.OrderState.Fulfilled) burned += orders[id].points;
        else _restock(items[orders[id].item], orders[id].quantity);
        countOf[ICatalogue.OrderState.Open]--;
        countOf[state]++;
    }

    /// @dev The type's maximum is no number of pieces.
    function _restock(Item storage item, uint256 quantity) private {
        if (item.stock == type(uint32).max) return;
        item.stock += quantity;
        if (item.stock >= type(uint32).max) item.stock = type(uint32).max - 1;
    }

    function priceAt(uint256 now_, uint32 id) public view returns (uint256) {
        Item storage item = items[id];
        return item.nextPriceAt != 0 && now_ >= item.nextPriceAt ? item.nextPrice : item.price;
    }

    function isWithdrawn(uint256 now_, uint32 id) external view returns (bool) {
        return items[id].withdrawnAt != 0 && now_ >= items[id].withdrawnAt;
    }

    function itemCount() external view returns (uint32) {
        return uint32(items.length - 1);
    }

    function itemAt(uint32 id) external view returns (Item memory) {
        return items[id];
    }

    function orderCount() external view returns (uint256) {
        return orders.length - 1;
    }

    function orderAt(uint256 id) external view returns (Order memory) {
        return orders[id];
    }
}
