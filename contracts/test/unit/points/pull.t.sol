// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IPoints} from "../../../src/interfaces/IPoints.sol";
import {EscrowModule} from "../../model/fixtures/EscrowModule.sol";
import {PointsTest} from "./PointsTest.sol";

contract PullTest is PointsTest {
    function test_WhenTheCallerIsNoModule() external {
        settle(member, 0, 5);
        EscrowModule foreign = new EscrowModule();
        vm.expectRevert(abi.encodeWithSelector(IPoints.NotModule.selector, address(foreign)));
        vm.prank(member);
        foreign.take(points, 5);
        address[4] memory callers = [operator, recorder, member, points.trustedForwarder()];
        for (uint256 i = 0; i < callers.length; i++) {
            vm.expectRevert(abi.encodeWithSelector(IPoints.NotModule.selector, callers[i]));
            vm.prank(callers[i]);
            points.pull(member, 1);
        }
    }

    function test_WhenTheCallerIsAModuleWithoutCode() external {
        settle(member, 0, 5);
        vm.expectRevert(abi.encodeWithSelector(IPoints.NotModule.selector, charter));
        vm.prank(charter);
        points.pull(member, 1);
    }

    function test_WhenTheCallerIsAPlainAccountThatDelegatesItsCode() external {
        settle(member, 0, 5);
        // What EIP-7702 puts at an account: the marker and the address whose code it borrows.
        vm.etch(charter, abi.encodePacked(hex"ef0100", address(buyback)));
        vm.expectRevert(abi.encodeWithSelector(IPoints.NotModule.selector, charter));
        vm.prank(charter);
        points.pull(member, 1);
    }

    function test_WhenAModulePullsForItsCaller() external {
        settle(member, 0, 5);
        vm.expectEmit(address(points));
        emit IERC20.Transfer(member, address(catalogue), 3);
        vm.prank(member);
        catalogue.take(points, 3);
        assertEq(token.balanceOf(member), 2);
        assertEq(token.balanceOf(address(catalogue)), 3);
        assertEq(token.totalSupply(), 5);
        assertEq(points.mintedFor(member, 0), 5);
    }

    function test_WhenTheMemberHasTooLittle() external {
        settle(member, 0, 5);
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, member, 5, 6)
        );
        vm.prank(member);
        buyback.take(points, 6);
    }

    function test_GivenPointsDoNotMoveFreely() external {
        useNotTransferable();
        settle(member, 0, 5);
        vm.prank(member);
        buyback.take(points, 5);
        assertEq(token.balanceOf(address(buyback)), 5);
    }
}
