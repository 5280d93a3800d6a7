// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ICharter} from "../../../src/interfaces/ICharter.sol";
import {CharterTest} from "./CharterTest.sol";

contract StrikeTest is CharterTest {
    uint256 private id;

    function setUp() public override {
        super.setUp();
        id = announce(worse());
    }

    function test_WhenObjectionsAreBelowTheThreshold() external {
        expectThresholdNotReached(0, NEEDED);
        charter.strike(id);
        object(member, id, NEEDED - 1);
        expectThresholdNotReached(NEEDED - 1, NEEDED);
        charter.strike(id);
    }

    function test_GivenTheSupplyFellToWhereTheObjectionsAreEnough() external {
        object(other, id, 5_000);
        burn(member, MEMBER_HAS);
        burn(other, 299_999);
        expectThresholdNotReached(5_000, 5_001);
        charter.strike(id);
        burn(other, 1);
        vm.warp(STARTS_AT + 1 days);
        vm.expectEmit(address(charter));
        emit ICharter.ChangeStruckDown(id, 5_000, 5_000);
        vm.prank(stranger);
        charter.strike(id);
        assertState(id, ICharter.ChangeState.StruckDown);
        assertEq(charter.pendingChange(), 0);
        assertEq(charter.cooldownUntil(), STARTS_AT + 1 days + NOTICE);
    }

    function test_GivenTheSupplyRoseAfterTheAnnouncement() external {
        give(stranger, 10 ** 9);
        object(member, id, NEEDED - 1);
        expectThresholdNotReached(NEEDED - 1, NEEDED);
        charter.strike(id);
        object(member, id, 1);
        assertState(id, ICharter.ChangeState.StruckDown);
    }

    function test_GivenNobodyObjectedAndThereAreNoPoints() external {
        burn(member, MEMBER_HAS);
        burn(other, OTHER_HAS);
        expectThresholdNotReached(0, 100);
        charter.strike(id);
    }

    function test_WhenTheNoticeIsOver() external {
        object(other, id, 5_000);
        warpToNoticeEnd(id);
        burn(member, MEMBER_HAS);
        burn(other, 300_000);
        assertEq(charter.objectionsNeeded(id), 5_000);
        expectNoticeOver(change(id).noticeEndsAt);
        charter.strike(id);
        enact(id, worse());
    }

    function test_WhenTheChangeIsNotPending() external {
        expectNotPending(7, ICharter.ChangeState.None);
        charter.strike(7);
        object(member, id, NEEDED);
        expectNotPending(id, ICharter.ChangeState.StruckDown);
        charter.strike(id);
    }

    function test_WhenTheNoticeIsInItsLastSecond() external {
        object(other, id, 5_000);
        burn(member, MEMBER_HAS);
        burn(other, 300_000);
        vm.warp(change(id).noticeEndsAt - 1);
        charter.strike(id);
        assertState(id, ICharter.ChangeState.StruckDown);
    }

    function expectThresholdNotReached(uint96 objections, uint96 needed) private {
        vm.expectRevert(
            abi.encodeWithSelector(ICharter.ThresholdNotReached.selector, objections, needed)
        );
    }
}
