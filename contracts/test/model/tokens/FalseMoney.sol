// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {TestMoney} from "./TestMoney.sol";

/// @notice Returns false and moves nothing, once it is told to.
contract FalseMoney is TestMoney {
    bool public refuses;

    constructor() TestMoney(6) {}

    function setRefuses(bool refuses_) external {
        refuses = refuses_;
    }

    function transfer(address to, uint256 amount) public override returns (bool) {
        return !refuses && super.transfer(to, amount);
    }

    function transferFrom(address from, address to, uint256 amount) public override returns (bool) {
        return !refuses && super.transferFrom(from, to, amount);
    }
}
