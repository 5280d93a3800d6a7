// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice What a buyback needs of Points, with balances of any size and without rules, epochs and modules.
contract PlainPoints is ERC20 {
    address public operator;

    constructor(address operator_) ERC20("Plain points", "PP") {
        operator = operator_;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function pull(address member, uint256 amount) external {
        _transfer(member, msg.sender, amount);
    }

    function burn(uint256 amount) external {
        _burn(msg.sender, amount);
    }

    function decimals() public pure override returns (uint8) {
        return 2;
    }
}
