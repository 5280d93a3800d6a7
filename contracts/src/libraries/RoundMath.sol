// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title RoundMath: what a round buys, pays and gives back
/// @notice Everything rounds down, so that all shares together never exceed what there is to share, in any order of claims.
/// What a holder gets back is rounded down on its own: computed as the rest of what was bought of the holder's points, it
/// would round up, and the last one to claim would find less in the escrow than is owed.
library RoundMath {
    /// @notice Base units of points in a whole point, which is what prices are of.
    uint256 internal constant WHOLE_POINT = 100;

    /// @notice Base units of points that a budget buys, of those tendered.
    function filledRoundedDown(
        uint96 tendered,
        uint128 budget,
        uint128 pricePerPoint
    ) internal pure returns (uint96) {
        // Can't overflow: 135 bits at most; and what is cast is less than `tendered`.
        unchecked {
            uint256 affordable = (uint256(budget) * WHOLE_POINT) / pricePerPoint;
            return affordable < tendered ? uint96(affordable) : tendered;
        }
    }

    /// @notice Base units of the settlement token for all points bought. `filled` must be what a budget buys at this
    /// price.
    function payoutRoundedDown(
        uint96 filled,
        uint128 pricePerPoint
    ) internal pure returns (uint128) {
        // Can't overflow: 224 bits at most; and filled * price <= budget * 100, so it is the budget or less.
        unchecked {
            return uint128((uint256(filled) * pricePerPoint) / WHOLE_POINT);
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
