// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IPoints} from "../../src/interfaces/IPoints.sol";
import {ProgramFixture} from "../model/fixtures/ProgramFixture.sol";
import {ProgramSignatures} from "../model/signatures/ProgramSignatures.sol";
import {Line, StatementPacking} from "../model/signatures/StatementPacking.sol";

/// @notice Any bytes at all are either whole statements, or revert with the offset of the torn one
/// and mint nothing.
contract PackingFuzz is ProgramFixture {
    IPoints private points;

    function setUp() public {
        deployPrograms();
        points = createCounting(8, NO_BUDGET);
    }

    function testFuzz_anyBytes(bytes calldata batch) public {
        _settleAny(batch);
    }

    /// @notice Random bytes rarely look like statements; these do, up to a cut or some bytes too
    /// many.
    function testFuzz_tornBatches(
        uint256 seed,
        uint8 statements,
        uint16 cut,
        bytes calldata rest
    ) public {
        bytes memory batch;
        for (uint256 i = 0; i < statements % 5; i++) {
            uint256 roll = uint256(keccak256(abi.encode(seed, i)));
            bytes memory lines;
            for (uint256 j = 0; j < roll % 4; j++) {
                lines = bytes.concat(
                    lines,
                    StatementPacking.packLine(Line(uint8(j), uint32(roll), 0))
                );
            }
            batch = bytes.concat(
                batch,
                StatementPacking.packStatement(
                    address(uint160(roll)),
                    uint32((roll >> 160) % 2),
                    lines
                )
            );
        }
        batch = seed % 2 == 0 ? bytes.concat(batch, rest) : _cut(batch, cut);
        _settleAny(batch);
    }

    /// @notice The head says how many lines follow: 255 of them are as good as one.
    function testFuzz_everyNumberOfLines(uint8 lines, uint8 missing) public {
        bytes memory batch = abi.encodePacked(makeAddr("member"), uint32(0), lines);
        bytes memory packed = new bytes(uint256(lines) * StatementPacking.LINE_BYTES);
        _settleAny(bytes.concat(batch, packed));
        _settleAny(_cut(bytes.concat(batch, packed), missing));
    }

    function testFuzz_signedLinesAreWhole(bytes calldata lines) public {
        address member = makeAddr("member");
        bytes memory signature = ProgramSignatures.signStatement(
            RECORDER_KEY,
            address(points),
            member,
            0,
            lines
        );
        bool whole =
            lines.length % StatementPacking.LINE_BYTES == 0 &&
                lines.length <= 255 * StatementPacking.LINE_BYTES;
        bytes4 expected = IPoints.MalformedLines.selector;
        try points.settleSigned(member, 0, lines, vm.addr(RECORDER_KEY), signature) {
            assertTrue(whole);
        } catch (bytes memory reason) {
            // Random ids are rarely the one that is defined.
            if (whole) expected = IPoints.StatementRefused.selector;
            assertEq(bytes4(reason), expected);
        }
        if (!whole) {
            vm.expectRevert(abi.encodeWithSelector(IPoints.MalformedLines.selector, lines.length));
            points.pointsOf(0, lines);
        }
    }

    /// @notice A statement's fields are read from their own bytes and from no neighbour's.
    function testFuzz_neighboursDoNotMix(uint32[5] calldata counts, uint64 amount) public {
        bytes memory batch;
        for (uint160 i = 0; i < counts.length; i++) {
            bytes memory line = StatementPacking.packLine(Line(1, counts[i], amount));
            batch = bytes.concat(
                batch,
                StatementPacking.packStatement(address(0x1000 + i), 0, line)
            );
        }
        settle(points, batch);
        for (uint160 i = 0; i < counts.length; i++) {
            assertEq(points.mintedFor(address(0x1000 + i), 0), counts[i]);
        }
    }

    function _settleAny(bytes memory batch) private {
        (bool wellFormed, uint256 brokenAt) = StatementPacking.walk(batch);
        uint256 supply = totalSupply(points);
        bytes memory signature = signedByRecorder(points, batch);
        if (!wellFormed) {
            vm.expectRevert(abi.encodeWithSelector(IPoints.MalformedBatch.selector, brokenAt));
        }
        uint256 minted = points.settle(batch, signature);
        if (!wellFormed) minted = 0;
        assertEq(totalSupply(points), supply + minted);
    }

    function _cut(bytes memory batch, uint256 cut) private pure returns (bytes memory shorter) {
        shorter = new bytes(batch.length == 0 ? 0 : batch.length - (cut % batch.length));
        for (uint256 i = 0; i < shorter.length; i++) shorter[i] = batch[i];
    }
}
