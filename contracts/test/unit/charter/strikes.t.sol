// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ICharter} from "../../../src/interfaces/ICharter.sol";
import {CharterTest} from "./CharterTest.sol";

/// @dev An operator who announces the same again and again, so that holders tire of objecting.
contract StrikesTest is CharterTest {
    uint64 private constant FORGIVEN_AFTER = 8 * uint64(NOTICE);

    function test_GivenChangesAreStruckDownInARow() external {
        uint64[6] memory rests = [uint64(1), 2, 4, 8, 8, 8];
        for (uint256 i = 0; i < rests.length; i++) {
            strikeDown();
            assertEq(charter.strikesInARow(), i + 1);
            assertRests(rests[i] * NOTICE);
        }
    }

    function test_WhenAChangeIsWithdrawnAtHalfOfWhatIsNeeded() external {
        uint256 id = announce(worse());
        object(member, id, NEEDED / 2);
        vm.expectEmit(address(charter));
        emit ICharter.ChangeWithdrawn(id, true);
        withdrawChange(id);
        assertEq(charter.strikesInARow(), 1);
        assertRests(NOTICE);
        strikeDown();
        assertRests(2 * uint64(NOTICE));
    }

    function test_WhenAChangeIsWithdrawnOneBaseUnitBelowIt() external {
        strikeDown();
        vm.warp(charter.cooldownUntil());
        uint256 id = announce(worse());
        object(member, id, charter.objectionsNeeded(id) / 2 - 1);
        vm.expectEmit(address(charter));
        emit ICharter.ChangeWithdrawn(id, false);
        withdrawChange(id);
        assertEq(charter.strikesInARow(), 1);
        assertRests(NOTICE);
    }

    function test_WhenAChangeIsWithdrawnAfterStrikes() external {
        for (uint256 i = 0; i < 3; i++) strikeDown();
        vm.warp(charter.cooldownUntil());
        // It rests as long as the strikes before it say, and is none.
        withdrawChange(announce(worse()));
        assertEq(charter.strikesInARow(), 3);
        assertRests(4 * uint64(NOTICE));
    }

    function test_WhenAChangeDiesAfterStrikes() external {
        for (uint256 i = 0; i < 2; i++) strikeDown();
        vm.warp(charter.cooldownUntil());
        uint256 id = announce(worse());
        vm.warp(change(id).diesAt);
        assertEq(charter.strikesInARow(), 2);
        assertEq(charter.cooldownUntil(), change(id).diesAt + 2 * uint64(NOTICE));
    }

    function test_WhenAHurtfulChangeIsEnacted() external {
        for (uint256 i = 0; i < 2; i++) strikeDown();
        vm.warp(charter.cooldownUntil());
        uint256 id = announce(worse());
        assertEq(charter.strikesInARow(), 2);
        warpToNoticeEnd(id);
        enact(id, worse());
        assertEq(charter.strikesInARow(), 0);
        id = announce(cheaper());
        object(member, id, charter.objectionsNeeded(id));
        assertEq(charter.cooldownUntil(), change(id).announcedAt + NOTICE);
    }

    function test_WhenAnImprovementIsApplied() external {
        strikeDown();
        announce(better());
        assertEq(charter.strikesInARow(), 1);
    }

    function test_GivenEightNoticePeriodsHavePassedSinceTheRest() external {
        for (uint256 i = 0; i < 2; i++) strikeDown();
        vm.warp(charter.cooldownUntil() + FORGIVEN_AFTER);
        strikeDown();
        assertEq(charter.strikesInARow(), 1);
        assertRests(NOTICE);
    }

    function test_GivenASecondLessHasPassed() external {
        for (uint256 i = 0; i < 2; i++) strikeDown();
        vm.warp(charter.cooldownUntil() + FORGIVEN_AFTER - 1);
        strikeDown();
        assertEq(charter.strikesInARow(), 3);
        assertRests(4 * uint64(NOTICE));
    }

    function test_GivenMoreStrikesThanTheCounterHolds() external {
        for (uint256 i = 0; i < 257; i++) strikeDown();
        assertEq(charter.strikesInARow(), 255);
        assertRests(8 * uint64(NOTICE));
    }

    /// @dev As soon as it may be, and the points come back to object again.
    function strikeDown() private {
        if (vm.getBlockTimestamp() < charter.cooldownUntil()) vm.warp(charter.cooldownUntil());
        uint256 id = announce(worse());
        object(member, id, charter.objectionsNeeded(id));
        assertState(id, ICharter.ChangeState.StruckDown);
        vm.warp(change(id).noticeEndsAt);
        charter.release(id, member);
        vm.warp(change(id).announcedAt);
    }

    /// @dev From the moment of the last announcement, which was also its end.
    function assertRests(uint64 rest) private {
        uint64 until = uint64(vm.getBlockTimestamp()) + rest;
        assertEq(charter.cooldownUntil(), until);
        vm.warp(until - 1);
        expectCooldown(until);
        announce(worse());
        vm.warp(until);
    }
}
