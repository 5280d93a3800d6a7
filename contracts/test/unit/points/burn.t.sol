// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {PointsTest} from "./PointsTest.sol";

contract BurnTest is PointsTest {
    function test_WhenTheCallerHasEnough() external {
        settle(member, 0, 5);
        settle(other, 0, 5);
        vm.expectEmit(address(points));
        emit IERC20.Transfer(member, address(0), 4);
        vm.prank(member);
        points.burn(4);
        assertEq(token.balanceOf(member), 1);
        assertEq(token.balanceOf(other), 5);
        assertEq(token.totalSupply(), 6);
    }

    function test_WhenTheCallerHasTooLittle() external {
        settle(member, 0, 5);
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, member, 5, 6)
        );
        vm.prank(member);
        points.burn(6);
    }

    function test_GivenPointsDoNotMoveFreely() external {
        useNotTransferable();
        settle(member, 0, 5);
        vm.prank(member);
        points.burn(5);
        assertEq(token.totalSupply(), 0);
    }
}
