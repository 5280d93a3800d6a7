// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {RoundMath} from "../../src/libraries/RoundMath.sol";

/// @notice Calls the library as the buyback does, for tests against other implementations.
contract RoundMathBench {
    /// @notice What a round pays, and what it buys for that.
    function buy(
        uint96 tendered,
        uint128 budget,
        uint128 pricePerPoint
    ) external pure returns (uint96 filled, uint128 payout) {
        payout = RoundMath.payoutRoundedDown(tendered, budget, pricePerPoint);
        filled = RoundMath.filledRoundedUp(payout, pricePerPoint);
    }

    /// @notice What each holder gets of it.
    /// @param amounts What each tendered; `tendered` in all.
    function share(
        uint96[] calldata amounts,
        uint96 tendered,
        uint96 filled,
        uint128 payout
    ) external pure returns (uint128[] memory paid, uint96[] memory returned) {
        paid = new uint128[](amounts.length);
        returned = new uint96[](amounts.length);
        for (uint256 i = 0; i < amounts.length; i++) {
            paid[i] = RoundMath.paidRoundedDown(amounts[i], payout, tendered);
            returned[i] = RoundMath.returnedRoundedDown(amounts[i], tendered, filled);
        }
    }
}
