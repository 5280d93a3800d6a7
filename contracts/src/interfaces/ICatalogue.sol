// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @notice What a catalogue is created with. Nothing of it ever changes.
/// @param points The program's Points contract.
/// @param noticePeriod Seconds between scheduling a price rise or a withdrawal and its effect.
/// @param orderDeadline Seconds that the operator has to fulfil an order.
struct CatalogueSettings {
    address points;
    uint32 noticePeriod;
    uint32 orderDeadline;
}

/// @title Catalogue: points for things, with the points in escrow until the thing is there
/// @notice Lists items and holds ordered points until the operator has fulfilled the order (they are burned) or it
/// is refunded. What makes an item worse for members takes effect one notice period after it was scheduled.
/// @dev A better price, more stock or a new item is there at once; a higher price or the withdrawal of an item
/// waits for its notice. The operator may refund any time, anybody from the deadline on. Fulfilment is the
/// operator's word; refused and overdue orders are counted in public.
interface ICatalogue {
    enum OrderState {
        None,
        Open,
        Fulfilled,
        Refused,
        Overdue
    }

    /// @notice One thing in the catalogue.
    /// @param price Base units of points for one piece, now.
    /// @param stock Pieces that can still be ordered; the type's maximum stands for "as many as wanted" and never falls.
    /// @param scheduledPrice Base units from `scheduledPriceAt` on.
    /// @param scheduledPriceAt Unix seconds; 0 while no price rise is scheduled.
    /// @param withdrawnAt Unix seconds from which it can't be ordered; 0 while no withdrawal is scheduled.
    /// @param textHash keccak256 of the text, which is in `ItemAdded` and never changes.
    struct Item {
        uint96 price;
        uint32 stock;
        uint96 scheduledPrice;
        uint64 scheduledPriceAt;
        uint64 withdrawnAt;
        bytes32 textHash;
    }

    /// @notice One redemption.
    /// @param member Who ordered and whose points are in escrow.
    /// @param item Number of the item.
    /// @param quantity Pieces.
    /// @param points Base units in escrow while it is open.
    /// @param deadline Unix seconds; from then on anybody may refund it and it can't be fulfilled.
    /// @param state Where it stands.
    struct Order {
        address member;
        uint32 item;
        uint32 quantity;
        uint96 points;
        uint64 deadline;
        OrderState state;
    }

    /// @notice An item was added.
    /// @param item Sequential, from 1.
    event ItemAdded(uint32 indexed item, uint96 price, uint32 stock, string text);

    /// @notice The price changed at once: it is not higher than before. A scheduled rise is dropped.
    event PriceCut(uint32 indexed item, uint96 price);

    /// @notice The price rises at a moment (unix seconds). An earlier schedule is replaced.
    event PriceRiseScheduled(uint32 indexed item, uint96 price, uint64 takesEffectAt);

    /// @notice There is more of an item.
    /// @param stock Pieces that can be ordered now.
    event StockAdded(uint32 indexed item, uint32 added, uint32 stock);

    /// @notice An item can't be ordered any more from a moment (unix seconds) on.
    event WithdrawalScheduled(uint32 indexed item, uint64 takesEffectAt);

    /// @notice A withdrawal was cancelled.
    event WithdrawalCancelled(uint32 indexed item);

    /// @notice Points went into escrow for an order.
    /// @param order Sequential, from 1.
    /// @param points Base units.
    /// @param deadline Unix seconds.
    /// @param orderRef The member's own reference, used once.
    /// @param stock Pieces of the item that are left.
    event Redeemed(
        uint256 indexed order,
        address indexed member,
        uint32 indexed item,
        uint32 quantity,
        uint96 points,
        uint64 deadline,
        bytes32 orderRef,
        uint32 stock
    );

    /// @notice The operator says that the order is fulfilled; its points are burned.
    event OrderFulfilled(uint256 indexed order, address indexed member, uint96 points);

    /// @notice The points of an order went back to its member.
    /// @param overdue False: the operator refused it before the deadline. True: the deadline had passed.
    /// @param stock Pieces of the item that can be ordered now; what was ordered is among them again.
    event OrderRefunded(
        uint256 indexed order,
        address indexed member,
        uint96 points,
        bool overdue,
        uint32 stock
    );

