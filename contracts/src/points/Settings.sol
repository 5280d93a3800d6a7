// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IPoints, PointsSettings} from "../interfaces/IPoints.sol";
import {AccountWord} from "../libraries/AccountWord.sol";

/// @title Settings: what a program is created with and never changes, and its clock
abstract contract Settings is IPoints {
    // Three words, read once in a batch.
    address private _charter;
    uint64 private _startsAt;
    uint32 private _epochLength;
    address private _buyback;
    uint32 private _settlementWindow;
    bool private _transferable;
    bool private _backed;
    address private _catalogue;

    /// @dev The modules may have no code yet: the factory predicts their addresses.
    function _initializeSettings(PointsSettings calldata settings) internal {
        if (settings.charter == address(0) || _isOwnContract(settings.charter))
            revert InvalidSetting("charter");
        _charter = settings.charter;
        if (settings.buyback != address(0) && _isOwnContract(settings.buyback))
            revert InvalidSetting("buyback");
        _buyback = settings.buyback;
        if (settings.catalogue != address(0) && _isOwnContract(settings.catalogue))
            revert InvalidSetting("catalogue");
        _catalogue = settings.catalogue;

        if (settings.epochLength == 0) revert InvalidSetting("epochLength");
        _epochLength = settings.epochLength;
        // The history ring has a slot for each group of four epochs in the window, and ages are in epochs of it.
        if (
            settings.settlementWindow == 0 ||
            settings.settlementWindow % 4 != 0 ||
            settings.settlementWindow > AccountWord.MAX_AGE
        ) revert InvalidSetting("settlementWindow");
        _settlementWindow = settings.settlementWindow;
        // Epoch 0 has begun and has not ended, so that the opening rule set can be settled and nothing precedes it.
        if (
            settings.startsAt > block.timestamp ||
            block.timestamp - settings.startsAt >= settings.epochLength
        ) revert InvalidSetting("startsAt");
        _startsAt = settings.startsAt;
        _transferable = settings.transferable;
        // The buyback says what points are backed by.
        if (settings.backed && settings.buyback == address(0)) revert InvalidSetting("backed");
        _backed = settings.backed;
    }

    /// @inheritdoc IPoints
    function charter() public view returns (address) {
        return _charter;
    }

    /// @inheritdoc IPoints
    function buyback() public view returns (address) {
        return _buyback;
    }

    /// @inheritdoc IPoints
    function catalogue() public view returns (address) {
        return _catalogue;
    }

    /// @inheritdoc IPoints
    function startsAt() public view returns (uint64) {
        return _startsAt;
    }

    /// @inheritdoc IPoints
    function epochLength() public view returns (uint32) {
        return _epochLength;
    }

    /// @inheritdoc IPoints
    function settlementWindow() public view returns (uint32) {
        return _settlementWindow;
    }

    /// @inheritdoc IPoints
    function transferable() public view returns (bool) {
        return _transferable;
    }

    /// @inheritdoc IPoints
    function backed() public view returns (bool) {
        return _backed;
    }

    /// @inheritdoc IPoints
    function trustedForwarder() public view virtual returns (address);

    /// @inheritdoc IPoints
    function isModule(address account) public view returns (bool) {
        // The buyback and the catalogue may be zero, which means none.
        return
            account != address(0) &&
            (account == _charter || account == _buyback || account == _catalogue);
    }

    /// @inheritdoc IPoints
    function currentEpoch() public view returns (uint32) {
        return uint32((block.timestamp - _startsAt) / _epochLength);
    }

    /// @dev Accounts that hold points for nobody (the modules hold escrow only) and can have no key.
    function _isOwnContract(address account) internal view returns (bool) {
        return isModule(account) || account == address(this) || account == trustedForwarder();
    }
}
