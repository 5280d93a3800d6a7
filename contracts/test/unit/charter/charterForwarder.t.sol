// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {ICharter} from "../../../src/interfaces/ICharter.sol";
import {ProgramSettings} from "../../../src/interfaces/IPrograms.sol";
import {ForwardRequests, IForwarder} from "../../model/signatures/ForwardRequests.sol";
import {CharterTest} from "./CharterTest.sol";

contract CharterForwarderTest is CharterTest {
    uint256 private constant OPERATOR_KEY = uint256(keccak256("operator key"));

    uint256 private id;

    function setUp() public override {
        deployPrograms();
        operator = vm.addr(OPERATOR_KEY);
        ProgramSettings memory settings = defaultSettings();
        createProgram(settings);
        give(member, MEMBER_HAS);
        give(other, OTHER_HAS);
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
        expectNotOperator(
            abi.encodeCall(ICharter.announce, (address(points), abi.encode(better())))
        );
    }

    function test_WhenTheOperatorSignedAWithdrawal() external {
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
        object(other, id, 20_000);
        uint256 before = vm.snapshotState();
        vm.prank(member);
        points.burn(MEMBER_HAS);
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
            OPERATOR_KEY,
            forwarder,
            address(charter),
            data
        );
        vm.expectRevert(abi.encodeWithSignature("FailedCall()"));
        forwarder.execute(request);
        vm.prank(address(forwarder));
        (bool done, bytes memory result) = address(charter).call(abi.encodePacked(data, operator));
        assertFalse(done);
        assertEq(result, abi.encodeWithSelector(ICharter.NotOperator.selector, address(forwarder)));
    }
}
