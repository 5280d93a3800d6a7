// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {BuybackSettings, IBuyback} from "../interfaces/IBuyback.sol";

/// @title RoundClock: what a buyback is created with and never changes, and which round the clock is in
abstract contract RoundClock is IBuyback {
    using SafeCast for uint256;

    /// @dev In one word with the clock: every call reads both.
    address private _points;
    /// @dev Good for 8.9 million years.
    uint48 private _firstRoundAt;
    /// @dev 194 days at most.
    uint24 private _period;
    uint24 private _window;
    address private _charter;
    address private _settlementToken;

    /// @dev Points and charter may have no code yet: the factory predicts their addresses.
    function _initializeClock(BuybackSettings calldata settings) internal {
        if (settings.points == address(0)) revert InvalidSetting("points");
        if (settings.charter == address(0)) revert InvalidSetting("charter");
        if (settings.settlementToken.code.length == 0) revert InvalidSetting("settlementToken");
        if (settings.firstRoundAt > type(uint48).max) revert InvalidSetting("firstRoundAt");
        if (settings.period > type(uint24).max) revert InvalidSetting("period");
        if (settings.window == 0 || settings.window > settings.period) {
            revert InvalidSetting("window");
        }
        _points = settings.points;
        _charter = settings.charter;
        _settlementToken = settings.settlementToken;
        _firstRoundAt = uint48(settings.firstRoundAt);
        _period = uint24(settings.period);
        _window = uint24(settings.window);
    }

    /// @inheritdoc IBuyback
    function points() public view returns (address) {
        return _points;
    }

    /// @inheritdoc IBuyback
    function charter() public view returns (address) {
        return _charter;
    }

    /// @inheritdoc IBuyback
    function settlementToken() public view returns (address) {
        return _settlementToken;
    }

    /// @inheritdoc IBuyback
    function firstRoundAt() public view returns (uint64) {
        return _firstRoundAt;
    }

    /// @inheritdoc IBuyback
    function period() public view returns (uint32) {
        return _period;
    }

    /// @inheritdoc IBuyback
    function window() public view returns (uint32) {
        return _window;
    }

    /// @inheritdoc IBuyback
    function currentRound() public view returns (uint32 round, bool open) {
        uint256 first = _firstRoundAt;
        if (block.timestamp < first) return (0, false);
        uint256 elapsed = block.timestamp - first;
        uint256 length = _period;
        round = (elapsed / length).toUint32();
        open = elapsed % length < _window;
    }

    /// @inheritdoc IBuyback
    function firstRoundFrom(uint64 moment) external view returns (uint32 round) {
        uint256 first = _firstRoundAt;
        if (moment <= first) return 0;
        uint256 length = _period;
        // Rounded up: a round that opened before `moment` is none of them.
        return ((moment - first + length - 1) / length).toUint32();
    }

    /// @dev Unix seconds.
    function _opensAt(uint32 round) internal view returns (uint64) {
        return uint64(uint256(_firstRoundAt) + uint256(round) * _period);
    }

    /// @dev The next round that is not open: terms that are published now hold from it on.
    function _nextRound() internal view returns (uint32) {
        if (block.timestamp < _firstRoundAt) return 0;
        (uint32 round, ) = currentRound();
        return round + 1;
    }

    /// @dev Of the rounds that have closed, the newest one; without any, `exists` is false.
    function _newestClosed() internal view returns (bool exists, uint32 round) {
        if (block.timestamp < _firstRoundAt) return (false, 0);
        bool open;
        (round, open) = currentRound();
        if (!open) return (true, round);
        if (round == 0) return (false, 0);
        return (true, round - 1);
    }
}
