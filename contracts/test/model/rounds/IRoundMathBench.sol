// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @dev The optimised library, called as the buyback calls it.
interface IRoundMathBench {
    function buy(
        uint96 tendered,
        uint128 budget,
        uint128 pricePerPoint
    ) external pure returns (uint96 filled, uint128 payout);

    function share(
        uint96[] calldata amounts,
        uint96 tendered,
        uint96 filled,
        uint128 payout
    ) external pure returns (uint128[] memory paid, uint96[] memory returned);
}
