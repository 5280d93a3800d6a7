// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title AccountWord: balance and recent settlements of an account in one word
/// @notice From the most significant bit: balance (71 bits), newest epoch that anything was minted for (24), whether
/// older ones went to the history ring (1), the ages of the slots 3 to 1 (8 each), and the base units minted for the
/// epochs of the slots 3 to 0 (34 each). Slot 0 is the newest epoch; an age is how many epochs a slot lies before it.
/// Ages ascend from slot 1 on; an empty slot has age 0 and comes after all others.
library AccountWord {
    /// @notice Most base units that all balances together can be.
    uint256 internal constant MAX_BALANCE = 2 ** BALANCE_BITS - 1;
    /// @notice Epochs that a word has room for.
    uint256 internal constant SLOTS = 4;
    /// @notice The place of an epoch that is not in a word. Nothing is there: a shift by it gives 0.
    uint256 internal constant NOWHERE = 256;
    /// @notice The highest age that fits.
    uint256 internal constant MAX_AGE = 2 ** AGE_BITS - 1;

    uint256 private constant MINTED_BITS = 34;
    uint256 private constant AGE_BITS = 8;
    uint256 private constant AGES_SHIFT = SLOTS * MINTED_BITS;
    uint256 private constant SPILLED_SHIFT = AGES_SHIFT + (SLOTS - 1) * AGE_BITS;
    uint256 private constant NEWEST_SHIFT = SPILLED_SHIFT + 1;
    uint256 private constant BALANCE_SHIFT = NEWEST_SHIFT + 24;

    uint256 private constant BALANCE_BITS = 71;
    uint256 private constant MAX_MINTED = 2 ** MINTED_BITS - 1;
    uint256 private constant ALL_MINTED = 2 ** AGES_SHIFT - 1;
    uint256 private constant SPILLED = 2 ** SPILLED_SHIFT;
    uint256 private constant MAX_EPOCH = 2 ** 24 - 1;
    uint256 private constant BALANCE = MAX_BALANCE << BALANCE_SHIFT;

    function balanceOf(uint256 word) internal pure returns (uint256) {
        return word >> BALANCE_SHIFT;
    }

    /// @notice Adds to the balance. The sum must be below 2^71.
    function addBalance(uint256 word, uint256 amount) internal pure returns (uint256) {
        // Can't overflow: no balance exceeds the supply, which is below 2^71.
        unchecked {
            return word + (amount << BALANCE_SHIFT);
        }
    }

    /// @notice Takes from the balance, which must suffice.
    function subtractBalance(uint256 word, uint256 amount) internal pure returns (uint256) {
        return word - (amount << BALANCE_SHIFT);
    }

    /// @notice Whether nothing was ever minted to the account.
    function isNew(uint256 word) internal pure returns (bool) {
        return word << BALANCE_BITS == 0;
    }

    /// @notice The newest epoch that anything was minted for; 0 if there is none.
    function newestOf(uint256 word) internal pure returns (uint256) {
        return (word >> NEWEST_SHIFT) & MAX_EPOCH;
    }

    /// @notice Whether an epoch in the window may be in the history ring.
    function hasSpilled(uint256 word) internal pure returns (bool) {
        return word & SPILLED != 0;
    }

    /// @notice How many epochs `slot` lies before the newest one; 0 for an empty slot, and for slot 0.
    function ageAt(uint256 word, uint256 slot) internal pure returns (uint256) {
        // Can't overflow: four slots. Slot 0 has none, and its shift must not reach the ages.
        unchecked {
            return slot == 0 ? 0 : (word >> (AGES_SHIFT + (slot - 1) * AGE_BITS)) & MAX_AGE;
        }
    }

    /// @notice Base units minted for the epoch of `slot`.
    function mintedIn(uint256 word, uint256 slot) internal pure returns (uint256) {
        return mintedAt(word, slot * MINTED_BITS);
    }

    /// @notice Where in the word `epoch` is, as `mintedAt` and `addMinted` take it; `NOWHERE` if it is not there. It must not
    /// be newer than the newest one.
    function placeOf(uint256 word, uint256 epoch) internal pure returns (uint256 place) {
        // Can't underflow or overflow: epoch <= newest.
        unchecked {
            uint256 age = newestOf(word) - epoch;
            if (age == 0) return 0;
            if (age == (word >> AGES_SHIFT) & MAX_AGE) return MINTED_BITS;
            if (age == (word >> (AGES_SHIFT + AGE_BITS)) & MAX_AGE) return 2 * MINTED_BITS;
            if (age == (word >> (AGES_SHIFT + 2 * AGE_BITS)) & MAX_AGE) return 3 * MINTED_BITS;
            return NOWHERE;
        }
    }

    /// @notice Base units minted for the epoch at `place`.
    function mintedAt(uint256 word, uint256 place) internal pure returns (uint256) {
        return (word >> place) & MAX_MINTED;
    }

    /// @notice Adds to what was minted for the epoch at `place`, not to the balance. The sum must be below 2^34.
    function addMinted(
        uint256 word,
        uint256 place,
        uint256 amount
    ) internal pure returns (uint256) {
        // Can't overflow: the callers keep the sum of an epoch below 2^34.
        unchecked {
            return word + (amount << place);
        }
    }

    /// @notice Whether all slots hold epochs that are no older than `oldest`.
    function isFull(uint256 word, uint256 oldest) internal pure returns (bool) {
        // Can't underflow: no age exceeds the newest epoch.
        unchecked {
            uint256 age = (word >> (AGES_SHIFT + 2 * AGE_BITS)) & MAX_AGE;
            if (age == 0) return false;
            return newestOf(word) - age >= oldest;
        }
    }

    /// @notice The word with a newer epoch than all of its own, for which `amount` was minted. Epochs before `oldest`
    /// drop out; the word must not be full of others.
    function push(
        uint256 word,
        uint256 epoch,
        uint256 amount,
        uint256 oldest
    ) internal pure returns (uint256 next) {
        // Can't underflow or overflow: newest < epoch, oldest <= epoch, and ages are 8 bits.
        unchecked {
            next = (word & BALANCE) | (epoch << NEWEST_SHIFT) | amount;
            uint256 delta = epoch - newestOf(word);
            uint256 limit = epoch - oldest;
            // What is in the ring is older still.
            if (delta > limit) return next;
            next |= word & SPILLED;
            // An account that nothing was minted to, or whose slots all went to the ring.
            if (word & MAX_MINTED == 0) return next;
            uint256 ages = delta;
            uint256 kept = MAX_MINTED;
            uint256 age = (word >> AGES_SHIFT) & MAX_AGE;
            // With the two conditions of each slot in one, this cost 79 gas more.
            if (age != 0) {
                age += delta;
                if (age <= limit) {
                    ages |= age << AGE_BITS;
                    kept = 2 ** (2 * MINTED_BITS) - 1;
                    age = (word >> (AGES_SHIFT + AGE_BITS)) & MAX_AGE;
                    if (age != 0) {
                        age += delta;
                        if (age <= limit) {
                            ages |= age << (2 * AGE_BITS);
                            kept = 2 ** (3 * MINTED_BITS) - 1;
                        }
                    }
                }
            }
            next |= (ages << AGES_SHIFT) | ((word & kept) << MINTED_BITS);
        }
    }

    /// @notice The word with an epoch older than its newest and not in it, for which `amount` was minted. If the word is
    /// full, its oldest epoch drops out.
    function insert(
        uint256 word,
        uint256 epoch,
        uint256 amount
    ) internal pure returns (uint256 next) {
        // Can't underflow or overflow: epoch < newest, and all shifts are of four slots at most.
        unchecked {
            uint256 age = newestOf(word) - epoch;
            uint256 slot = 1;
            // `ageAt` of an empty slot is 0.
            while (slot < SLOTS - 1) {
                uint256 other = ageAt(word, slot);
                if (other == 0 || other > age) break;
                slot++;
            }
            uint256 minted = _spread(word & ALL_MINTED, slot * MINTED_BITS, MINTED_BITS);
            minted = (minted & ALL_MINTED) | (amount << (slot * MINTED_BITS));
            uint256 agesMask = SPILLED - 1 - ALL_MINTED;
            uint256 ageShift = AGES_SHIFT + (slot - 1) * AGE_BITS;
            uint256 ages = _spread(word & agesMask, ageShift, AGE_BITS);
            ages = (ages & agesMask) | (age << ageShift);
            next = (word & ~(SPILLED - 1)) | ages | minted;
        }
    }

    /// @notice The word with its newest `slots` epochs only, the others having gone to the history ring.
    function cutTo(uint256 word, uint256 slots) internal pure returns (uint256 next) {
        // Can't underflow or overflow: four slots at most.
        unchecked {
            uint256 minted = word & (2 ** (slots * MINTED_BITS) - 1);
            uint256 ages = 0;
            if (slots > 1) {
                ages = (word >> AGES_SHIFT) & (2 ** ((slots - 1) * AGE_BITS) - 1);
            }
            next = (word & ~(SPILLED - 1)) | SPILLED | (ages << AGES_SHIFT) | minted;
        }
    }

    /// @dev Makes room of `width` bits at `shift`.
    function _spread(uint256 word, uint256 shift, uint256 width) private pure returns (uint256) {
        // Can't underflow: at most 2^152.
        unchecked {
            uint256 below = word & (2 ** shift - 1);
            return below | ((word - below) << width);
        }
    }
}
