// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IPoints, RuleSetTerms} from "../../../src/interfaces/IPoints.sol";
import {PointsTest} from "./PointsTest.sol";

contract BudgetTest is PointsTest {
    uint96 private constant BUDGET = 100;
    uint256 private constant MAX_SUPPLY = 2 ** 71 - 1;

    function setUp() public override {
        super.setUp();
        use(createCounting(WINDOW, BUDGET));
    }

    function test_GivenNothingWasMintedInTheEpochOfTheClock() external {
        assertBudget(0, BUDGET);
        settle(member, 0, 30);
        assertBudget(30, BUDGET - 30);
        goTo(1);
        assertBudget(0, BUDGET);
    }

    function test_WhenAStatementEarnsExactlyWhatIsLeft() external {
        settle(member, 0, 30);
        assertEq(settle(other, 0, 70), 70);
        assertBudget(BUDGET, 0);
    }

    function test_WhenAStatementEarnsMoreThanWhatIsLeft() external {
        settle(other, 0, 30);
        vm.expectEmit(address(points));
        emit IERC20.Transfer(address(0), member, 70);
        assertEq(settle(member, 0, 71), 70);
        assertEq(points.mintedFor(member, 0), 70);
        assertBudget(BUDGET, 0);
    }

    function test_WhenNothingIsLeft() external {
        settle(member, 0, 100);
        expectSkip(0, IPoints.SkipReason.BudgetUsedUp);
        bytes memory batch = bytes.concat(statement(other, 0, 1), statement(member, 0, 100));
        vm.recordLogs();
        assertEq(settle(points, batch), 0);
        // The batch and the skip: a statement that is settled in full needs no budget.
        assertEq(vm.getRecordedLogs().length, 2);
    }

    function test_WhenTheEpochOfTheClockHasEnded() external {
        settle(member, 0, 250);
        goTo(1);
        vm.expectEmit(address(points));
        emit IERC20.Transfer(address(0), member, 100);
        assertEq(settle(member, 0, 250), 100);
        assertBudget(BUDGET, 0);
        goTo(2);
        assertEq(settle(member, 0, 250), 50);
        assertBudget(50, 50);
        assertEq(token.balanceOf(member), 250);
        assertEq(points.mintedFor(member, 0), 250);
    }

    function test_GivenTheRestIsMintedOnlyAfterTheWindowHasClosed() external {
        settle(member, 0, 150);
        goTo(WINDOW + 1);
        expectSkip(0, IPoints.SkipReason.WindowClosed);
        assertEq(settle(member, 0, 150), 0);
        assertEq(token.balanceOf(member), 100);
    }

    function test_GivenTheStatementsAreForEarlierEpochs() external {
        goTo(6);
        bytes memory batch = bytes.concat(
            statement(member, 0, 60),
            statement(member, 3, 30),
            statement(member, 6, 30)
        );
        assertEq(settle(points, batch), BUDGET);
        assertEq(points.mintedFor(member, 6), 10);
    }

    function test_GivenAVersionWithAnotherBudgetComesIntoForce() external {
        RuleSetTerms memory terms = countingTerms(500);
        terms.notBefore = 2;
        applyTerms(terms);
        goTo(1);
        assertBudget(0, BUDGET);
        goTo(2);
        // Whichever version the statement is computed by.
        assertEq(settle(member, 0, 501), 500);
        assertBudget(500, 0);
    }

    function test_GivenTheBudgetIsZero() external {
        use(createCounting(WINDOW, 0));
        expectSkip(0, IPoints.SkipReason.BudgetUsedUp);
        assertEq(settle(member, 0, 1), 0);
    }

    function test_GivenPointsWereBurned() external {
        settle(member, 0, 100);
        vm.prank(member);
        points.burn(100);
        assertBudget(BUDGET, 0);
    }

    function test_WhenTheSupplyHasReachedItsMaximum() external {
        use(createCounting(WINDOW, NO_BUDGET));
        settle(other, 0, 1);
        // Supply (96 bits), minted in the epoch (96), epoch (32), from the least significant bit.
        bytes32 slot = issuanceSlot();
        vm.store(address(points), slot, bytes32(MAX_SUPPLY - 3));
        assertEq(token.totalSupply(), MAX_SUPPLY - 3);
        assertEq(settle(member, 0, 5), 3);
        assertEq(token.totalSupply(), MAX_SUPPLY);
        expectSkip(0, IPoints.SkipReason.BudgetUsedUp);
        assertEq(settle(member, 0, 5), 0);
    }

    function issuanceSlot() private returns (bytes32 slot) {
        vm.record();
        token.totalSupply();
        (bytes32[] memory reads, ) = vm.accesses(address(points));
        slot = reads[reads.length - 1];
    }

    function assertBudget(uint96 minted, uint96 left) private view {
        (uint96 actualMinted, uint96 actualLeft) = points.budget();
        assertEq(actualMinted, minted);
        assertEq(actualLeft, left);
    }
}
