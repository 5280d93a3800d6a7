// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ICharter} from "../../../src/interfaces/ICharter.sol";
import {CharterTest} from "./CharterTest.sol";

contract WithdrawChangeTest is CharterTest {
    uint256 private id;

    function setUp() public override {
        super.setUp();
        id = announce(worse());
    }

    function test_WhenTheOperatorWithdrawsDuringTheNotice() external {
        vm.expectEmit(address(charter));
        emit ICharter.ChangeWithdrawn(id, false);
        withdrawChange(id);
        assertState(id, ICharter.ChangeState.Withdrawn);
        assertEq(charter.pendingChange(), 0);
        warpToNoticeEnd(id);
        expectNotPending(id, ICharter.ChangeState.Withdrawn);
        enact(id, worse());
    }

    function test_WhenTheOperatorWithdrawsAfterTheNotice() external {
        warpToNoticeEnd(id);
        withdrawChange(id);
        expectNotPending(id, ICharter.ChangeState.Withdrawn);
        enact(id, worse());
    }

    function test_WhenTheCallerIsNotTheOperator() external {
        address[3] memory callers = [member, recorder, stranger];
        for (uint256 i = 0; i < callers.length; i++) {
            vm.expectRevert(abi.encodeWithSelector(ICharter.NotOperator.selector, callers[i]));
            vm.prank(callers[i]);
            charter.withdraw(id);
        }
    }

    function test_WhenTheChangeIsNotPending() external {
        expectNotPending(2, ICharter.ChangeState.None);
        withdrawChange(2);
        uint256 improvement = announce(dearer());
        expectNotPending(improvement, ICharter.ChangeState.Enacted);
        withdrawChange(improvement);
        withdrawChange(id);
        expectNotPending(id, ICharter.ChangeState.Withdrawn);
        withdrawChange(id);
    }

    function test_WhenTheChangeIsDead() external {
        uint64 diesAt = change(id).diesAt;
        vm.warp(diesAt + 1 days);
        expectNotPending(id, ICharter.ChangeState.Dead);
        withdrawChange(id);
        assertEq(charter.cooldownUntil(), diesAt + NOTICE);
    }

    function test_GivenHoldersObjected() external {
        object(member, id, 300);
        withdrawChange(id);
        charter.release(id, member);
        assertEq(token.balanceOf(member), MEMBER_HAS);
    }

    function test_GivenALastRoundThatNobodyHasSettled() external {
        withdrawChange(id);
        vm.warp(charter.cooldownUntil());
        id = announce(diluting());
        fund(ROUND_BUDGET);
        warpToRound(1);
        tender(member, 1, MEMBER_HAS);
        warpToClose(1);
        withdrawChange(id);
        assertTrue(buyback.roundOf(1).settled);
        assertState(id, ICharter.ChangeState.Withdrawn);
    }
}
