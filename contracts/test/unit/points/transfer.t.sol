// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {IPoints, PointsSettings} from "../../../src/interfaces/IPoints.sol";
import {PointsTest} from "./PointsTest.sol";

contract TransferTest is PointsTest {
    function setUp() public override {
        super.setUp();
        settle(member, 0, 10);
    }

    function test_GivenPointsMoveFreely() external {
        vm.expectEmit(address(points));
        emit IERC20.Transfer(member, other, 4);
        vm.prank(member);
        assertTrue(token.transfer(other, 4));
        assertEq(token.balanceOf(member), 6);
        assertEq(token.balanceOf(other), 4);
        assertEq(token.totalSupply(), 10);

        vm.prank(member);
        token.approve(stranger, 6);
        vm.prank(stranger);
        assertTrue(token.transferFrom(member, other, 5));
        assertEq(token.balanceOf(other), 9);
        assertEq(token.allowance(member, stranger), 1);
    }

    function test_GivenPointsDoNotMoveFreely() external {
        useNotTransferable();
        settle(member, 0, 10);
        vm.prank(member);
        token.approve(stranger, 10);
        vm.expectRevert(IPoints.NotTransferable.selector);
        vm.prank(member);
        token.transfer(other, 1);
        vm.expectRevert(IPoints.NotTransferable.selector);
        vm.prank(stranger);
        token.transferFrom(member, other, 1);
        vm.expectRevert(IPoints.NotTransferable.selector);
        vm.prank(member);
        token.transfer(other, 0);
    }

    function test_GivenPointsDoNotMoveFreelyAndTheSenderIsAModule() external {
        useNotTransferable();
        settle(member, 0, 10);
        vm.prank(member);
        buyback.take(points, 10);
        buyback.giveBack(points, member, 10);
        assertEq(token.balanceOf(member), 10);
    }

    function test_WhenTheReceiverIsAContractOfTheProgram() external {
        vm.prank(member);
        buyback.take(points, 1);
        vm.prank(member);
        token.approve(stranger, 10);
        address[5] memory own = [
            charter,
            address(buyback),
            address(catalogue),
            address(points),
            points.trustedForwarder()
        ];
        for (uint256 i = 0; i < own.length; i++) {
            bytes memory forbidden = abi.encodeWithSelector(
                IPoints.ModuleTransferForbidden.selector,
                own[i]
            );
            vm.expectRevert(forbidden);
            vm.prank(member);
            token.transfer(own[i], 1);
            vm.expectRevert(forbidden);
            vm.prank(stranger);
            token.transferFrom(member, own[i], 1);
            vm.expectRevert(forbidden);
            buyback.giveBack(points, own[i], 1);
        }
    }

    function test_WhenTheReceiverIsZero() external {
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InvalidReceiver.selector, address(0))
        );
        vm.prank(member);
        token.transfer(address(0), 1);
    }

    function test_WhenTheBalanceIsTooLow() external {
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, member, 10, 11)
        );
        vm.prank(member);
        token.transfer(other, 11);
        uint256 huge = type(uint256).max;
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, member, 10, huge)
        );
        vm.prank(member);
        token.transfer(other, huge);
    }

    function test_WhenTheAllowanceIsTooLow() external {
        vm.prank(member);
        token.approve(stranger, 3);
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, stranger, 3, 4)
        );
        vm.prank(stranger);
        token.transferFrom(member, other, 4);
    }

    function test_WhenAnAccountSendsToItself() external {
        vm.prank(member);
        token.transfer(member, 10);
        assertEq(token.balanceOf(member), 10);
        assertEq(token.totalSupply(), 10);
        assertEq(points.mintedFor(member, 0), 10);
    }

    function test_WhenTheMetadataIsRead() external view {
        IERC20Metadata metadata = IERC20Metadata(address(points));
        assertEq(metadata.name(), "Drops");
        assertEq(metadata.symbol(), "DROP");
        assertEq(metadata.decimals(), 2);
    }

    function test_GivenTheBuybackAndTheCatalogueAreNone() external {
        PointsSettings memory settings = defaultSettings();
        settings.buyback = address(0);
        settings.catalogue = address(0);
        use(create(settings, countingTerms(NO_BUDGET)));
        assertFalse(points.isModule(address(0)));
        assertTrue(points.isModule(charter));
        settle(member, 0, 10);
        vm.prank(member);
        points.burn(1);
        vm.prank(member);
        token.transfer(other, 1);
        assertEq(token.totalSupply(), 9);
    }
}
