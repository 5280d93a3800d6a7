// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @notice Rounds of any size, with the ends of every range and round numbers more often than chance would have it.
library RandomRound {
    uint256 internal constant MOST_HOLDERS = 24;
    uint96 private constant LEAST_TENDER = 100;

    struct Drawn {
        uint96[] amounts;
        uint96 tendered;
        uint128 budget;
        uint128 pricePerPoint;
    }

    /// @notice A price of a hundredth to a thousand units of money for a point, or any price at all, in a money of 0, 6, 18
    /// or 30 decimals; and a budget that buys nothing, a part, nearly everything or more.
    function draw(uint256 seed) internal pure returns (Drawn memory) {
        return draw(seed, type(uint96).max);
    }

    /// @param supply Base units of points that all of them can have at most.
    function draw(uint256 seed, uint96 supply) internal pure returns (Drawn memory drawn) {
        drawn.amounts = new uint96[](1 + (_roll(seed, "holders") % MOST_HOLDERS));
        uint256 share = supply / drawn.amounts.length;
        // One or two base units each, a few points, or as much as there can be.
        uint256 scale = _roll(seed, "scale") % 4;
        uint256 most =
            scale == 0
                ? 2
                : scale == 1
                    ? 100_000
                    : share;
        for (uint256 i = 0; i < drawn.amounts.length; i++) {
            uint256 roll = _roll(seed, bytes32(i));
            bool isMost = scale == 3 || roll % 8 == 0;
            drawn.amounts[i] = uint96(isMost ? most : 1 + (roll % most));
            drawn.tendered += drawn.amounts[i];
        }
        drawn.pricePerPoint = _price(seed);
        drawn.budget = _budget(seed, drawn.tendered, drawn.pricePerPoint);
    }

    /// @notice Changes amounts, price and budget as little as needed for terms that a buyback takes with the least amount as
    /// its minimum: that has 100 base units, is worth 100 of the money, and the budget, `most` or less, is nothing or buys
    /// it.
    function makePossible(Drawn memory drawn, uint128 most) internal pure returns (uint96 least) {
        least = type(uint96).max;
        for (uint256 i = 0; i < drawn.amounts.length; i++) {
            if (drawn.amounts[i] < LEAST_TENDER) {
                drawn.tendered += LEAST_TENDER - drawn.amounts[i];
                drawn.amounts[i] = LEAST_TENDER;
            }
            if (drawn.amounts[i] < least) least = drawn.amounts[i];
        }
        uint256 price = drawn.pricePerPoint;
        uint256 highest = (uint256(most) * 100) / least;
        if (price * least < 10_000) price = (10_000 + uint256(least) - 1) / least;
        if (price > highest) price = highest;
        drawn.pricePerPoint = uint128(price);
        uint256 needed = (price * least + 99) / 100;
        if (drawn.budget > most) drawn.budget = most;
        if (drawn.budget != 0 && drawn.budget < needed) drawn.budget = uint128(needed);
    }

    function decimalsOf(uint256 seed) internal pure returns (uint8) {
        uint8[4] memory decimals = [0, 6, 18, 30];
        return decimals[_roll(seed, "decimals") % 4];
    }

    function _price(uint256 seed) private pure returns (uint128) {
        uint256 roll = _roll(seed, "price");
        uint256 kind = roll % 8;
        if (kind == 0) return type(uint128).max;
        if (kind == 1) return uint128(1 + ((roll >> 8) % 200));
        if (kind == 2) return uint128(1 + ((roll >> 8) % type(uint128).max));
        uint256 price = ((1 + ((roll >> 8) % 100_000)) * 10 ** decimalsOf(seed)) / 100;
        return price == 0 ? 1 : uint128(price);
    }

    function _budget(
        uint256 seed,
        uint256 tendered,
        uint256 pricePerPoint
    ) private pure returns (uint128) {
        uint256 roll = _roll(seed, "budget");
        uint256 kind = roll % 8;
        if (kind == 0) return 0;
        if (kind == 1) return type(uint128).max;
        if (kind == 2) return uint128(roll >> 128);
        uint256 whole = (tendered * pricePerPoint) / 100;
        uint256 budget = whole;
        if (kind == 3) budget = whole == 0 ? 0 : whole - 1;
        if (kind > 4) budget = (whole >> 32) * uint32(roll >> 8) + (roll >> 224);
        return budget > type(uint128).max ? type(uint128).max : uint128(budget);
    }

    function _roll(uint256 seed, bytes32 what) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, what)));
    }
}
