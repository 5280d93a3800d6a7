// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IPoints} from "../../src/interfaces/IPoints.sol";

/// @notice The least that a module is: takes points of whoever calls it into escrow, and gives them
/// back.
contract EscrowModule {
    function take(IPoints points, uint256 amount) external {
        points.pull(msg.sender, amount);
    }

    function giveBack(IPoints points, address to, uint256 amount) external {
        require(IERC20(address(points)).transfer(to, amount), "transfer said no");
    }
}
