// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IBuyback} from "../../../src/interfaces/IBuyback.sol";
import {IPoints, PointsSettings} from "../../../src/interfaces/IPoints.sol";
import {BackingModule} from "../../model/fixtures/BackingModule.sol";
import {PointsTest} from "./PointsTest.sol";

contract BackedTest is PointsTest {
    uint96 private constant BUDGET = 100;

    BackingModule private money;

    function setUp() public override {
        super.setUp();
        money = new BackingModule();
        useBacked(true);
    }

    function test_WhenTheBackingIsMoreThanTheSupplyAndTheBudget() external {
        money.back(1_000);
        assertEq(settle(member, 0, 60), 60);
        expectSkip(1, IPoints.SkipReason.BudgetUsedUp);
        assertEq(
            settle(points, bytes.concat(statement(other, 0, 50), statement(stranger, 0, 1))),
            40
        );
    }

    function test_WhenTheBackingIsLessThanTheBudget() external {
        money.back(70);
        assertEq(settle(member, 0, 30), 30);
        vm.expectEmit(address(points));
        emit IERC20.Transfer(address(0), other, 40);
        expectSkip(1, IPoints.SkipReason.NotBacked);
        assertEq(
            settle(points, bytes.concat(statement(other, 0, 50), statement(stranger, 0, 1))),
            40
        );
        assertEq(token.totalSupply(), 70);
    }

    function test_WhenTheBackingAndTheBudgetAreUsedUpTogether() external {
        money.back(BUDGET);
        assertEq(settle(member, 0, 100), 100);
        expectSkip(0, IPoints.SkipReason.BudgetUsedUp);
        settle(other, 0, 1);
    }

    function test_WhenTheBackingIsLessThanTheSupply() external {
        money.back(100);
        settle(member, 0, 50);
        money.back(49);
        expectSkip(0, IPoints.SkipReason.NotBacked);
        assertEq(settle(member, 0, 51), 0);
        assertEq(token.balanceOf(member), 50);
    }

    function test_WhenMoneyComesLater() external {
        settle(member, 0, 50);
        assertEq(token.balanceOf(member), 0);
        money.back(20);
        assertEq(settle(member, 0, 50), 20);
        goTo(1);
        money.back(1_000);
        assertEq(settle(member, 0, 50), 30);
        assertEq(token.balanceOf(member), 50);
    }

    function test_WhenPointsAreBurned() external {
        money.back(50);
        settle(member, 0, 50);
        vm.prank(member);
        points.burn(20);
        assertEq(settle(other, 0, 30), 20);
    }

    function test_WhenASignedStatementIsNotBacked() external {
        bytes memory signature = signed(RECORDER_KEY, member, 0, 5);
        vm.expectRevert(
            abi.encodeWithSelector(IPoints.StatementRefused.selector, IPoints.SkipReason.NotBacked)
        );
        points.settleSigned(member, 0, lines(5), recorder, signature);
        money.back(5);
        assertEq(points.settleSigned(member, 0, lines(5), recorder, signature), 5);
    }

    function test_GivenTheProgramIsNotBacked() external {
        useBacked(false);
        // It is not even asked.
        vm.mockCallRevert(address(money), abi.encodeCall(IBuyback.backing, ()), "asked");
        assertEq(settle(member, 0, 60), 60);
    }

    function useBacked(bool backed) private {
        PointsSettings memory settings = defaultSettings();
        settings.buyback = address(money);
        settings.backed = backed;
        use(create(settings, countingTerms(BUDGET)));
    }
}
