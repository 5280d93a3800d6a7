// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title ByEpoch: append-only words that hold from an epoch on
/// @notice The low 32 bits of each word are the first epoch that it governs, strictly ascending, the first one 0.
library ByEpoch {
    /// @notice First epoch that `word` governs.
    function fromEpoch(uint256 word) internal pure returns (uint256) {
        return word & type(uint32).max;
    }

    /// @notice Index of the word that governs `epoch`. `words` must not be empty.
    function indexOf(uint256[] storage words, uint256 epoch) internal view returns (uint256 index) {
        // words[index] governs `epoch` or an earlier one, words[end] a later one.
        uint256 end = words.length;
        while (end - index > 1) {
            uint256 middle = (index + end) / 2;
            if (fromEpoch(words[middle]) <= epoch) index = middle;
            else end = middle;
        }
    }

    /// @notice The newest word, whether it is in force or not.
    function newest(uint256[] storage words) internal view returns (uint256) {
        return words[words.length - 1];
    }
}
