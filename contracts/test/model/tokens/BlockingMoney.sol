// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {TestMoney} from "./TestMoney.sol";

/// @notice Moves nothing from or to accounts on its list, as tokens of banks do.
contract BlockingMoney is TestMoney {
    error Blocked(address account);

    mapping(address account => bool) public isBlocked;

    constructor() TestMoney(6) {}

    function setBlocked(address account, bool blocked) external {
        isBlocked[account] = blocked;
    }

    function _update(address from, address to, uint256 amount) internal override {
        if (isBlocked[from]) revert Blocked(from);
        if (isBlocked[to]) revert Blocked(to);
        super._update(from, to, amount);
    }
}
