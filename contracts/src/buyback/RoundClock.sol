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
        (, round, open) = _clock();
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
        (bool begun, uint32 round, ) = _clock();
        return begun ? round + 1 : 0;
    }

    /// @dev Of the rounds that have closed, the newest one; without any, `exists` is false.
    function _newestClosed() internal view returns (bool exists, uint32 round) {
        bool open;
        (exists, round, open) = _clock();
        if (!open) return (exists, round);
        if (round == 0) return (false, 0);
        return (true, round - 1);
    }

    /// @dev The newest round that has opened and whether it is still open; none before the first one has `begun`.
    function _clock() private view returns (bool begun, uint32 round, bool open) {
        uint256 first = _firstRoundAt;
        uint256 length = _period;
        uint256 window_ = _window;
        if (block.timestamp < first) return (false, 0, false);
        // Can't overflow: the clock is past `first`, and a period is two days at least by the factory's bounds, and in
        // any case so long that 32 bits of rounds last for a century.
        unchecked {
            uint256 elapsed = block.timestamp - first;
            // Rounded down on purpose: the number of whole periods.
            // slither-disable-next-line divide-before-multiply
            uint256 number = elapsed / length;
            return (true, uint32(number), elapsed - number * length < window_);
        }
    }
}
