// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IPoints, RuleSetTerms} from "../../src/interfaces/IPoints.sol";
import {ProgramFixture} from "../model/fixtures/ProgramFixture.sol";
import {ReferenceFormula} from "../model/terms/ReferenceFormula.sol";
import {Line, StatementPacking} from "../model/signatures/StatementPacking.sol";

/// @notice The budget delays points and loses none while their window is open.
contract BudgetFuzz is ProgramFixture {
    uint32 private constant WINDOW = 8;

    function setUp() public {
        deployPrograms();
    }

    /// @notice In any order of settling, an epoch mints what is wanted or its budget, whichever is
    /// less.
    function testFuzz_anEpochMintsAtMostItsBudget(uint96 budget, uint32[8] calldata wanted) public {
        IPoints points = createCounting(WINDOW, budget);
        uint256 left = budget;
        bytes memory batch;
        uint256 expected = 0;
        for (uint160 i = 0; i < wanted.length; i++) {
            batch = bytes.concat(batch, _statement(address(0x1000 + i), 0, wanted[i]));
            uint256 share = ReferenceFormula.min(wanted[i], left - expected);
            expected += share;
        }
        assertEq(settle(points, batch), expected);
        assertEq(settle(points, batch), 0, "the same batch again");
        (uint96 minted, uint96 remains) = points.budget();
        assertEq(minted, expected);
        assertEq(remains, budget - expected);
        assertEq(totalSupply(points), expected);
    }

    /// @notice What a small budget delayed is whole after as many epochs as it takes, if they are
    /// in the window.
    function testFuzz_delayedPointsAreCompletedInTheWindow(uint32 budget, uint32 wanted) public {
        budget = uint32(bound(budget, 1, type(uint32).max));
        IPoints points = createCounting(WINDOW, budget);
        address member = makeAddr("member");
        uint256 expected = 0;
        for (uint32 epoch = 0; epoch <= WINDOW; epoch++) {
            goToEpoch(points, epoch);
            uint256 due = ReferenceFormula.min(budget, wanted - expected);
            expected += due;
            assertEq(settle(points, _statement(member, 0, wanted)), due);
        }
        assertEq(points.mintedFor(member, 0), expected);
        assertEq(balanceOf(points, member), expected);
        goToEpoch(points, WINDOW + 1);
        assertEq(settle(points, _statement(member, 0, wanted)), 0, "the window has closed");
    }

    /// @notice The version in force by the clock sets the budget, whichever epoch the statements
    /// are for.
    function testFuzz_theClockChoosesTheBudget(uint96 first, uint96 second, uint32 wanted) public {
        RuleSetTerms[] memory opening = new RuleSetTerms[](2);
        opening[0] = countingTerms(first);
        opening[1] = countingTerms(second);
        opening[1].notBefore = 1;
        IPoints points = create(defaultSettings(), opening);
        address member = makeAddr("member");
        uint256 atFirst = ReferenceFormula.min(first, wanted);
        assertEq(settle(points, _statement(member, 0, wanted)), atFirst);
        goToEpoch(points, 1);
        uint256 later = ReferenceFormula.min(second, wanted - atFirst);
        assertEq(settle(points, _statement(member, 0, wanted)), later);
    }

    /// @notice A burn makes no room in the budget.
    function testFuzz_burningMakesNoRoom(uint32 budget, uint32 burned) public {
        budget = uint32(bound(budget, 1, type(uint32).max - 1));
        IPoints points = createCounting(WINDOW, budget);
        address member = makeAddr("member");
        settle(points, _statement(member, 0, budget));
        vm.prank(member);
        points.burn(bound(burned, 0, budget));
        assertEq(settle(points, _statement(member, 0, type(uint32).max)), 0);
    }

    function _statement(
        address member,
        uint32 epoch,
        uint32 count
    ) private pure returns (bytes memory) {
        bytes memory line = StatementPacking.packLine(Line(1, count, 0));
        return StatementPacking.packStatement(member, epoch, line);
    }
}
