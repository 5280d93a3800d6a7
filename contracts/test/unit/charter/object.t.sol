// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ICharter} from "../../../src/interfaces/ICharter.sol";
import {ProgramSettings} from "../../../src/interfaces/IPrograms.sol";
import {CharterTest} from "./CharterTest.sol";

contract ObjectTest is CharterTest {
    uint256 private id;

    function setUp() public override {
        super.setUp();
        id = announce(worse());
    }

    function test_WhenAHolderObjects() external {
        vm.expectEmit(address(charter));
        emit ICharter.Objected(id, member, 300, 300, 300);
        vm.expectEmit(address(points));
        emit IERC20.Transfer(member, address(charter), 300);
        object(member, id, 300);
        assertEq(charter.objectionOf(id, member), 300);
        assertEq(change(id).objections, 300);
        assertEq(token.balanceOf(member), MEMBER_HAS - 300);
        assertEq(token.balanceOf(address(charter)), 300);
        assertEq(token.totalSupply(), MEMBER_HAS + OTHER_HAS);
        assertState(id, ICharter.ChangeState.Pending);
    }

    function test_WhenAHolderObjectsAgain() external {
        object(member, id, 300);
        vm.expectEmit(address(charter));
        emit ICharter.Objected(id, member, 50, 350, 350);
        object(member, id, 50);
        assertEq(charter.objectionOf(id, member), 350);
        assertEq(token.balanceOf(address(charter)), 350);
    }

    function test_WhenSeveralHoldersObject() external {
        object(member, id, 300);
        vm.expectEmit(address(charter));
        emit ICharter.Objected(id, other, 70, 70, 370);
        object(other, id, 70);
        assertEq(charter.objectionOf(id, member), 300);
        assertEq(charter.objectionOf(id, other), 70);
        assertEq(change(id).objections, 370);
    }

    function test_WhenObjectionsStayOneBaseUnitBelowTheThreshold() external {
        object(member, id, NEEDED - 1);
        assertState(id, ICharter.ChangeState.Pending);
        assertEq(charter.pendingChange(), id);
    }

    function test_WhenObjectionsReachTheThreshold() external {
        object(member, id, NEEDED - 1);
        vm.expectEmit(address(charter));
        emit ICharter.ChangeStruckDown(id, NEEDED, NEEDED);
        object(other, id, 1);
        assertState(id, ICharter.ChangeState.StruckDown);
        assertEq(charter.pendingChange(), 0);
        assertEq(token.balanceOf(address(charter)), NEEDED);
        assertEq(charter.objectionOf(id, member), NEEDED - 1);
        assertEq(charter.objectionOf(id, other), 1);
    }

    function test_WhenOneObjectionAloneIsEnough() external {
        vm.expectEmit(address(charter));
        emit ICharter.ChangeStruckDown(id, MEMBER_HAS, NEEDED);
        object(member, id, MEMBER_HAS);
        assertState(id, ICharter.ChangeState.StruckDown);
        assertEq(change(id).objections, MEMBER_HAS);
    }

    function test_WhenTheAmountIsZero() external {
        vm.expectRevert(ICharter.NothingToObject.selector);
        object(member, id, 0);
    }

    function test_WhenTheHolderHasTooLittle() external {
        vm.expectRevert(
            abi.encodeWithSelector(
                IERC20Errors.ERC20InsufficientBalance.selector,
                member,
                MEMBER_HAS,
                MEMBER_HAS + 1
            )
        );
        object(member, id, MEMBER_HAS + 1);
        assertEq(change(id).objections, 0);
        assertState(id, ICharter.ChangeState.Pending);
    }

    function test_WhenThereIsNoSuchChange() external {
        expectNotPending(0, ICharter.ChangeState.None);
        object(member, 0, 1);
        expectNotPending(2, ICharter.ChangeState.None);
        object(member, 2, 1);
    }

    function test_WhenTheChangeIsAnImprovement() external {
        uint256 improvement = announce(dearer());
        expectNotPending(improvement, ICharter.ChangeState.Enacted);
        object(member, improvement, 1);
    }

    function test_WhenTheChangeWasStruckDown() external {
        object(member, id, NEEDED);
        expectNotPending(id, ICharter.ChangeState.StruckDown);
        object(other, id, 1);
    }

    function test_WhenTheChangeWasWithdrawn() external {
        withdrawChange(id);
        expectNotPending(id, ICharter.ChangeState.Withdrawn);
        object(member, id, 1);
    }

    function test_WhenTheNoticeIsInItsLastSecond() external {
        vm.warp(change(id).noticeEndsAt - 1);
        object(member, id, NEEDED);
        assertState(id, ICharter.ChangeState.StruckDown);
    }

    function test_WhenTheNoticeIsOver() external {
        warpToNoticeEnd(id);
        expectNoticeOver(change(id).noticeEndsAt);
        object(member, id, NEEDED);
        assertState(id, ICharter.ChangeState.Pending);
    }

    function test_WhenTheChangeIsDead() external {
        vm.warp(change(id).diesAt);
        expectNotPending(id, ICharter.ChangeState.Dead);
        object(member, id, 1);
    }

    function test_WhenPointsAreTendered() external {
        warpToRound(0);
        tender(member, 0, MEMBER_HAS);
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, member, 0, 1)
        );
        object(member, id, 1);
    }

    function test_GivenPointsDoNotMoveFreely() external {
        vm.warp(STARTS_AT);
        ProgramSettings memory settings = defaultSettings();
        settings.transferable = false;
        createProgram(settings);
        give(member, MEMBER_HAS);
        id = announce(worse());
        object(member, id, 300);
        assertEq(token.balanceOf(address(charter)), 300);
        warpToNoticeEnd(id);
        charter.release(id, member);
        assertEq(token.balanceOf(member), MEMBER_HAS);
    }

    function test_GivenTheSupplyFellAfterTheAnnouncement() external {
        burn(member, MEMBER_HAS);
        burn(other, 300_000);
        object(other, id, 4_999);
        assertState(id, ICharter.ChangeState.Pending);
        vm.expectEmit(address(charter));
        emit ICharter.ChangeStruckDown(id, 5_000, 5_000);
        object(other, id, 1);
    }
}
