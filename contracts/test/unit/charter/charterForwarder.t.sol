// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {ICharter} from "../../../src/interfaces/ICharter.sol";
import {ForwardRequests, IForwarder} from "../../model/signatures/ForwardRequests.sol";
import {CharterTest} from "./CharterTest.sol";

contract CharterForwarderTest is CharterTest {
    uint256 private id;

    function setUp() public override {
        super.setUp();
        id = announce(worse());
    }

    function test_WhenAMemberSignedAnObjection() external {
        forward(MEMBER_KEY, address(charter), abi.encodeCall(ICharter.object, (id, 300)));
        assertEq(charter.objectionOf(id, member), 300);
        assertEq(charter.objectionOf(id, address(forwarder)), 0);
        assertEq(charter.objectionOf(id, stranger), 0);
        assertEq(token.balanceOf(member), MEMBER_HAS - 300);
        warpToNoticeEnd(id);
        charter.release(id, member);
        assertEq(token.balanceOf(member), MEMBER_HAS);
    }

    function test_WhenAnObjectionIsRelayedTwice() external {
        IForwarder.ForwardRequestData memory request = ForwardRequests.sign(
            MEMBER_KEY,
            forwarder,
            address(charter),
            abi.encodeCall(ICharter.object, (id, 300))
        );
        forwarder.execute(request);
        vm.expectRevert();
        forwarder.execute(request);
        assertEq(charter.objectionOf(id, member), 300);
    }

    function test_WhenTheOperatorSignedAnAnnouncement() external {
        bytes memory terms = abi.encode(dearer());
        forward(
            OPERATOR_KEY,
            address(charter),
            abi.encodeCall(ICharter.announce, (address(buyback), terms))
        );
        assertEq(charter.changeCount(), 2);
        assertEq(buyback.termsCount(), 2);
    }

    function test_WhenTheOperatorSignedAWithdrawal() external {
        forward(OPERATOR_KEY, address(charter), abi.encodeCall(ICharter.withdraw, (id)));
        assertState(id, ICharter.ChangeState.Withdrawn);
    }

    function test_WhenAMemberSignedWhatTheOperatorMay() external {
        expectNotOperator(
            abi.encodeCall(ICharter.announce, (address(points), abi.encode(better())))
        );
        expectNotOperator(abi.encodeCall(ICharter.withdraw, (id)));
        assertState(id, ICharter.ChangeState.Pending);
    }

    function test_WhenAnotherAccountAppendsAMemberToAnObjection() external {
        bytes memory data = abi.encodePacked(abi.encodeCall(ICharter.object, (id, 300)), member);
        vm.prank(stranger);
        (bool done, bytes memory result) = address(charter).call(data);
        assertFalse(done);
        assertEq(
            result,
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, stranger, 0, 300)
        );
        assertEq(charter.objectionOf(id, member), 0);
    }

    function test_WhenAMemberSignedWhatAnybodyMayCall() external {
        object(other, id, 5_000);
        uint256 before = vm.snapshotState();
        burn(member, MEMBER_HAS);
        burn(other, 300_000);
        forward(MEMBER_KEY, address(charter), abi.encodeCall(ICharter.strike, (id)));
        assertState(id, ICharter.ChangeState.StruckDown);
        vm.revertToState(before);
        warpToNoticeEnd(id);
        forward(
            MEMBER_KEY,
            address(charter),
            abi.encodeCall(ICharter.enact, (id, abi.encode(worse())))
        );
        assertState(id, ICharter.ChangeState.Enacted);
        forward(MEMBER_KEY, address(charter), abi.encodeCall(ICharter.release, (id, other)));
        assertEq(token.balanceOf(other), OTHER_HAS);
    }

    function test_WhenAMemberSignedACallForTheCharterOfAnotherProgram() external {
        ICharter first = charter;
        vm.warp(STARTS_AT);
        createProgram();
        give(member, MEMBER_HAS);
        uint256 same = announce(worse());
        assertEq(same, id);
        forward(MEMBER_KEY, address(charter), abi.encodeCall(ICharter.object, (id, 300)));
        assertEq(charter.objectionOf(id, member), 300);
        assertEq(first.objectionOf(id, member), 0);
    }

    /// @dev The forwarder hides the reason, so the same call is also made as the forwarder makes it.
    function expectNotOperator(bytes memory data) private {
        IForwarder.ForwardRequestData memory request = ForwardRequests.sign(
            MEMBER_KEY,
            forwarder,
            address(charter),
            data
        );
        vm.expectRevert(abi.encodeWithSignature("FailedCall()"));
        forwarder.execute(request);
        vm.prank(address(forwarder));
        (bool done, bytes memory result) = address(charter).call(abi.encodePacked(data, member));
        assertFalse(done);
        assertEq(result, abi.encodeWithSelector(ICharter.NotOperator.selector, member));
    }
}
