// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {TestMoney} from "./TestMoney.sol";

/// @notice Keeps a part of every transfer, once a fee is set: the receiver gets less than was sent.
contract FeeMoney is TestMoney {
    uint256 private constant WHOLE_BPS = 10_000;

    uint256 public feeBps;

    constructor() TestMoney(6) {}

    function setFee(uint256 feeBps_) external {
        feeBps = feeBps_;
    }

    function _update(address from, address to, uint256 amount) internal override {
        uint256 fee = 0;
        if (from != address(0) && to != address(0)) fee = (amount * feeBps) / WHOLE_BPS;
        if (fee != 0) super._update(from, address(0), fee);
        super._update(from, to, amount - fee);
    }
}
