// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Vm} from "forge-std/Vm.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IPoints} from "../../../src/interfaces/IPoints.sol";
import {StatementPacking} from "../../model/signatures/StatementPacking.sol";

/// @notice What the logs alone say: balances, supply, what was minted for whom and when. A batch is replayed: each of its
/// statements takes the next log if it is its outcome.
contract LogLedger {
    IPoints public immutable points;
    address[] private holders;
    mapping(address holder => bool) public isHolder;
    mapping(address holder => uint256) public balance;
    mapping(address member => mapping(uint32 epoch => uint256)) public settledFor;
    mapping(uint32 clockEpoch => uint256) public mintedDuring;
    /// @dev Epochs of the clock in which anything was minted, and the supply before each.
    uint32[] private mintedIn;
    mapping(uint32 clockEpoch => uint256) private supplyAtFirstMint;
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
            if (logs[i].topics[0] == IPoints.BatchSettled.selector) _replay(logs, i);
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
        if (mintedNow > 0 && mintedDuring[now_] == 0) {
            mintedIn.push(now_);
            supplyAtFirstMint[now_] = minted - burned;
        }
        minted += mintedNow;
        mintedDuring[now_] += mintedNow;
    }

    /// @notice What `supplyBefore` must be, by looking through all epochs in which anything was minted.
    function supplyBefore(uint32 epoch) external view returns (uint256) {
        for (uint256 i = 0; i < mintedIn.length; i++) {
            if (mintedIn[i] >= epoch) return supplyAtFirstMint[mintedIn[i]];
        }
        return minted - burned;
    }

    /// @dev Finds out which statements of the batch in `logs[place]` the mints after it are for.
    function _replay(Vm.Log[] calldata logs, uint256 place) private {
        bytes memory batch = abi.decode(logs[place].data, (bytes));
        uint256 next = place + 1;
        uint256 index = 0;
        for (uint256 offset = 0; offset < batch.length; index++) {
            (address member, uint32 epoch, bytes memory lines, uint256 end) = StatementPacking
                .unpackStatement(batch, offset);
            offset = end;
            if (next >= logs.length) return;
            if (_isSkip(logs[next], index)) {
                next++;
            } else if (
                _isMintFor(logs[next], member) && _earned(epoch, lines) > settledFor[member][epoch]
            ) {
                settledFor[member][epoch] += abi.decode(logs[next++].data, (uint256));
            }
        }
    }

    function _isSkip(Vm.Log calldata log, uint256 index) private pure returns (bool) {
        if (log.topics[0] != IPoints.Skipped.selector) return false;
        (uint16 skipped, ) = abi.decode(log.data, (uint16, IPoints.SkipReason));
        return skipped == index;
    }

    function _isMintFor(Vm.Log calldata log, address member) private pure returns (bool) {
        return
            log.topics[0] == IERC20.Transfer.selector &&
            log.topics[1] == 0 &&
            log.topics[2] == bytes32(uint256(uint160(member)));
    }

    function _earned(uint32 epoch, bytes memory lines) private view returns (uint256) {
        try points.pointsOf(epoch, lines) returns (uint64 earned) {
            return earned;
        } catch {
            return 0;
        }
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
