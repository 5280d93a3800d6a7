// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Settings} from "./Settings.sol";
import {IPoints} from "../interfaces/IPoints.sol";

/// @title OperatorRole: who runs the program; handed over in two steps, never renounced
abstract contract OperatorRole is Settings {
    address private _operator;
    address private _offeredOperator;

    modifier onlyOperator() {
        // Not `_msgSender()`: the forwarder speaks for members only.
        if (msg.sender != _operator) revert NotOperator(msg.sender);
        _;
    }

    /// @dev The settings must be initialised before.
    function _initializeOperator(address first) internal {
        if (first == address(0) || _isOwnContract(first)) revert InvalidSetting("operator");
        _operator = first;
        emit OperatorChanged(address(0), first);
    }

    /// @inheritdoc IPoints
    function offerOperator(address next) external onlyOperator {
        // Through the forwarder, anybody could accept.
        if (_isOwnContract(next)) revert InvalidSetting("operator");
        _offeredOperator = next;
        emit OperatorOffered(msg.sender, next);
    }

    /// @inheritdoc IPoints
    function acceptOperator() external {
        if (msg.sender != _offeredOperator) revert NotOfferedOperator(msg.sender);
        address previous = _operator;
        _operator = msg.sender;
        delete _offeredOperator;
        emit OperatorChanged(previous, msg.sender);
    }

    /// @inheritdoc IPoints
    function operator() external view returns (address) {
        return _operator;
    }

    /// @inheritdoc IPoints
    function offeredOperator() external view returns (address) {
        return _offeredOperator;
    }
}
