// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IPoints} from "../interfaces/IPoints.sol";

/// @title PackedStatements: reads statements from calldata
/// @notice A batch is, per statement: member (20 bytes), epoch (4), number of lines (1), lines (13 each). A line is
/// rule id (1 byte), count (4), amount (8). All big-endian, nothing between.
library PackedStatements {
    uint256 internal constant HEAD_BYTES = 25;
    uint256 internal constant LINE_BYTES = 13;

    /// @notice The statement that begins at `offset`.
    /// @return member Account that it is for.
    /// @return epoch Its epoch, below 2^32.
    /// @return lines Its packed lines.
    /// @return next Where the next statement begins.
    function read(
        bytes calldata batch,
        uint256 offset
    ) internal pure returns (address member, uint256 epoch, bytes calldata lines, uint256 next) {
        // Can't overflow: offset < batch.length, and a statement is at most 25 + 255 * 13 bytes.
        unchecked {
            uint256 linesAt = offset + HEAD_BYTES;
            if (linesAt > batch.length) revert IPoints.MalformedBatch(offset);
            uint256 head = _wordAt(batch, offset);
            next = linesAt + ((head >> 56) & 0xff) * LINE_BYTES;
            if (next > batch.length) revert IPoints.MalformedBatch(offset);
            member = address(uint160(head >> 96));
            epoch = (head >> 64) & type(uint32).max;
            lines = batch[linesAt:next];
        }
    }

    /// @notice The line that begins at `offset`, which must be a whole one.
    function lineAt(
        bytes calldata lines,
        uint256 offset
    ) internal pure returns (uint256 id, uint256 count, uint256 amount) {
        uint256 word = _wordAt(lines, offset);
        id = word >> 248;
        count = (word >> 216) & type(uint32).max;
        amount = (word >> 152) & type(uint64).max;
    }

    /// @dev The 32 bytes at `offset`; what lies beyond the end of `source` is arbitrary and must not be used.
    function _wordAt(bytes calldata source, uint256 offset) private pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := calldataload(add(source.offset, offset))
        }
    }
}
