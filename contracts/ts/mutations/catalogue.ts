import { mutationsOf } from './mutation.ts';

const ITEMS = [
  'unit/catalogue/addItem',
  'unit/catalogue/setPrice',
  'unit/catalogue/addStock',
  'unit/catalogue/scheduleWithdrawal',
  'unit/catalogue/cancelWithdrawal',
];
const ORDERS = ['unit/catalogue/redeem', 'unit/catalogue/fulfil', 'unit/catalogue/refund'];

export const CATALOGUE_MUTATIONS = [
  ...mutationsOf('Catalogue.sol', ITEMS, [
    [
      'anybody edits the catalogue and fulfils orders',
      'if (!_isOperator(caller)) revert NotOperator(caller);',
      '',
    ],
    [
      'an operator without gas fulfils nothing',
      'address caller = _msgSender();',
      'address caller = msg.sender;',
      ['unit/catalogue/fulfil'],
    ],
    [
      'an item is given away',
      `_requireWithin(price, 1, type(uint96).max, "price");
        _requireWithin(bytes`,
      '_requireWithin(bytes',
    ],
    [
      'the text in the log is not the one that was hashed',
      'keccak256(bytes(text))',
      'keccak256("")',
    ],
    [
      'a higher price holds at once',
      'listing.scheduledPriceAt = takesEffectAt;',
      'listing.price = price; listing.scheduledPriceAt = takesEffectAt;',
    ],
    [
      'a rise comes without notice',
      '_noticePeriod;\n            listing.scheduled',
      '0;\n            listing.scheduled',
    ],
    [
      'a rise that was cancelled comes all the same',
      `listing.scheduledPriceAt = 0;
            listing.scheduledPrice = 0;
            emit PriceCut`,
      'emit PriceCut',
    ],
    [
      'a new price is compared with one that is no longer asked',
      `_applyDuePrice(listing);
        if (price <= listing.price) {`,
      'if (price <= listing.price) {',
    ],
    [
      'members see the old price after a rise',
      'listing.price = listing.scheduledPrice;\n            listing.scheduledPrice = 0;',
      'listing.scheduledPrice = 0;',
    ],
    [
      'a price or a withdrawal is due a second late',
      'moment <= block.timestamp',
      'moment < block.timestamp',
    ],
    ['scheduling a withdrawal again puts it off', 'if (listing.withdrawnAt != 0) return;', ''],
    [
      'an item is withdrawn without notice',
      `_noticePeriod;
        listing.withdrawnAt = takesEffectAt;`,
      `0;
        listing.withdrawnAt = takesEffectAt;`,
    ],
    [
      'a withdrawn item comes back',
      'if (withdrawnAt == 0 || _isDue(withdrawnAt))',
      'if (withdrawnAt == 0)',
    ],
    ['new stock replaces the old', 'uint32 stock = before + added;', 'uint32 stock = added;'],
  ]),
  ...mutationsOf('Catalogue.sol', ORDERS, [
    [
      'a withdrawn item is sold',
      'if (_isDue(listing.withdrawnAt)) revert ItemWithdrawn(item);',
      '',
    ],
    ['an item that is not there is sold', 'if (listing.price == 0) revert UnknownItem(item);', ''],
    [
      'the forwarder orders in its own name',
      'address member = _msgSender();',
      'address member = msg.sender;',
    ],
    ['an order of nothing is taken', 'if (quantity == 0) revert ZeroQuantity();', ''],
    [
      'a reference is used twice',
      'if (orderByRef[member][orderRef] != 0) revert OrderRefUsed(member, orderRef);',
      '',
    ],
    [
      'a member pays more than it agreed to',
      'if (price > maxPrice) revert PriceTooHigh(price, maxPrice);',
      '',
    ],
    [
      'more is sold than there is',
      `if (quantity > stock) revert OutOfStock(item, stock);
            stock -= quantity;`,
      'unchecked { stock -= quantity; }',
    ],
    ['sold pieces stay in stock', 'listing.stock = stock;\n        }', '}'],
    ['as many as wanted runs out', 'if (stock != UNLIMITED) {', '{'],
    ['many pieces cost as much as one', 'uint256(price) * quantity', 'uint256(price)'],
    [
      'a cost beyond 96 bits is cut',
      'SafeCast.toUint96(uint256(price) * quantity)',
      'uint96(uint256(price) * quantity)',
    ],
    [
      'an order has no time to be fulfilled',
      'uint64(block.timestamp) + _orderDeadline',
      'uint64(block.timestamp)',
    ],
    ['a member orders for free', 'IPoints(_points).pull(member, cost);', ''],
    ['orders share a number', 'order = orderCount() + 1;', 'order = _counts.open + 1;'],
    [
      'an order is fulfilled at its deadline',
      'if (block.timestamp >= deadline) revert DeadlinePassed(deadline);',
      'if (block.timestamp > deadline) revert DeadlinePassed(deadline);',
    ],
    ['an order is fulfilled twice', 'ordered.state = OrderState.Fulfilled;', ''],
    ['fulfilled points stay in escrow', 'IPoints(_points).burn(cost);', ''],
    [
      'a fulfilled order stays counted as open',
      `_counts.open--;
        _counts.fulfilled++;`,
      '_counts.fulfilled++;',
    ],
    [
      'anybody refuses an order before its deadline',
      'if (!overdue && !_isOperator(_msgSender())) revert DeadlineNotReached(deadline);',
      '',
    ],
    [
      'an operator without gas refuses nothing',
      'if (!overdue && !_isOperator(_msgSender()))',
      'if (!overdue && !_isOperator(msg.sender))',
    ],
    [
      'an item is sold out by refunds',
      'stock = uint32(Math.min(uint256(stock) + quantity, UNLIMITED - 1));',
      '',
    ],
    ['a refund ends what was there as many as wanted', 'if (stock == UNLIMITED) return stock;', ''],
    [
      'a refund makes a thing there as many as wanted',
      'Math.min(uint256(stock) + quantity, UNLIMITED - 1)',
      'Math.min(uint256(stock) + quantity, UNLIMITED)',
    ],
    ['a refund needs the operator for ever', 'if (!overdue && !_isOperator', 'if (!_isOperator'],
    [
      'a refund is due a second late',
      'bool overdue = block.timestamp >= deadline;',
      'bool overdue = block.timestamp > deadline;',
    ],
    [
      'an operator makes an overdue order look refused',
      'bool overdue = block.timestamp >= deadline;',
      'bool overdue = block.timestamp >= deadline && !_isOperator(msg.sender);',
    ],
    [
      'an order is refunded twice',
      'ordered.state = overdue ? OrderState.Overdue : OrderState.Refused;',
      '',
    ],
    [
      'the caller who asks for a refund gets it',
      '.safeTransfer(member, cost)',
      '.safeTransfer(msg.sender, cost)',
    ],
    ['refused orders are not counted', 'else _counts.refused++;', ''],
    [
      'a settled order is open',
      'if (state != OrderState.Open) revert OrderNotOpen(order, state);',
      'if (state == OrderState.None) revert OrderNotOpen(order, state);',
    ],
  ]),
  ...mutationsOf(
    'Catalogue.sol',
    ['unit/catalogue/catalogueSettings'],
    [
      [
        'a catalogue is taken over by initialising it again',
        'external initializer {',
        'external {',
      ],
      ['the implementation is taken over', '_disableInitializers();', ''],
      [
        'orders have no deadline',
        'if (settings.orderDeadline == 0) revert InvalidSetting("orderDeadline");',
        '',
      ],
    ],
  ),
];
