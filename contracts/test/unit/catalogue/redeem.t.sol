// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ICatalogue} from "../../../src/interfaces/ICatalogue.sol";
import {ProgramSettings} from "../../../src/interfaces/IPrograms.sol";
import {CatalogueTest} from "./CatalogueTest.sol";

contract RedeemTest is CatalogueTest {
    function test_WhenThereIsNoSuchItem() external {
        uint32[2] memory numbers = [0, cup + 1];
        for (uint256 i = 0; i < numbers.length; i++) {
            expectUnknown(numbers[i]);
            redeem(numbers[i], 1, "ref");
        }
    }

    function test_WhenTheItemIsWithdrawn() external {
        scheduleWithdrawal();
        skipNotice();
        expectWithdrawn();
        redeem(1, "ref");
    }

    function test_WhenNoPieceIsOrdered() external {
        vm.expectRevert(ICatalogue.ZeroQuantity.selector);
        redeem(0, "ref");
    }

    function test_WhenTheReferenceWasUsedByThisMember() external {
        uint256 order = redeem(1, "ref");
        expectUsed();
        redeem(1, "ref");
        vm.prank(operator);
        catalogue.refund(order);
        expectUsed();
        redeem(1, "ref");
        assertEq(catalogue.orderByRef(member, "ref"), order);
    }

    function test_WhenTheReferenceWasUsedByAnotherMember() external {
        uint256 first = redeem(1, "ref");
        give(other, SAVINGS);
        vm.prank(other);
        uint256 second = catalogue.redeem(cup, 1, ANY_PRICE, "ref");
        assertEq(catalogue.orderByRef(member, "ref"), first);
        assertEq(catalogue.orderByRef(other, "ref"), second);
        assertEq(catalogue.orderOf(second).member, other);
    }

    function test_WhenThePriceIsAboveWhatTheMemberAgreedTo() external {
        vm.expectRevert(
            abi.encodeWithSelector(ICatalogue.PriceTooHigh.selector, PRICE_OF_CUP, PRICE_OF_CUP - 1)
        );
        vm.prank(member);
        catalogue.redeem(cup, 1, PRICE_OF_CUP - 1, "ref");
        vm.prank(member);
        catalogue.redeem(cup, 1, PRICE_OF_CUP, "ref");
    }

    function test_WhenThereAreTooFewPieces() external {
        redeem(1, "one");
        vm.expectRevert(abi.encodeWithSelector(ICatalogue.OutOfStock.selector, cup, CUPS - 1));
        redeem(CUPS, "too many");
        redeem(CUPS - 1, "the rest");
        vm.expectRevert(abi.encodeWithSelector(ICatalogue.OutOfStock.selector, cup, 0));
        redeem(1, "none left");
    }

    function test_WhenTheMemberHasTooFewPoints() external {
        vm.expectRevert(
            abi.encodeWithSelector(
                IERC20Errors.ERC20InsufficientBalance.selector,
                other,
                0,
                PRICE_OF_CUP
            )
        );
        vm.prank(other);
        catalogue.redeem(cup, 1, ANY_PRICE, "ref");
        assertEq(catalogue.itemOf(cup).stock, CUPS);
        assertEq(catalogue.orderCount(), 0);
    }

    function test_WhenTheCostIsBeyondAnySupply() external {
        uint32 dear = addItem(2 ** 95, UNLIMITED);
        vm.expectRevert(
            abi.encodeWithSelector(SafeCast.SafeCastOverflowedUintDowncast.selector, 96, 2 ** 96)
        );
        redeem(dear, 2, "ref");
    }

    function test_WhenAllIsWell() external {
        uint64 deadline = uint64(vm.getBlockTimestamp()) + ORDER_DEADLINE;
        vm.expectEmit(address(catalogue));
        emit ICatalogue.Redeemed(1, member, cup, 3, 3 * PRICE_OF_CUP, deadline, "ref", CUPS - 3);
        uint256 order = redeem(3, "ref");
        assertEq(order, 1);
        assertEq(catalogue.orderCount(), 1);
        assertEq(catalogue.orderByRef(member, "ref"), order);
        ICatalogue.Order memory ordered = catalogue.orderOf(order);
        assertEq(ordered.member, member);
        assertEq(ordered.item, cup);
        assertEq(ordered.quantity, 3);
        assertEq(ordered.points, 3 * PRICE_OF_CUP);
        assertEq(ordered.deadline, deadline);
        assertState(order, ICatalogue.OrderState.Open);
        assertCounts(1, 0, 0, 0);
        assertEq(catalogue.itemOf(cup).stock, CUPS - 3);
        assertEq(token.balanceOf(member), SAVINGS - 3 * PRICE_OF_CUP);
        assertEq(token.balanceOf(address(catalogue)), 3 * PRICE_OF_CUP);
        assertEq(token.totalSupply(), SAVINGS);
        assertEq(redeem(1, "next"), 2);
    }

    function test_GivenAsManyAsWanted() external {
        uint32 air = addItem(1, UNLIMITED);
        redeem(air, 50_000, "ref");
        assertEq(catalogue.itemOf(air).stock, UNLIMITED);
    }

    function test_GivenPointsDoNotMoveFreely() external {
        ProgramSettings memory settings = defaultSettings();
        settings.transferable = false;
        createProgram(settings);
        stockUp();
        redeem(1, "ref");
        assertEq(token.balanceOf(address(catalogue)), PRICE_OF_CUP);
    }

    function test_WhenAStrangerRelaysWhatTheMemberSigned() external {
        bytes memory data = abi.encodeCall(ICatalogue.redeem, (cup, 2, PRICE_OF_CUP, "ref"));
        forward(MEMBER_KEY, address(catalogue), data);
        assertEq(catalogue.orderOf(1).member, member);
        assertEq(catalogue.orderByRef(member, "ref"), 1);
        assertEq(token.balanceOf(member), SAVINGS - 2 * PRICE_OF_CUP);
    }

    function expectUsed() private {
        vm.expectRevert(
            abi.encodeWithSelector(ICatalogue.OrderRefUsed.selector, member, bytes32("ref"))
        );
    }
}
