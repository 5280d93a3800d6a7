// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title AccountWord: balance and recent settlements of an account in one word
/// @notice From the most significant bit: balance (96 bits), group (24), and for each of the four epochs of the group,
/// the last one first, the base units minted for it (34). Group g is the epochs 4g to 4g + 3. A word of the history
/// ring is the lower 160 bits.
library AccountWord {
    uint256 internal constant EPOCHS_PER_GROUP = 4;

    uint256 private constant MINTED_BITS = 34;
    uint256 private constant MAX_MINTED = 2 ** MINTED_BITS - 1;
    uint256 private constant GROUP_SHIFT = EPOCHS_PER_GROUP * MINTED_BITS;
    uint256 private constant MAX_GROUP = 2 ** 24 - 1;
    uint256 private constant BALANCE_SHIFT = 160;

    function balanceOf(uint256 word) internal pure returns (uint256) {
        return word >> BALANCE_SHIFT;
    }

    function groupOf(uint256 word) internal pure returns (uint256) {
        return (word >> GROUP_SHIFT) & MAX_GROUP;
    }

    /// @notice Base units minted for `epoch`, which must be one of the word's group.
    function mintedFor(uint256 word, uint256 epoch) internal pure returns (uint256) {
        return (word >> _shiftOf(epoch)) & MAX_MINTED;
    }

    /// @notice Whether anything was minted for an epoch of the word's group.
    function hasMinted(uint256 word) internal pure returns (bool) {
        return word << (256 - GROUP_SHIFT) != 0;
    }

    /// @notice The part that goes to the history ring.
    function history(uint256 word) internal pure returns (uint256) {
        return uint160(word);
    }

    /// @notice The word of `group` with nothing minted yet, and the balance of `word`.
    function turnTo(uint256 word, uint256 group) internal pure returns (uint256) {
        return ((word >> BALANCE_SHIFT) << BALANCE_SHIFT) | (group << GROUP_SHIFT);
    }

    /// @notice Adds to what was minted for `epoch`, not to the balance. The sum must be below 2^34.
    function addMinted(
        uint256 word,
        uint256 epoch,
        uint256 amount
    ) internal pure returns (uint256) {
        // Can't overflow: the callers keep the sum of an epoch below 2^34.
        unchecked {
            return word + (amount << _shiftOf(epoch));
        }
    }

    /// @notice Adds to the balance. The sum must be below 2^96.
    function addBalance(uint256 word, uint256 amount) internal pure returns (uint256) {
        // Can't overflow: no balance exceeds the supply, which is below 2^96.
        unchecked {
            return word + (amount << BALANCE_SHIFT);
        }
    }

    /// @notice Takes from the balance, which must suffice.
    function subtractBalance(uint256 word, uint256 amount) internal pure returns (uint256) {
        return word - (amount << BALANCE_SHIFT);
    }

    function _shiftOf(uint256 epoch) private pure returns (uint256) {
        // Can't overflow: at most 3 * 34.
        unchecked {
            return (epoch % EPOCHS_PER_GROUP) * MINTED_BITS;
        }
    }
}
