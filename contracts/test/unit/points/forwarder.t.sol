// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IPoints, PointsSettings} from "../../../src/interfaces/IPoints.sol";
import {ForwardRequests, IForwarder} from "../../model/signatures/ForwardRequests.sol";
import {ProgramSignatures} from "../../model/signatures/ProgramSignatures.sol";
import {PointsTest} from "./PointsTest.sol";

contract ForwarderTest is PointsTest {
    uint256 private constant OPERATOR_KEY = uint256(keccak256("operator key"));
    uint256 private constant CHARTER_KEY = uint256(keccak256("charter key"));
    uint256 private constant WALLET_KEY = uint256(keccak256("own wallet"));

    IForwarder private forwarder;

    function setUp() public override {
        super.setUp();
        PointsSettings memory settings = defaultSettings();
        settings.operator = vm.addr(OPERATOR_KEY);
        settings.charter = vm.addr(CHARTER_KEY);
        use(create(settings, countingTerms(NO_BUDGET)));
        forwarder = IForwarder(points.trustedForwarder());
        settle(member, 0, 10);
    }

    function test_WhenAMemberSignedABurn() external {
        forward(MEMBER_KEY, abi.encodeCall(IPoints.burn, (4)));
        assertEq(token.balanceOf(member), 6);
    }

    function test_WhenAMemberSignedATransfer() external {
        forward(MEMBER_KEY, abi.encodeCall(IERC20.transfer, (other, 4)));
        assertEq(token.balanceOf(other), 4);
    }

    function test_WhenAMemberSignedAnApproval() external {
        forward(MEMBER_KEY, abi.encodeCall(IERC20.approve, (other, 4)));
        assertEq(token.allowance(member, other), 4);
    }

    function test_WhenAMemberSignedAMoveOfItsAccount() external {
        address wallet = vm.addr(WALLET_KEY);
        bytes memory signature = ProgramSignatures.signMove(
            WALLET_KEY,
            address(points),
            member,
            wallet,
            type(uint48).max
        );
        forward(
            MEMBER_KEY,
            abi.encodeCall(IPoints.moveAccount, (wallet, type(uint48).max, signature))
        );
        assertEq(token.balanceOf(wallet), 10);
    }

    function test_WhenAMemberSendsABatchThatTheRecorderSigned() external {
        bytes memory batch = statement(member, 0, 99);
        bytes memory signature = signedByRecorder(points, batch);
        forward(MEMBER_KEY, abi.encodeCall(IPoints.settle, (batch, signature)));
        assertEq(token.balanceOf(member), 99);
    }

    function test_WhenTheOperatorSignedItsOwnCalls() external {
        address next = makeAddr("next recorder");
        forward(OPERATOR_KEY, abi.encodeCall(IPoints.rotateRecorder, (next)));
        assertEq(points.nextRecorder(), next);
        forward(OPERATOR_KEY, abi.encodeCall(IPoints.revokeRecorder, (recorder, other)));
        assertEq(points.recorder(), other);
        vm.expectEmit(address(points));
        emit IPoints.OperatorOffered(vm.addr(OPERATOR_KEY), other);
        forward(OPERATOR_KEY, abi.encodeCall(IPoints.offerOperator, (other)));
        assertEq(points.offeredOperator(), other);
    }

    function test_WhenAMemberSignedCallsOfTheOperator() external {
        bytes4 refusal = IPoints.NotOperator.selector;
        expectFailure(MEMBER_KEY, abi.encodeCall(IPoints.rotateRecorder, (other)), refusal, member);
        expectFailure(
            MEMBER_KEY,
            abi.encodeCall(IPoints.revokeRecorder, (recorder, other)),
            refusal,
            member
        );
        expectFailure(MEMBER_KEY, abi.encodeCall(IPoints.offerOperator, (other)), refusal, member);
    }

    function test_WhenTheCharterSignedTerms() external {
        bytes memory terms = abi.encode(countingTerms(NO_BUDGET));
        expectFailure(
            CHARTER_KEY,
            abi.encodeCall(IPoints.applyTerms, (terms)),
            IPoints.NotCharter.selector,
            address(forwarder)
        );
    }

    function test_WhenAnOfferedOperatorSignedItsAcceptance() external {
        vm.prank(vm.addr(OPERATOR_KEY));
        points.offerOperator(member);
        expectFailure(
            CHARTER_KEY,
            abi.encodeCall(IPoints.acceptOperator, ()),
            IPoints.NotOfferedOperator.selector,
            vm.addr(CHARTER_KEY)
        );
        vm.expectEmit(address(points));
        emit IPoints.OperatorChanged(vm.addr(OPERATOR_KEY), member);
        forward(MEMBER_KEY, abi.encodeCall(IPoints.acceptOperator, ()));
        assertEq(points.operator(), member);
    }

    function test_WhenAModuleSignedAPull() external {
        expectFailure(
            CHARTER_KEY,
            abi.encodeCall(IPoints.pull, (member, 1)),
            IPoints.NotModule.selector,
            address(forwarder)
        );
    }

    function test_WhenAnotherAccountAppendsAMemberOrTheOperatorToACall() external {
        vm.startPrank(stranger);
        (bool done, bytes memory result) = address(points).call(
            abi.encodePacked(abi.encodeCall(IPoints.burn, (4)), member)
        );
        assertFalse(done);
        assertEq(bytes4(result), IERC20Errors.ERC20InsufficientBalance.selector);
        (done, result) = address(points).call(
            abi.encodePacked(abi.encodeCall(IPoints.rotateRecorder, (other)), points.operator())
        );
        assertFalse(done);
        assertEq(result, abi.encodeWithSelector(IPoints.NotOperator.selector, stranger));
        assertEq(token.balanceOf(member), 10);
    }

    function test_WhenASignedStatementIsRelayed() external {
        bytes memory receipt = signed(RECORDER_KEY, other, 0, 5);
        forward(
            MEMBER_KEY,
            abi.encodeCall(IPoints.settleSigned, (other, 0, lines(5), recorder, receipt))
        );
        assertEq(token.balanceOf(other), 5);
    }

    function forward(uint256 key, bytes memory data) private {
        forwarder.execute(request(key, data));
    }

    /// @dev The forwarder hides the reason, so the same call is also made as the forwarder makes it.
    function expectFailure(uint256 key, bytes memory data, bytes4 reason, address caller) private {
        IForwarder.ForwardRequestData memory signedRequest = request(key, data);
        vm.expectRevert(abi.encodeWithSignature("FailedCall()"));
        forwarder.execute(signedRequest);
        vm.prank(address(forwarder));
        (bool done, bytes memory result) = address(points).call(
            abi.encodePacked(data, vm.addr(key))
        );
        assertFalse(done);
        assertEq(result, abi.encodeWithSelector(reason, caller));
    }

    function request(
        uint256 key,
        bytes memory data
    ) private view returns (IForwarder.ForwardRequestData memory) {
        return ForwardRequests.sign(key, forwarder, address(points), data);
    }
}
