// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Vm} from "forge-std/Vm.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IPoints} from "../../../src/interfaces/IPoints.sol";

/// @notice What the logs alone say: balances, supply, what was minted for whom and when.
contract LogLedger {
    IPoints public immutable points;
    address[] private holders;
    mapping(address holder => bool) public isHolder;
    mapping(address holder => uint256) public balance;
    mapping(address member => mapping(uint32 epoch => uint256)) public settledFor;
    mapping(uint32 clockEpoch => uint256) public mintedDuring;
    uint256 public minted;
    uint256 public burned;
    uint256 public movedFreely;

    constructor(IPoints points_, address[] memory holders_) {
        points = points_;
        holders = holders_;
        for (uint256 i = 0; i < holders_.length; i++) isHolder[holders_[i]] = true;
    }

    /// @notice Reads the logs of one call.
    /// @return mintedNow Base units that came into being.
    /// @return moved Base units that went from one holder to another.
    function read(
        uint32 now_,
        Vm.Log[] calldata logs
    ) external returns (uint256 mintedNow, uint256 moved) {
        for (uint256 i = 0; i < logs.length; i++) {
            if (logs[i].emitter != address(points)) continue;
            if (logs[i].topics[0] == IPoints.Settled.selector) {
                (uint32 epoch, uint64 total, ) = abi.decode(logs[i].data, (uint32, uint64, bytes));
                settledFor[address(uint160(uint256(logs[i].topics[1])))][epoch] = total;
            }
            if (logs[i].topics[0] != IERC20.Transfer.selector) continue;
            address from = address(uint160(uint256(logs[i].topics[1])));
            address to = address(uint160(uint256(logs[i].topics[2])));
            uint256 amount = abi.decode(logs[i].data, (uint256));
            if (from == address(0)) mintedNow += amount;
            else balance[from] -= amount;
            if (to == address(0)) burned += amount;
            else balance[to] += amount;
            if (from != address(0) && to != address(0)) moved += amount;
        }
        minted += mintedNow;
        mintedDuring[now_] += mintedNow;
    }

    function holderCount() external view returns (uint256) {
        return holders.length;
    }

    function holderAt(uint256 index) external view returns (address) {
        return holders[index];
    }

    /// @notice Whether every balance on chain is what the logs say.
    function agrees() external view returns (bool) {
        for (uint256 i = 0; i < holders.length; i++) {
            if (IERC20(address(points)).balanceOf(holders[i]) != balance[holders[i]]) return false;
        }
        return IERC20(address(points)).totalSupply() == minted - burned;
    }
}
