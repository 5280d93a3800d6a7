// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ICatalogue} from "../../../src/interfaces/ICatalogue.sol";
import {ProgramSettings} from "../../../src/interfaces/IPrograms.sol";
import {CatalogueTest} from "./CatalogueTest.sol";

contract RefundTest is CatalogueTest {
    uint256 private order;

    function setUp() public override {
        super.setUp();
        order = redeem(2, "ref");
    }

    function test_WhenThereIsNoSuchOrder() external {
        uint256[2] memory numbers = [0, order + 1];
        for (uint256 i = 0; i < numbers.length; i++) {
            expectNotOpen(numbers[i], ICatalogue.OrderState.None);
            refund(operator, numbers[i]);
        }
    }

    function test_WhenTheOrderIsSettledAlready() external {
        refund(operator, order);
        expectNotOpen(order, ICatalogue.OrderState.Refused);
        refund(operator, order);
        uint256 fulfilled = redeem(1, "fulfilled");
        vm.prank(operator);
        catalogue.fulfil(fulfilled);
        expectNotOpen(fulfilled, ICatalogue.OrderState.Fulfilled);
        refund(operator, fulfilled);
        uint256 overdue = redeem(1, "overdue");
        skipToDeadline(overdue);
        refund(stranger, overdue);
        expectNotOpen(overdue, ICatalogue.OrderState.Overdue);
        refund(stranger, overdue);
    }

    function test_WhenTheCallerIsNotTheOperator() external {
        uint64 deadline = catalogue.orderOf(order).deadline;
        skipAlmostToDeadline(order);
        address[3] memory callers = [member, stranger, address(charter)];
        for (uint256 i = 0; i < callers.length; i++) {
            expectTooEarly(deadline);
            refund(callers[i], order);
        }
    }

    function test_WhenTheOperatorSignedItForTheForwarder() external {
        forward(OPERATOR_KEY, address(catalogue), abi.encodeCall(ICatalogue.refund, (order)));
        assertState(order, ICatalogue.OrderState.Refused);
    }

    function test_WhenTheOperatorRefusesTheOrder() external {
        skipAlmostToDeadline(order);
        expectRefund(order, 2 * PRICE_OF_CUP, false, CUPS);
        refund(operator, order);
        assertState(order, ICatalogue.OrderState.Refused);
        assertCounts(0, 0, 1, 0);
        assertEq(token.balanceOf(member), SAVINGS);
        assertEq(token.balanceOf(address(catalogue)), 0);
        assertEq(token.totalSupply(), SAVINGS);
        assertEq(catalogue.orderCount(), 1);
    }

    function test_WhenAStrangerRefundsIt() external {
        skipToDeadline(order);
        expectRefund(order, 2 * PRICE_OF_CUP, true, CUPS);
        refund(stranger, order);
        assertState(order, ICatalogue.OrderState.Overdue);
        assertCounts(0, 0, 0, 1);
        assertEq(token.balanceOf(member), SAVINGS);
        assertEq(token.balanceOf(stranger), 0);
        assertEq(catalogue.orderCount(), 1);
    }

    function test_WhenTheOperatorRefundsWhatIsOverdue() external {
        skipToDeadline(order);
        expectRefund(order, 2 * PRICE_OF_CUP, true, CUPS);
        refund(operator, order);
        assertState(order, ICatalogue.OrderState.Overdue);
        assertCounts(0, 0, 0, 1);
    }

    function test_GivenPointsDoNotMoveFreely() external {
        ProgramSettings memory settings = defaultSettings();
        settings.transferable = false;
        createProgram(settings);
        stockUp();
        uint256 refused = redeem(1, "refused");
        uint256 overdue = redeem(2, "overdue");
        refund(operator, refused);
        skipToDeadline(overdue);
        refund(stranger, overdue);
        assertEq(token.balanceOf(member), SAVINGS);
    }

    function test_GivenTheOperatorIsGoneForGood() external {
        redeem(1, "second");
        give(other, SAVINGS);
        vm.prank(other);
        catalogue.redeem(cup, 3, ANY_PRICE, "ref");
        // Whatever the operator did last, it can't be in the way.
        vm.startPrank(operator);
        catalogue.scheduleWithdrawal(cup);
        catalogue.setPrice(cup, ANY_PRICE);
        points.offerOperator(address(0xdead));
        vm.stopPrank();
        vm.warp(vm.getBlockTimestamp() + 3650 days);
        for (uint256 i = catalogue.orderCount(); i > 0; i--) refund(stranger, i);
        assertEq(token.balanceOf(member), SAVINGS);
        assertEq(token.balanceOf(other), SAVINGS);
        assertEq(token.balanceOf(address(catalogue)), 0);
        assertCounts(0, 0, 0, 3);
    }

    function test_GivenTheStockIsLimited() external {
        assertEq(catalogue.itemOf(cup).stock, CUPS - 2);
        refund(operator, order);
        assertEq(catalogue.itemOf(cup).stock, CUPS);
    }

    function test_GivenEverythingWasOrderedAndRefunded() external {
        // An operator that wants an item gone without the notice of its withdrawal.
        uint256 all = redeem(CUPS - 2, "all");
        assertEq(catalogue.itemOf(cup).stock, 0);
        refund(operator, all);
        refund(operator, order);
        assertEq(catalogue.itemOf(cup).stock, CUPS);
        redeem(CUPS, "again");
    }

    function test_GivenTheStockIsUnlimited() external {
        uint32 tea = addItem(PRICE_OF_CUP, UNLIMITED);
        uint256 ordered = redeem(tea, 3, "tea");
        expectRefund(ordered, 3 * PRICE_OF_CUP, false, UNLIMITED);
        refund(operator, ordered);
        assertEq(catalogue.itemOf(tea).stock, UNLIMITED);
    }

    function test_GivenTheStockBecameUnlimitedInBetween() external {
        vm.prank(operator);
        catalogue.addStock(cup, UNLIMITED - (CUPS - 2));
        refund(operator, order);
        assertEq(catalogue.itemOf(cup).stock, UNLIMITED);
    }

    function test_GivenTheStockWouldStandForUnlimited() external {
        vm.prank(operator);
        catalogue.addStock(cup, UNLIMITED - 1 - (CUPS - 2));
        expectRefund(order, 2 * PRICE_OF_CUP, false, UNLIMITED - 1);
        refund(operator, order);
        assertEq(catalogue.itemOf(cup).stock, UNLIMITED - 1);
    }

    function test_GivenTheItemIsWithdrawn() external {
        scheduleWithdrawal();
        skipNotice();
        refund(stranger, order);
        assertEq(catalogue.itemOf(cup).stock, CUPS);
    }

    function test_GivenThereAreOtherOrders() external {
        uint256 second = redeem(3, "second");
        refund(operator, order);
        assertState(second, ICatalogue.OrderState.Open);
        assertCounts(1, 0, 1, 0);
        assertEq(token.balanceOf(address(catalogue)), 3 * PRICE_OF_CUP);
    }

    function refund(address caller, uint256 number) private {
        vm.prank(caller);
        catalogue.refund(number);
    }

    function expectTooEarly(uint64 deadline) private {
        vm.expectRevert(abi.encodeWithSelector(ICatalogue.DeadlineNotReached.selector, deadline));
    }

    function expectRefund(uint256 number, uint96 amount, bool overdue, uint32 stock) private {
        vm.expectEmit(address(catalogue));
        emit ICatalogue.OrderRefunded(number, member, amount, overdue, stock);
        vm.expectEmit(address(token));
        emit IERC20.Transfer(address(catalogue), member, amount);
    }
}
