// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {OperatorRole} from "./OperatorRole.sol";
import {IPoints} from "../interfaces/IPoints.sol";
import {Signatures} from "../libraries/Signatures.sol";

/// @title Recorders: the keys that vouch for actions
/// @dev The newest key may be pending (from the next epoch on); the one before it is then the current one.
abstract contract Recorders is OperatorRole, EIP712 {
    address private _newest;
    uint32 private _newestFrom;
    /// @dev In office until the newest key is.
    address private _previous;
    /// @dev The epoch in which a key's time was over, the last time that it was superseded; one that is to be
    /// superseded in the next epoch has it already. A key that was never in office has none.
    mapping(address key => uint32) private _endOf;
    mapping(address key => bool) private _revoked;

    /// @dev The settings must be initialised before.
    function _initializeRecorder(address first) internal {
        if (first == address(0) || _isOwnContract(first)) revert InvalidSetting("recorder");
        _newest = first;
        emit RecorderRotated(first, 0);
    }

    /// @inheritdoc IPoints
    function rotateRecorder(address next) external onlyOperator {
        _requirePossible(next);
        uint32 fromEpoch = currentEpoch() + 1;
        // Else the newest key is pending, was never in office, and is replaced.
        if (_newestFrom < fromEpoch) {
            _previous = _newest;
            _endOf[_newest] = fromEpoch;
            _newestFrom = fromEpoch;
        }
        // `_requirePossible` refuses zero.
        // slither-disable-next-line missing-zero-check
        _newest = next;
        emit RecorderRotated(next, fromEpoch);
    }

    /// @inheritdoc IPoints
    function revokeRecorder(address old, address next) external onlyOperator {
        if (old == address(0)) revert InvalidRecorder(old);
        if (_revoked[old]) revert AlreadyRevoked(old);
        _revoked[old] = true;
        bool isNewest = old == _newest;
        // Who was in office before the current key has ended for good and needs no place to be taken.
        bool isBeforePending = old == _previous && _newestFrom > currentEpoch();
        if (isNewest || isBeforePending) _requirePossible(next);
        else next = address(0);
        // It is refused above where a place is to be taken.
        // slither-disable-next-line missing-zero-check
        if (isNewest) _newest = next;
        if (isBeforePending) {
            _previous = next;
            _endOf[next] = _newestFrom;
        }
        emit RecorderRevoked(old, next);
    }

    /// @inheritdoc IPoints
    function recorder() public view returns (address) {
        return _newestFrom <= currentEpoch() ? _newest : _previous;
    }

    /// @inheritdoc IPoints
    function nextRecorder() external view returns (address) {
        return _newest;
    }

    /// @inheritdoc IPoints
    /// @dev A revoked key is never the current one.
    function vouchesFor(address key, uint32 epoch) public view returns (bool) {
        return key == recorder() || (_endOf[key] > epoch && !_revoked[key]);
    }

    /// @inheritdoc IPoints
    function isRevoked(address key) external view returns (bool) {
        return _revoked[key];
    }

    /// @dev Refuses what `key` did not sign, with its key or as its code says.
    function _requireSigned(
        address key,
        bytes32 structHash,
        bytes calldata signature
    ) internal view {
        if (!Signatures.isBy(key, _hashTypedDataV4(structHash), signature))
            revert BadRecorderSignature(key);
    }

    function _requirePossible(address key) private view {
        if (key == address(0) || _revoked[key] || _isOwnContract(key)) revert InvalidRecorder(key);
    }
}
