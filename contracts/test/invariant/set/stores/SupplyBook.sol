// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @notice Ghost of the supply at each epoch's first mint, and of what counts for a threshold: a plain list, searched
/// from its end.
contract SupplyBook {
    struct FirstMint {
        uint256 epoch;
        uint256 supplyBefore;
    }

    FirstMint[] private firstMints;

    /// @notice Something is about to be minted.
    function noteMint(uint256 epoch, uint256 supply) external {
        if (firstMints.length > 0 && firstMints[firstMints.length - 1].epoch == epoch) return;
        firstMints.push(FirstMint(epoch, supply));
    }

    /// @notice The supply before anything was minted in `epoch` or later.
    function before(uint256 epoch, uint256 supplyNow) public view returns (uint256 supply) {
        supply = supplyNow;
        for (uint256 i = firstMints.length; i > 0 && firstMints[i - 1].epoch >= epoch; i--) {
            supply = firstMints[i - 1].supplyBefore;
        }
    }

    /// @notice What counts for a change that is announced now: what was there one notice period before, a quarter of what is
    /// there now at least, and that at most.
    function counted(uint256 epoch, uint256 supplyNow) external view returns (uint256 supply) {
        supply = before(epoch, supplyNow);
        uint256 quarter = supplyNow / 4 + (supplyNow % 4 == 0 ? 0 : 1);
        if (supply < quarter) supply = quarter;
        if (supply > supplyNow) supply = supplyNow;
    }
}
