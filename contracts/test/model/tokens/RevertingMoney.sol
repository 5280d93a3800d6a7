// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {TestMoney} from "./TestMoney.sol";

/// @notice Reverts whatever it is asked, also for balances, once it is told to: a token that is paused or gone.
contract RevertingMoney is TestMoney {
    error Paused();

    bool public paused;

    constructor() TestMoney(6) {}

    modifier whileNotPaused() {
        if (paused) revert Paused();
        _;
    }

    function setPaused(bool paused_) external {
        paused = paused_;
    }

    function balanceOf(address account) public view override whileNotPaused returns (uint256) {
        return super.balanceOf(account);
    }

    function transfer(address to, uint256 amount) public override whileNotPaused returns (bool) {
        return super.transfer(to, amount);
    }

    function transferFrom(
        address from,
        address to,
        uint256 amount
    ) public override whileNotPaused returns (bool) {
        return super.transferFrom(from, to, amount);
    }
}
