// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title RoundMath: what a round pays, buys and gives back
/// @notice The money comes first, and the points bought follow from it: so a higher price or a higher budget never pays less
/// for the same tenders. (The other way round, a price that buys less than one base unit for the whole budget pays nothing.)
/// All money rounds down and all points bought round up, so that all shares together never exceed what there is to share, in
/// any order of claims. What a holder gets back is rounded down on its own: computed as the rest of what was bought of the
/// holder's points, it would round up, and the last one to claim would find less in the escrow than is owed.
library RoundMath {
    /// @notice Base units of points in a whole point, which is what prices are of.
    uint256 internal constant WHOLE_POINT = 100;

    /// @notice Base units of the settlement token for all that was tendered: what it is worth, or the whole budget.
    function payoutRoundedDown(
        uint96 tendered,
        uint128 budget,
        uint128 pricePerPoint
    ) internal pure returns (uint128) {
        // Can't overflow: 224 bits at most; and what is cast is less than `budget`.
        unchecked {
            uint256 worth = (uint256(tendered) * pricePerPoint) / WHOLE_POINT;
            return worth < budget ? uint128(worth) : budget;
        }
    }

    /// @notice Base units of points that a payout buys, of those tendered. It must be a payout for them at this price.
    function filledRoundedUp(uint128 payout, uint128 pricePerPoint) internal pure returns (uint96) {
        // Can't overflow: 136 bits at most, the price is above 0; and payout * 100 <= tendered * price, so it is what was tendered or less.
        unchecked {
            return uint96((uint256(payout) * WHOLE_POINT + pricePerPoint - 1) / pricePerPoint);
        }
    }

    /// @notice A holder's part of the payout.
    /// @param amount Base units of points that the holder tendered, of `tendered` in all.
    function paidRoundedDown(
        uint96 amount,
        uint128 payout,
        uint96 tendered
    ) internal pure returns (uint128) {
        // 224 bits at most; and fits, as amount <= tendered.
        return uint128((uint256(amount) * payout) / tendered);
    }

    /// @notice A holder's part of the points that were not bought.
    /// @param amount Base units of points that the holder tendered, of `tendered` in all.
    function returnedRoundedDown(
        uint96 amount,
        uint96 tendered,
        uint96 filled
    ) internal pure returns (uint96) {
        // 192 bits at most; and fits, as amount <= tendered.
        return uint96((uint256(amount) * (tendered - filled)) / tendered);
    }
}
