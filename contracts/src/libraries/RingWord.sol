// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title RingWord: what was minted to an account for a group of four epochs
/// @notice From the most significant bit of a 160-bit number: group (24 bits), and for each of its four epochs, the last
/// one first, the base units minted for it (34). Group g is the epochs 4g to 4g + 3.
library RingWord {
    uint256 internal constant EPOCHS_PER_GROUP = 4;

    uint256 private constant MINTED_BITS = 34;
    uint256 private constant MAX_MINTED = 2 ** MINTED_BITS - 1;
    uint256 private constant GROUP_SHIFT = EPOCHS_PER_GROUP * MINTED_BITS;

    /// @notice The group that `epoch` is of.
    function groupAt(uint256 epoch) internal pure returns (uint256) {
        return epoch / EPOCHS_PER_GROUP;
    }

    /// @notice `word` if it is of `group`, else the word of that group with nothing minted yet.
    function turnTo(uint256 word, uint256 group) internal pure returns (uint256) {
        return word >> GROUP_SHIFT == group ? word : group << GROUP_SHIFT;
    }

    /// @notice Base units minted for `epoch`; 0 if the word is of another group.
    function mintedFor(uint256 word, uint256 epoch) internal pure returns (uint256) {
        if (word >> GROUP_SHIFT != groupAt(epoch)) return 0;
        return (word >> _shiftOf(epoch)) & MAX_MINTED;
    }

    /// @notice Adds to what was minted for `epoch`, which must be of the word's group. The sum must be below 2^34.
    function addMintedFor(
        uint256 word,
        uint256 epoch,
        uint256 amount
    ) internal pure returns (uint256) {
        // Can't overflow: the callers keep the sum of an epoch below 2^34.
        unchecked {
            return word + (amount << _shiftOf(epoch));
        }
    }

    function _shiftOf(uint256 epoch) private pure returns (uint256) {
        // Can't overflow: at most 3 * 34.
        unchecked {
            return (epoch % EPOCHS_PER_GROUP) * MINTED_BITS;
        }
    }
}
