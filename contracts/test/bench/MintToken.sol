// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title MintToken: the comparison, one plain OpenZeppelin mint transaction for each action
/// @notice Anybody may mint: no rules, no caps, no protection against repetition. For measurements only.
contract MintToken is ERC20 {
    constructor() ERC20("Comparison", "CMP") {}

    /// @notice Mints `amount` to `account`.
    function mint(address account, uint256 amount) external {
        _mint(account, amount);
    }
}
