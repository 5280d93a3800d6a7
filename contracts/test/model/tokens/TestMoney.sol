// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice A plain settlement token, of which anybody mints as much as they like. The hostile ones differ from it in one
/// thing each, which a test switches on when it wants: a token may be plain for years.
contract TestMoney is ERC20 {
    uint8 private immutable _decimals;

    constructor(uint8 decimals_) ERC20("Money", "MON") {
        _decimals = decimals_;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function decimals() public view override returns (uint8) {
        return _decimals;
    }
}
