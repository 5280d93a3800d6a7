// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @notice What a member did under one rule in one epoch.
struct Line {
    uint8 ruleId;
    uint32 count;
    uint64 amount;
}

/// @notice The packed form of lines and batches, written out with `abi.encodePacked` and nothing
/// else.
library StatementPacking {
    uint256 internal constant LINE_BYTES = 13;
    uint256 internal constant HEAD_BYTES = 25;

    function packLine(Line memory line) internal pure returns (bytes memory) {
        return abi.encodePacked(line.ruleId, line.count, line.amount);
    }

    function packLines(Line[] memory lines) internal pure returns (bytes memory packed) {
        for (uint256 i = 0; i < lines.length; i++)
            packed = bytes.concat(packed, packLine(lines[i]));
    }

    function packStatement(
        address member,
        uint32 epoch,
        bytes memory lines
    ) internal pure returns (bytes memory) {
        return abi.encodePacked(member, epoch, uint8(lines.length / LINE_BYTES), lines);
    }

    function packStatement(
        address member,
        uint32 epoch,
        Line[] memory lines
    ) internal pure returns (bytes memory) {
        return packStatement(member, epoch, packLines(lines));
    }

    function unpackLines(bytes memory packed) internal pure returns (Line[] memory lines) {
        lines = new Line[](packed.length / LINE_BYTES);
        for (uint256 i = 0; i < lines.length; i++) {
            uint256 word = 0;
            for (uint256 j = 0; j < LINE_BYTES; j++) {
                word = (word << 8) | uint8(packed[i * LINE_BYTES + j]);
            }
            lines[i] = Line(uint8(word >> 96), uint32(word >> 64), uint64(word));
        }
    }

    /// @notice The statement that begins at `offset` of a well-formed batch, and where the next
    /// one begins.
    function unpackStatement(
        bytes memory batch,
        uint256 offset
    ) internal pure returns (address member, uint32 epoch, bytes memory lines, uint256 end) {
        uint256 head = 0;
        for (uint256 i = 0; i < HEAD_BYTES; i++) head = (head << 8) | uint8(batch[offset + i]);
        member = address(uint160(head >> 40));
        epoch = uint32(head >> 8);
        lines = new bytes(uint8(head) * LINE_BYTES);
        for (uint256 i = 0; i < lines.length; i++) lines[i] = batch[offset + HEAD_BYTES + i];
        end = offset + HEAD_BYTES + lines.length;
    }

    /// @notice Walks a batch as the format is described: either it is whole statements, or a byte
    /// is missing.
    /// @return wellFormed Whether every statement is complete.
    /// @return brokenAt Where the first incomplete statement begins.
    function walk(bytes memory batch) internal pure returns (bool wellFormed, uint256 brokenAt) {
        uint256 offset = 0;
        while (offset < batch.length) {
            if (batch.length - offset < HEAD_BYTES) return (false, offset);
            uint256 size = HEAD_BYTES + LINE_BYTES * uint8(batch[offset + HEAD_BYTES - 1]);
            if (batch.length - offset < size) return (false, offset);
            offset += size;
        }
        return (true, offset);
    }
}
