// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IPoints} from "../interfaces/IPoints.sol";

/// @title PackedStatements: reads statements from calldata
/// @notice A batch is, per statement: member (20 bytes), epoch (4), number of lines (1), lines (13 each). A line is
/// rule id (1 byte), count (4), amount (8). All big-endian, nothing between.
library PackedStatements {
    uint256 internal constant HEAD_BYTES = 25;
    uint256 internal constant LINE_BYTES = 13;
    uint256 private constant MAX_LINES = type(uint8).max;

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
            uint256 head = _wordAt(batch, offset);
            // If the head itself breaks off, whatever follows lies beyond the end too.
            next = linesAt + ((head >> 56) & 0xff) * LINE_BYTES;
            if (next > batch.length) revert IPoints.MalformedBatch(offset);
            member = address(uint160(head >> 96));
            epoch = (head >> 64) & type(uint32).max;
            // `batch[linesAt:next]` would check the bounds again, for 22 gas.
            assembly ("memory-safe") {
                lines.offset := add(batch.offset, linesAt)
                // Another part of the slice than the line before.
                // slither-disable-next-line write-after-write
                lines.length := sub(next, linesAt)
            }
        }
    }

    /// @notice A batch of one statement.
    function pack(
        address member,
        uint32 epoch,
        bytes calldata lines
    ) internal pure returns (bytes memory) {
        requireWhole(lines);
        return abi.encodePacked(member, epoch, uint8(lines.length / LINE_BYTES), lines);
    }

    /// @notice Refuses what is not a whole number of lines, or more of them than a statement can have.
    function requireWhole(bytes calldata lines) internal pure {
        if (lines.length % LINE_BYTES != 0 || lines.length > MAX_LINES * LINE_BYTES)
            revert IPoints.MalformedLines(lines.length);
    }

    /// @notice Where the lines begin and end in calldata.
    /// @return cursor First byte.
    /// @return end The byte after the last one.
    function span(bytes calldata lines) internal pure returns (uint256 cursor, uint256 end) {
        assembly ("memory-safe") {
            cursor := lines.offset
            end := add(cursor, lines.length)
        }
    }

    /// @notice The line that begins at the byte `cursor` of calldata, which must be a whole one.
    /// @dev No slice, for the reason that `_wordAt` gives, on every line.
    /// @return id Rule id, below 2^8.
    /// @return count Below 2^32.
    /// @return amount Below 2^64.
    function lineAt(
        uint256 cursor
    ) internal pure returns (uint256 id, uint256 count, uint256 amount) {
        uint256 word;
        assembly ("memory-safe") {
            word := calldataload(cursor)
        }
        id = word >> 248;
        count = (word >> 216) & type(uint32).max;
        amount = (word >> 152) & type(uint64).max;
    }

    /// @dev The 32 bytes at `offset`; what lies beyond the end of `source` is arbitrary and must not be used.
    /// `bytes32(source[offset:])` would check and cut it, for 56 gas.
    function _wordAt(bytes calldata source, uint256 offset) private pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := calldataload(add(source.offset, offset))
        }
    }
}
