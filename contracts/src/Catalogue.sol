// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {CatalogueSettings, ICatalogue} from "./interfaces/ICatalogue.sol";
import {IPoints} from "./interfaces/IPoints.sol";

/// @title Catalogue: points for things, with the points in escrow until the thing is there
/// @notice What anybody may rely on, and what it rests on:
///
/// NO ORDER IS WITHOUT A WAY BACK. From its deadline on an order can't be fulfilled, and anybody can have its points
/// returned to its member. Nothing here can be paused, and no other call moves points that are in escrow.
///
/// NOTHING GETS WORSE AT ONCE. A higher price and a withdrawal wait one notice period. Stock never falls but by orders, and
/// what is refunded comes back: an item can't be sold out by orders that come to nothing.
///
/// THE OPERATOR IS TRUSTED FOR FULFILMENT. That a thing was handed over is the operator's word; orders that it refused
/// or let run out are counted.
///
/// POINTS IS TRUSTED. It is the program's own token, which has no hooks and moves exactly what it is asked to.
contract Catalogue is ICatalogue, Initializable, ERC2771Context {
    using SafeERC20 for IERC20;

    /// @dev Stands for "as many as wanted".
    uint32 private constant UNLIMITED = type(uint32).max;
    uint256 private constant MAX_TEXT_BYTES = 512;

    /// @dev Like `Item`, in the order in which an order needs it: all but a price that has become due in one word.
    struct Listing {
        uint96 price;
        uint32 stock;
        uint64 scheduledPriceAt;
        uint64 withdrawnAt;
        uint96 scheduledPrice;
        bytes32 textHash;
    }

    /// @dev One word.
    struct Counts {
        uint64 open;
        uint64 fulfilled;
        uint64 refused;
        uint64 overdue;
    }

    // One word.
    address private _points;
    uint32 private _noticePeriod;
    uint32 private _orderDeadline;
    uint32 private _itemCount;

    Counts private _counts;
    mapping(uint32 item => Listing) private _listings;
    mapping(uint256 order => Order) private _orders;
    /// @inheritdoc ICatalogue
    mapping(address member => mapping(bytes32 orderRef => uint256 order)) public orderByRef;

    modifier onlyOperator() {
        address caller = _msgSender();
        if (!_isOperator(caller)) revert NotOperator(caller);
        _;
    }

    /// @param forwarder The ERC-2771 forwarder that every clone trusts, for members and for the operator.
    constructor(address forwarder) ERC2771Context(forwarder) {
        _disableInitializers();
    }

    /// @inheritdoc ICatalogue
    function initialize(CatalogueSettings calldata settings) external initializer {
        if (settings.points == address(0)) revert InvalidSetting("points");
        if (settings.noticePeriod == 0) revert InvalidSetting("noticePeriod");
        // An order of this very second could not be fulfilled.
        if (settings.orderDeadline == 0) revert InvalidSetting("orderDeadline");
        _points = settings.points;
        _noticePeriod = settings.noticePeriod;
        _orderDeadline = settings.orderDeadline;
    }

    /// @inheritdoc ICatalogue
    function addItem(
        uint96 price,
        uint32 stock,
        string calldata text
    ) external onlyOperator returns (uint32 item) {
        _requireWithin(price, 1, type(uint96).max, "price");
        _requireWithin(bytes(text).length, 1, MAX_TEXT_BYTES, "text");
        item = ++_itemCount;
        Listing storage listing = _listings[item];
        listing.price = price;
        listing.stock = stock;
        listing.textHash = keccak256(bytes(text));
        emit ItemAdded(item, price, stock, text);
    }

    /// @inheritdoc ICatalogue
    function setPrice(uint32 item, uint96 price) external onlyOperator {
        Listing storage listing = _listed(item);
        _requireWithin(price, 1, type(uint96).max, "price");
        _applyDuePrice(listing);
        if (price <= listing.price) {
            listing.price = price;
            listing.scheduledPriceAt = 0;
            listing.scheduledPrice = 0;
            emit PriceCut(item, price);
        } else {
            uint64 takesEffectAt = uint64(block.timestamp) + _noticePeriod;
            listing.scheduledPriceAt = takesEffectAt;
            listing.scheduledPrice = price;
            emit PriceRiseScheduled(item, price, takesEffectAt);
        }
    }

    /// @inheritdoc ICatalogue
    function addStock(uint32 item, uint32 added) external onlyOperator {
        Listing storage listing = _listed(item);
        uint32 before = listing.stock;
        _requireWithin(added, 1, UNLIMITED - before, "added");
        uint32 stock = before + added;
        listing.stock = stock;
        emit StockAdded(item, added, stock);
    }

    /// @inheritdoc ICatalogue
    function scheduleWithdrawal(uint32 item) external onlyOperator {
        Listing storage listing = _listed(item);
        if (listing.withdrawnAt != 0) return;
        uint64 takesEffectAt = uint64(block.timestamp) + _noticePeriod;
        listing.withdrawnAt = takesEffectAt;
        emit WithdrawalScheduled(item, takesEffectAt);
    }

    /// @inheritdoc ICatalogue
    function cancelWithdrawal(uint32 item) external onlyOperator {
        Listing storage listing = _known(item);
        uint64 withdrawnAt = listing.withdrawnAt;
        if (withdrawnAt == 0 || _isDue(withdrawnAt)) revert NoWithdrawalScheduled(item);
        listing.withdrawnAt = 0;
        emit WithdrawalCancelled(item);
    }

    /// @inheritdoc ICatalogue
    function redeem(
        uint32 item,
        uint32 quantity,
        uint96 maxPrice,
        bytes32 orderRef
    ) external returns (uint256 order) {
        address member = _msgSender();
        Listing storage listing = _listed(item);
        if (quantity == 0) revert ZeroQuantity();
        if (orderByRef[member][orderRef] != 0) revert OrderRefUsed(member, orderRef);
        _applyDuePrice(listing);
        uint96 price = listing.price;
        if (price > maxPrice) revert PriceTooHigh(price, maxPrice);
        uint32 stock = listing.stock;
        if (stock != UNLIMITED) {
            if (quantity > stock) revert OutOfStock(item, stock);
            stock -= quantity;
            listing.stock = stock;
        }
        uint96 cost = SafeCast.toUint96(uint256(price) * quantity);
        uint64 deadline = uint64(block.timestamp) + _orderDeadline;
        order = orderCount() + 1;
        _counts.open++;
        orderByRef[member][orderRef] = order;
        _orders[order] = Order(member, item, quantity, cost, deadline, OrderState.Open);
        emit Redeemed(order, member, item, quantity, cost, deadline, orderRef, stock);
        IPoints(_points).pull(member, cost);
    }

    /// @inheritdoc ICatalogue
    function fulfil(uint256 order) external onlyOperator {
        Order storage ordered = _open(order);
        uint64 deadline = ordered.deadline;
        if (block.timestamp >= deadline) revert DeadlinePassed(deadline);
        uint96 cost = ordered.points;
        ordered.state = OrderState.Fulfilled;
        _counts.open--;
        _counts.fulfilled++;
        emit OrderFulfilled(order, ordered.member, cost);
        IPoints(_points).burn(cost);
    }

    /// @inheritdoc ICatalogue
    function refund(uint256 order) external {
        Order storage ordered = _open(order);
        uint64 deadline = ordered.deadline;
        // Told by the clock, for any caller: an operator can't make an overdue order look refused.
        bool overdue = block.timestamp >= deadline;
        if (!overdue && !_isOperator(_msgSender())) revert DeadlineNotReached(deadline);
        address member = ordered.member;
        uint96 cost = ordered.points;
        ordered.state = overdue ? OrderState.Overdue : OrderState.Refused;
        _counts.open--;
        if (overdue) _counts.overdue++;
        else _counts.refused++;
        uint32 stock = _restock(_listings[ordered.item], ordered.quantity);
        emit OrderRefunded(order, member, cost, overdue, stock);
        IERC20(_points).safeTransfer(member, cost);
    }

    /// @inheritdoc ICatalogue
    function points() external view returns (address) {
        return _points;
    }

    /// @inheritdoc ICatalogue
    function noticePeriod() external view returns (uint32) {
        return _noticePeriod;
    }

    /// @inheritdoc ICatalogue
    function orderDeadline() external view returns (uint32) {
        return _orderDeadline;
    }

    /// @inheritdoc ICatalogue
    function itemCount() external view returns (uint32) {
        return _itemCount;
    }

    /// @inheritdoc ICatalogue
    function itemOf(uint32 item) external view returns (Item memory) {
        Listing memory listing = _listings[item];
        if (_isDue(listing.scheduledPriceAt)) {
            listing.price = listing.scheduledPrice;
            listing.scheduledPrice = 0;
            listing.scheduledPriceAt = 0;
        }
        return
            Item({
                price: listing.price,
                stock: listing.stock,
                scheduledPrice: listing.scheduledPrice,
                scheduledPriceAt: listing.scheduledPriceAt,
                withdrawnAt: listing.withdrawnAt,
                textHash: listing.textHash
            });
    }

    /// @inheritdoc ICatalogue
    function orderCount() public view returns (uint256) {
        // Every order is in exactly one of the counts, so they number the orders too.
        Counts memory count = _counts;
        return uint256(count.open) + count.fulfilled + count.refused + count.overdue;
    }

    /// @inheritdoc ICatalogue
    function orderOf(uint256 order) external view returns (Order memory) {
        return _orders[order];
    }

    /// @inheritdoc ICatalogue
    function counts()
        external
        view
        returns (uint64 open, uint64 fulfilled, uint64 refused, uint64 overdue)
    {
        Counts memory count = _counts;
        return (count.open, count.fulfilled, count.refused, count.overdue);
    }

    function _isOperator(address account) private view returns (bool) {
        return account == IPoints(_points).operator();
    }

    function _known(uint32 item) private view returns (Listing storage listing) {
        listing = _listings[item];
        if (listing.price == 0) revert UnknownItem(item);
    }

    /// @dev An item that is not withdrawn.
    function _listed(uint32 item) private view returns (Listing storage listing) {
        listing = _known(item);
        if (_isDue(listing.withdrawnAt)) revert ItemWithdrawn(item);
    }

    function _open(uint256 order) private view returns (Order storage ordered) {
        ordered = _orders[order];
        OrderState state = ordered.state;
        if (state != OrderState.Open) revert OrderNotOpen(order, state);
    }

    /// @dev Makes a scheduled price whose moment has come the price.
    function _applyDuePrice(Listing storage listing) private {
        if (!_isDue(listing.scheduledPriceAt)) return;
        listing.price = listing.scheduledPrice;
        listing.scheduledPriceAt = 0;
        listing.scheduledPrice = 0;
    }

    /// @dev Stays below what stands for "as many as wanted", which only the operator may promise.
    function _restock(Listing storage listing, uint32 quantity) private returns (uint32 stock) {
        stock = listing.stock;
        if (stock == UNLIMITED) return stock;
        stock = uint32(Math.min(uint256(stock) + quantity, UNLIMITED - 1));
        listing.stock = stock;
    }

    /// @dev Whether a moment that is set (not 0) has come.
    function _isDue(uint64 moment) private view returns (bool) {
        return moment != 0 && moment <= block.timestamp;
    }

    function _requireWithin(
        uint256 value,
        uint256 lowest,
        uint256 highest,
        string memory field
    ) private pure {
        if (value < lowest || value > highest) revert ItemOutOfBounds(field, lowest, highest);
    }
}
