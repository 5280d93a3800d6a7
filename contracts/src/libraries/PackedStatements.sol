// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IPoints} from "../interfaces/IPoints.sol";

/// @title PackedStatements: reads statements from memory
/// @notice A batch is, per statement: member (20 bytes), epoch (4), number of lines (1), lines (13 each). A line is
/// rule id (1 byte), count (4), amount (8). All big-endian, nothing between. Cursors are places in memory: a slice cut with its
/// bounds checked cost 56 gas a line.
library PackedStatements {
    uint256 internal constant LINE_BYTES = 13;

    uint256 private constant HEAD_BYTES = 25;
    uint256 private constant MAX_LINES = type(uint8).max;

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

    /// @notice Where statements or lines begin and end.
    /// @return cursor First byte.
    /// @return end The byte after the last one.
    function span(bytes memory packed) internal pure returns (uint256 cursor, uint256 end) {
        assembly ("memory-safe") {
            cursor := add(packed, 0x20)
            end := add(cursor, mload(packed))
        }
    }

    /// @notice The statement that begins at `cursor`, in a batch that ends at `end`.
    /// @return member Account that it is for.
    /// @return epoch Its epoch, below 2^32.
    /// @return lines Where its lines begin.
    /// @return next Where they end, and the next statement begins; beyond `end` if the statement breaks off.
    function read(
        uint256 cursor
    ) internal pure returns (address member, uint256 epoch, uint256 lines, uint256 next) {
        // Can't overflow: a statement is at most 25 + 255 * 13 bytes.
        unchecked {
            // If the head itself breaks off, whatever follows lies beyond the end too.
            uint256 head = _wordAt(cursor);
            lines = cursor + HEAD_BYTES;
            next = lines + ((head >> 56) & 0xff) * LINE_BYTES;
            member = address(uint160(head >> 96));
            epoch = (head >> 64) & type(uint32).max;
        }
    }

    /// @notice The rule id of the line that begins at `cursor`, below 2^8.
    function idAt(uint256 cursor) internal pure returns (uint256) {
        return _wordAt(cursor) >> 248;
    }

    /// @dev The 32 bytes at `cursor`; what lies beyond the end of the batch is arbitrary and must not be used.
    function _wordAt(uint256 cursor) private pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := mload(cursor)
        }
    }
}
