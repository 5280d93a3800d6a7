// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IPoints} from "../../src/interfaces/IPoints.sol";
import {ProgramFixture} from "../model/fixtures/ProgramFixture.sol";
import {Line, StatementPacking} from "../model/signatures/StatementPacking.sol";

/// @notice One word and a small ring remember exactly what was minted for every open epoch:
/// compared with a mapping that forgets nothing, over random epochs in random order.
/// forge-config: default.fuzz.runs = 64
/// forge-config: deep.fuzz.runs = 10000
contract RecordFuzz is ProgramFixture {
    uint256 private constant STEPS = 60;
    uint32 private constant MOST_COUNT = 50;

    IPoints private points;
    mapping(address member => mapping(uint32 epoch => uint256)) private minted;
    mapping(address member => uint256) private balance;

    function setUp() public {
        deployPrograms();
    }

    function testFuzz_theShortestWindow(uint256 seed) public {
        _run(seed, 8);
    }

    function testFuzz_anOddNumberOfSlots(uint256 seed) public {
        _run(seed, 12);
    }

    function testFuzz_theUsualWindow(uint256 seed) public {
        _run(seed, 40);
    }

    function testFuzz_theLongestWindow(uint256 seed) public {
        _run(seed, 252);
    }

    /// @notice The last epoch of the window is settled, raised and remembered; the one before it is
    /// refused.
    /// forge-config: default.fuzz.runs = 256
    /// forge-config: deep.fuzz.runs = 10000
    function testFuzz_theWindowIsExact(
        uint32 epoch,
        uint8 steps,
        uint32 first,
        uint32 more
    ) public {
        epoch = uint32(bound(epoch, 0, 10_000_000));
        first = uint32(bound(first, 1, MOST_COUNT));
        more = uint32(bound(more, 1, MOST_COUNT));
        uint32 window = 8 + 4 * (steps % 62);
        points = createCounting(window, NO_BUDGET);
        address member = makeAddr("member");
        goToEpoch(points, epoch);
        assertEq(_settle(member, epoch, first), first);
        // The account moves on, so that the epoch lies in the ring half of the time.
        for (uint32 i = 1; i <= 4 && more % 2 == 0; i++) {
            goToEpoch(points, epoch + i);
            _settle(member, epoch + i, 1);
        }
        goToEpoch(points, epoch + window);
        assertEq(_settle(member, epoch + window, 1), 1);
        assertEq(_settle(member, epoch, first), 0, "repeated at the last moment");
        assertEq(_settle(member, epoch, first + more), more, "raised at the last moment");
        assertEq(points.mintedFor(member, epoch), first + more);
        vm.warp(vm.getBlockTimestamp() + EPOCH_LENGTH - 1);
        assertEq(_settle(member, epoch, first + more + 1), 1, "raised in the last second");
        vm.warp(vm.getBlockTimestamp() + 1);
        uint256 supply = totalSupply(points);
        vm.expectEmit(address(points));
        emit IPoints.Skipped(0, IPoints.SkipReason.WindowClosed);
        assertEq(_settle(member, epoch, first + more + 2), 0);
        assertEq(totalSupply(points), supply);
    }

    function _run(uint256 seed, uint32 window) private {
        points = createCounting(window, NO_BUDGET);
        uint32 now_ = uint32((seed >> 200) % 3) * uint32((seed >> 64) % 1_000_000);
        for (uint256 i = 0; i < STEPS; i++) {
            uint256 roll = uint256(keccak256(abi.encode(seed, i)));
            now_ += _pause(roll, window);
            goToEpoch(points, now_);
            _step(roll >> 32, now_, window);
        }
        _compare(now_, window);
    }

    function _step(uint256 roll, uint32 now_, uint32 window) private {
        address member = address(uint160(0x1000 + (roll % 2)));
        uint32 back = uint32((roll >> 8) % (window + 3));
        if ((roll >> 16) % 4 == 0) back = window;
        if ((roll >> 24) % 4 == 0) back = uint32((roll >> 32) % 5);
        if (back > now_) back = now_;
        uint32 epoch = now_ - back;
        uint32 count = uint32((roll >> 64) % MOST_COUNT);
        uint256 expected = 0;
        if (back <= window && count > minted[member][epoch]) {
            expected = count - minted[member][epoch];
            minted[member][epoch] = count;
            balance[member] += expected;
        }
        assertEq(_settle(member, epoch, count), expected);
        if ((roll >> 96) % 4 == 0) _move(roll >> 128, member);
        if (roll % 16 == 0) _compare(now_, window);
    }

    /// @dev A part of the balance goes to the other member, or is burned: the records stay.
    function _move(uint256 roll, address from) private {
        uint256 amount = (roll >> 8) % (balance[from] + 1);
        address to = from == address(0x1000) ? address(0x1001) : address(0x1000);
        balance[from] -= amount;
        vm.prank(from);
        if (roll % 2 == 0) {
            points.burn(amount);
        } else {
            balance[to] += amount;
            IERC20(address(points)).transfer(to, amount);
        }
    }

    /// @dev Mostly none or a few epochs, now and then about a window, exactly one or one more, or very long.
    function _pause(uint256 roll, uint32 window) private pure returns (uint32) {
        uint256 kind = roll % 16;
        if (kind < 7) return 0;
        if (kind < 13) return uint32((roll >> 8) % 6);
        if (kind == 13) return window + uint32((roll >> 8) % 2);
        if (kind == 14) return uint32((roll >> 8) % (window + 2));
        return uint32((roll >> 8) % 100_000);
    }

    function _compare(uint32 now_, uint32 window) private view {
        for (uint160 i = 0; i < 2; i++) {
            address member = address(0x1000 + i);
            assertEq(balanceOf(points, member), balance[member]);
            for (uint32 epoch = now_ > window ? now_ - window : 0; epoch <= now_; epoch++) {
                assertEq(points.mintedFor(member, epoch), minted[member][epoch]);
            }
        }
    }

    function _settle(address member, uint32 epoch, uint32 count) private returns (uint256) {
        bytes memory lines = StatementPacking.packLine(Line(1, count, 0));
        return settle(points, StatementPacking.packStatement(member, epoch, lines));
    }
}
