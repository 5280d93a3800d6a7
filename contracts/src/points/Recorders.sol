// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {OperatorRole} from "./OperatorRole.sol";
import {IPoints} from "../interfaces/IPoints.sol";
import {ByEpoch} from "../libraries/ByEpoch.sol";

/// @title Recorders: the keys that vouch for actions
/// @dev The newest word may be pending (from the next epoch on); the one before it is then the current one.
abstract contract Recorders is OperatorRole {
    using ByEpoch for uint256[];

    /// @dev Key (160 bits) above the first epoch that it governs (32).
    uint256[] private _recorders;
    mapping(address key => bool) private _revoked;

    /// @dev The settings must be initialised before.
    function _initializeRecorder(address first) internal {
        if (first == address(0) || _isOwnContract(first)) revert InvalidSetting("recorder");
        _recorders.push(_word(first, 0));
        emit RecorderRotated(first, 0);
    }

    /// @inheritdoc IPoints
    function rotateRecorder(address next) external onlyOperator {
        _requirePossible(next);
        uint32 fromEpoch = currentEpoch() + 1;
        // Compares epochs, which nobody can move.
        // slither-disable-next-line incorrect-equality
        if (ByEpoch.fromEpoch(_recorders.newest()) == fromEpoch) {
            _recorders[_recorders.length - 1] = _word(next, fromEpoch);
        } else {
            _recorders.push(_word(next, fromEpoch));
        }
        emit RecorderRotated(next, fromEpoch);
    }

    /// @inheritdoc IPoints
    function revokeRecorder(address old, address next) external onlyOperator {
        if (old == address(0)) revert InvalidRecorder(old);
        if (_revoked[old]) revert AlreadyRevoked(old);
        _revoked[old] = true;
        // The current word and, when there is one, the pending word after it.
        bool replaced = false;
        // Two words at most.
        // slither-disable-next-line cache-array-length
        for (uint256 i = _recorders.indexOf(currentEpoch()); i < _recorders.length; i++) {
            if (_keyOf(_recorders[i]) != old) continue;
            if (!replaced) _requirePossible(next);
            replaced = true;
            _recorders[i] = _word(next, ByEpoch.fromEpoch(_recorders[i]));
        }
        if (!replaced && next != address(0)) revert InvalidRecorder(next);
        emit RecorderRevoked(old, next);
    }

    /// @inheritdoc IPoints
    function recorder() public view returns (address) {
        return recorderOf(currentEpoch());
    }

    /// @inheritdoc IPoints
    function recorderOf(uint32 epoch) public view returns (address) {
        return _keyOf(_recorders[_recorders.indexOf(epoch)]);
    }

    /// @inheritdoc IPoints
    function isRevoked(address key) public view returns (bool) {
        return _revoked[key];
    }

    /// @dev Whether the word of `key` counts for `epoch`. A revoked key is never the current one.
    function _vouchesFor(address key, uint32 epoch) internal view returns (bool) {
        return key == recorder() || (key == recorderOf(epoch) && !_revoked[key]);
    }

    function _requirePossible(address key) private view {
        if (key == address(0) || _revoked[key] || _isOwnContract(key)) revert InvalidRecorder(key);
    }

    function _word(address key, uint256 fromEpoch) private pure returns (uint256) {
        return (uint256(uint160(key)) << 32) | fromEpoch;
    }

    function _keyOf(uint256 word) private pure returns (address) {
        return address(uint160(word >> 32));
    }
}