    /// @notice The caller is not the operator.
    error NotOperator(address caller);
    /// @notice A setting is impossible.
    /// @param field Name of the setting.
    error InvalidSetting(string field);
    /// @notice A field of an item is out of its bounds.
    /// @param field Name of the field.
    /// @param lowest Least value that would have been right.
    /// @param highest Greatest value that would have been right.
    error ItemOutOfBounds(string field, uint256 lowest, uint256 highest);
    /// @notice There is no such item.
    error UnknownItem(uint32 item);
    /// @notice The item is withdrawn.
    error ItemWithdrawn(uint32 item);
    /// @notice No withdrawal of this item is scheduled that could be cancelled.
    error NoWithdrawalScheduled(uint32 item);
    /// @notice There are fewer pieces left.
    error OutOfStock(uint32 item, uint32 stock);
    /// @notice The price is higher than the member agreed to.
    error PriceTooHigh(uint96 price, uint96 maxPrice);
    /// @notice An order is of at least one piece.
    error ZeroQuantity();
    /// @notice This member has used this reference before.
    error OrderRefUsed(address member, bytes32 orderRef);
    /// @notice The order is not open.
    error OrderNotOpen(uint256 order, OrderState state);
    /// @notice The deadline (unix seconds) has passed: the order can only be refunded.
    error DeadlinePassed(uint64 deadline);
    /// @notice Only the operator may refund an order before its deadline (unix seconds).
    error DeadlineNotReached(uint64 deadline);

    /// @notice Initialises a clone. The factory calls it as it creates one; it works once.
    function initialize(CatalogueSettings calldata settings) external;

    /// @notice Adds an item. Operator only.
    /// @param price Base units of points for one piece, at least 1.
    /// @param stock Pieces; the type's maximum for "as many as wanted".
    /// @param text Plain words for members, 1 to 512 bytes.
    /// @return item Its number.
    function addItem(
        uint96 price,
        uint32 stock,
        string calldata text
    ) external returns (uint32 item);

    /// @notice Sets the price: at once if it is not higher than the price now, else one notice period from now. Operator
    /// only.
    /// @dev Replaces what was scheduled. Not for a withdrawn item.
    function setPrice(uint32 item, uint96 price) external;

    /// @notice Adds pieces to an item that is not withdrawn. Operator only.
    /// @param added At least 1; up to the type's maximum in all, which makes it "as many as wanted".
    function addStock(uint32 item, uint32 added) external;

    /// @notice Withdraws an item one notice period from now; one that is scheduled already keeps its moment, without an
    /// event. Operator only.
    function scheduleWithdrawal(uint32 item) external;

    /// @notice Keeps an item whose withdrawal is scheduled and has not taken effect. Operator only.
    function cancelWithdrawal(uint32 item) external;

    /// @notice Orders pieces of an item: the caller's points go into escrow.
    /// @param quantity Pieces, at least 1.
    /// @param maxPrice Base units for one piece that the member agrees to at most.
    /// @param orderRef The member's own reference; a second order with it is refused.
    /// @return order Number of the order.
    function redeem(
        uint32 item,
        uint32 quantity,
        uint96 maxPrice,
        bytes32 orderRef
    ) external returns (uint256 order);

    /// @notice Burns the points of an open order before its deadline: the operator's word that it was fulfilled.
    function fulfil(uint256 order) external;

    /// @notice Returns the points of an open order to its member: by the operator any time, by anybody from the
    /// deadline on. The stock stays as it is: whether the thing can still be had is the operator's to say.
    function refund(uint256 order) external;

    /// @notice Returns the program's Points contract.
    function points() external view returns (address);

    /// @notice Returns the notice of a price rise or a withdrawal in seconds.
    function noticePeriod() external view returns (uint32);

    /// @notice Returns the seconds that the operator has to fulfil an order.
    function orderDeadline() external view returns (uint32);

    /// @notice Returns how many items were added; also the number of the newest one.
    function itemCount() external view returns (uint32);

    /// @notice Returns an item; all zero where there is none.
    function itemOf(uint32 item) external view returns (Item memory);

    /// @notice Returns how many orders there were; also the number of the newest one.
    function orderCount() external view returns (uint256);

    /// @notice Returns an order; of state None where there is none.
    function orderOf(uint256 order) external view returns (Order memory);

    /// @notice Returns the number of the order that a member made under a reference; 0 for none.
    function orderByRef(address member, bytes32 orderRef) external view returns (uint256 order);

    /// @notice Returns how many orders stand where.
    function counts()
        external
        view
        returns (uint64 open, uint64 fulfilled, uint64 refused, uint64 overdue);
}
