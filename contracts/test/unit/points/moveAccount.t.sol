// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IPoints} from "../../../src/interfaces/IPoints.sol";
import {ProgramSignatures} from "../../model/signatures/ProgramSignatures.sol";
import {PointsTest} from "./PointsTest.sol";

/// @notice A contract wallet that agrees to everything but one word.
contract ContractWallet is IERC1271 {
    function isValidSignature(bytes32, bytes calldata signature) external pure returns (bytes4) {
        return
            keccak256(signature) == keccak256("no")
                ? bytes4(0)
                : IERC1271.isValidSignature.selector;
    }
}

contract MoveAccountTest is PointsTest {
    uint256 private constant WALLET_KEY = uint256(keccak256("own wallet"));

    address private wallet = vm.addr(WALLET_KEY);

    function setUp() public override {
        super.setUp();
        settle(member, 0, 10);
    }

    function test_WhenTheNewAccountSigned() external {
        vm.expectEmit(address(points));
        emit IERC20.Transfer(member, wallet, 10);
        vm.expectEmit(address(points));
        emit IPoints.AccountMoved(member, wallet, 10);
        assertEq(move(WALLET_KEY, wallet), 10);
        assertEq(token.balanceOf(member), 0);
        assertEq(token.balanceOf(wallet), 10);
        assertEq(points.mintedFor(member, 0), 10);
        assertEq(points.mintedFor(wallet, 0), 0);
        // Its statement was settled, to the account that it names.
        assertEq(settle(member, 0, 10), 0);
    }

    function test_WhenTheMoveIsRepeatedWithTheSameSignature() external {
        bytes memory signature = sign(WALLET_KEY, address(points), wallet);
        moveWith(wallet, signature);
        settle(member, 0, 13);
        assertEq(moveWith(wallet, signature), 3);
        assertEq(moveWith(wallet, signature), 0);
        assertEq(token.balanceOf(wallet), 13);
    }

    function test_GivenPointsDoNotMoveFreely() external {
        useNotTransferable();
        settle(member, 0, 10);
        assertEq(move(WALLET_KEY, wallet), 10);
        assertEq(token.balanceOf(wallet), 10);
    }

    function test_WhenTheDeadlineIsNow() external {
        bytes memory signature = sign(WALLET_KEY, address(points), wallet);
        vm.warp(deadline());
        assertEq(moveWith(wallet, signature), 10);
    }

    function test_WhenTheDeadlineHasPassed() external {
        bytes memory signature = sign(WALLET_KEY, address(points), wallet);
        vm.warp(deadline() + 1);
        vm.expectRevert(abi.encodeWithSelector(IPoints.DeadlinePassed.selector, deadline()));
        moveWith(wallet, signature);
    }

    function test_WhenAnotherAccountSigned() external {
        expectInvalidMove(wallet);
        move(MEMBER_KEY, wallet);
    }

    function test_WhenAnotherAccountCallsWithTheSignature() external {
        bytes memory signature = sign(WALLET_KEY, address(points), wallet);
        vm.expectRevert(abi.encodeWithSelector(IPoints.InvalidMove.selector, stranger, wallet));
        vm.prank(stranger);
        points.moveAccount(wallet, deadline(), signature);
    }

    function test_WhenTheSignatureIsForAnotherProgram() external {
        address foreign = address(createCounting(WINDOW, NO_BUDGET));
        bytes memory signature = sign(WALLET_KEY, foreign, wallet);
        expectInvalidMove(wallet);
        moveWith(wallet, signature);
    }

    function test_WhenTheNewAccountIsZero() external {
        expectInvalidMove(address(0));
        moveWith(address(0), new bytes(65));
    }

    function test_WhenTheNewAccountIsTheOldOne() external {
        expectInvalidMove(member);
        move(MEMBER_KEY, member);
    }

    function test_WhenTheNewAccountIsAContractOfTheProgram() external {
        // Even one that would sign.
        vm.etch(address(buyback), address(new ContractWallet()).code);
        address[4] memory own = [
            charter,
            address(buyback),
            address(points),
            points.trustedForwarder()
        ];
        for (uint256 i = 0; i < own.length; i++) {
            expectInvalidMove(own[i]);
            moveWith(own[i], "yes");
        }
    }

    function test_WhenTheNewAccountIsAContractThatSignsByERC1271() external {
        address contractWallet = address(new ContractWallet());
        expectInvalidMove(contractWallet);
        moveWith(contractWallet, "no");
        assertEq(moveWith(contractWallet, "yes"), 10);
        assertEq(token.balanceOf(contractWallet), 10);
    }

    function test_WhenTheNewAccountHasAKeyAndBorrowsCode() external {
        // By EIP-7702, code that knows no signatures.
        vm.etch(wallet, abi.encodePacked(hex"ef0100", address(buyback)));
        assertEq(move(WALLET_KEY, wallet), 10);
        assertEq(token.balanceOf(wallet), 10);
        // Another key signs nothing for it all the same.
        settle(member, 0, 11);
        expectInvalidMove(wallet);
        move(MEMBER_KEY, wallet);
    }

    function deadline() private pure returns (uint256) {
        return STARTS_AT + 1 hours;
    }

    function sign(uint256 key, address program, address to) private view returns (bytes memory) {
        return ProgramSignatures.signMove(key, program, member, to, deadline());
    }

    function move(uint256 key, address to) private returns (uint256) {
        return moveWith(to, sign(key, address(points), to));
    }

    function moveWith(address to, bytes memory signature) private returns (uint256) {
        vm.prank(member);
        return points.moveAccount(to, deadline(), signature);
    }

    function expectInvalidMove(address to) private {
        vm.expectRevert(abi.encodeWithSelector(IPoints.InvalidMove.selector, member, to));
    }
}
