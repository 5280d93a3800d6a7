// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {TestMoney} from "./TestMoney.sol";

/// @notice Changes anybody's balance as it likes, up or down: a rebase, a seizure, a theft.
contract ArbitraryMoney is TestMoney {
    constructor() TestMoney(6) {}

    function setBalance(address account, uint256 balance) external {
        uint256 present = balanceOf(account);
        if (balance > present) _mint(account, balance - present);
        else _burn(account, present - balance);
    }
}
