// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Context} from "@openzeppelin/contracts/utils/Context.sol";
import {Settings} from "./Settings.sol";
import {IPoints} from "../interfaces/IPoints.sol";

/// @title OperatorRole: who runs the program; handed over in two steps, never renounced
/// @dev The forwarder speaks for operators as it does for members, so an operator needs no gas.
abstract contract OperatorRole is Settings, Context {
    address private _operator;
    address private _offeredOperator;

    modifier onlyOperator() {
        address caller = _msgSender();
        if (caller != _operator) revert NotOperator(caller);
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
        emit OperatorOffered(_operator, next);
    }

    /// @inheritdoc IPoints
    function acceptOperator() external {
        address caller = _msgSender();
        if (caller != _offeredOperator) revert NotOfferedOperator(caller);
        address previous = _operator;
        _operator = caller;
        delete _offeredOperator;
        emit OperatorChanged(previous, caller);
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
