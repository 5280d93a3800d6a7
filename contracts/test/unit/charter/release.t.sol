// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ICharter} from "../../../src/interfaces/ICharter.sol";
import {CharterTest} from "./CharterTest.sol";

contract ReleaseTest is CharterTest {
    uint256 private id;

    function setUp() public override {
        super.setUp();
        id = announce(worse());
        object(member, id, 300);
    }

    function test_WhenTheNoticeIsOver() external {
        warpToNoticeEnd(id);
        vm.expectEmit(address(charter));
        emit ICharter.ObjectionReleased(id, member, 300);
        vm.expectEmit(address(points));
        emit IERC20.Transfer(address(charter), member, 300);
        vm.prank(stranger);
        charter.release(id, member);
        assertEq(token.balanceOf(member), MEMBER_HAS);
        assertEq(charter.objectionOf(id, member), 0);
        assertEq(change(id).objections, 300);
    }

    function test_WhenTheNoticeIsInItsLastSecond() external {
        uint64 noticeEndsAt = change(id).noticeEndsAt;
        vm.warp(noticeEndsAt - 1);
        expectNoticeRuns(noticeEndsAt);
        charter.release(id, member);
    }

    function test_GivenTheChangeWasStruckDown() external {
        object(other, id, NEEDED);
        assertState(id, ICharter.ChangeState.StruckDown);
        uint64 noticeEndsAt = change(id).noticeEndsAt;
        vm.warp(noticeEndsAt - 1);
        expectNoticeRuns(noticeEndsAt);
        charter.release(id, member);
        vm.warp(noticeEndsAt);
        charter.release(id, member);
        charter.release(id, other);
        assertEq(token.balanceOf(other), OTHER_HAS);
    }

    function test_GivenTheChangeIsPendingEnactedOrDead() external {
        object(other, id, 20);
        object(member, id, 1);
        warpToNoticeEnd(id);
        charter.release(id, member);
        assertState(id, ICharter.ChangeState.Pending);
        uint256 before = vm.snapshotState();
        enact(id, worse());
        charter.release(id, other);
        assertEq(token.balanceOf(other), OTHER_HAS);
        vm.revertToState(before);
        vm.warp(change(id).diesAt + 365 days);
        charter.release(id, other);
        assertEq(token.balanceOf(other), OTHER_HAS);
    }

    function test_GivenTheOperatorTookTheChangeBack() external {
        object(other, id, 70);
        withdrawChange(id);
        vm.prank(stranger);
        charter.release(id, member);
        assertEq(token.balanceOf(member), MEMBER_HAS);
        charter.release(id, other);
        assertEq(token.balanceOf(address(charter)), 0);
        expectNothingToRelease(id, member);
        charter.release(id, member);
    }

    function test_WhenTheyAreReleasedAlready() external {
        object(other, id, 300);
        warpToNoticeEnd(id);
        charter.release(id, member);
        expectNothingToRelease(id, member);
        charter.release(id, member);
        assertEq(token.balanceOf(address(charter)), 300);
    }

    function test_WhenAnotherAccountObjected() external {
        object(other, id, 70);
        warpToNoticeEnd(id);
        charter.release(id, member);
        assertEq(charter.objectionOf(id, other), 70);
        expectNothingToRelease(id, stranger);
        charter.release(id, stranger);
    }

    function test_WhenTheHolderObjectedToAnotherChangeToo() external {
        withdrawChange(id);
        warpToNoticeEnd(id);
        uint256 second = announce(worse());
        object(member, second, 40);
        charter.release(id, member);
        assertEq(charter.objectionOf(second, member), 40);
        assertEq(token.balanceOf(address(charter)), 40);
        expectNoticeRuns(change(second).noticeEndsAt);
        charter.release(second, member);
    }

    function test_WhenThereIsNoSuchChange() external {
        expectNothingToRelease(9, member);
        charter.release(9, member);
    }

    function test_GivenTheOperatorIsGoneAndTheSettlementTokenRefusesEverything() external {
        // Whatever is called there reverts from now on.
        vm.etch(address(money), hex"fe");
        warpToNoticeEnd(id);
        vm.prank(stranger);
        charter.release(id, member);
        assertEq(token.balanceOf(member), MEMBER_HAS);
    }

    function test_GivenObjectionsOfEveryHolderAreReleased() external {
        object(other, id, 70);
        warpToNoticeEnd(id);
        charter.release(id, other);
        charter.release(id, member);
        assertEq(token.balanceOf(address(charter)), 0);
    }

    function expectNothingToRelease(uint256 id_, address holder) private {
        vm.expectRevert(abi.encodeWithSelector(ICharter.NothingToRelease.selector, id_, holder));
    }
}
