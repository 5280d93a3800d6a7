// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Test} from "forge-std/Test.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IRoundMathBench} from "../model/rounds/IRoundMathBench.sol";
import {RandomRound} from "../model/rounds/RandomRound.sol";

/// @notice What holds for every round, of any size, price and budget, in a money of 0 to 30 decimals.
contract RoundMathFuzz is Test {
    IRoundMathBench private bench;

    function setUp() public {
        bench = IRoundMathBench(vm.deployCode("RoundMathBench.sol:RoundMathBench"));
    }

    function testFuzz_aRoundPaysItsBudgetOrAllThatIsTenderedAndNoMore(uint256 seed) public view {
        RandomRound.Drawn memory round = RandomRound.draw(seed);
        (uint256 filled, uint256 payout) = _buy(round);
        assertLe(filled, round.tendered);
        assertLe(payout, round.budget);
        // Less than one base unit is lost to rounding, and only where the budget is enough.
        uint256 worth = uint256(round.tendered) * round.pricePerPoint;
        assertLe(payout * 100, worth);
        if (payout < round.budget) assertGt((payout + 1) * 100, worth);
        // Nobody pays more than the price, and the points bought are the fewest for which that holds.
        assertGe(filled * round.pricePerPoint, payout * 100);
        if (filled > 0) assertLt((filled - 1) * round.pricePerPoint, payout * 100);
    }

    function testFuzz_betterTermsNeverPayAnyHolderLessForTheSameTenders(
        uint256 seed,
        uint128 dearer,
        uint128 richer
    ) public view {
        RandomRound.Drawn memory round = RandomRound.draw(seed);
        uint128[] memory before = _paid(round);
        round.pricePerPoint = _better(round.pricePerPoint, dearer);
        round.budget = _better(round.budget, richer);
        uint128[] memory paid = _paid(round);
        for (uint256 i = 0; i < paid.length; i++) assertGe(paid[i], before[i]);
    }

    /// @notice Money first. With the points first a price of a hundred budgets buys no whole base unit of them, and pays
    /// nothing for it.
    function test_aPriceOfAHundredBudgetsPaysNoLessThanALowerOne() public view {
        uint128 budget = 1_000_000;
        uint128 reserve = budget - 1;
        (, uint128 before) = bench.buy(1_000, reserve, 50_000);
        (uint96 filled, uint128 payout) = bench.buy(1_000, reserve, 100 * budget);
        assertEq(before, 500_000);
        assertEq(payout, reserve);
        assertEq(filled, 1);
    }

    function testFuzz_sharesNeverExceedWhatThereIsAndLeaveLessThanOneBaseUnitEach(
        uint256 seed
    ) public view {
        RandomRound.Drawn memory round = RandomRound.draw(seed);
        (uint96 filled, uint128 payout) = _buy(round);
        (uint128[] memory paid, uint96[] memory returned) = bench.share(
            round.amounts,
            round.tendered,
            filled,
            payout
        );
        uint256 money = payout;
        uint256 points = round.tendered - filled;
        for (uint256 i = 0; i < paid.length; i++) {
            // Reverts if the last one to claim were short; sums do not depend on the order.
            money -= paid[i];
            points -= returned[i];
        }
        assertLt(money, paid.length);
        assertLt(points, paid.length);
    }

    function testFuzz_everybodyGetsTheSameShareToTheBaseUnit(uint256 seed) public view {
        RandomRound.Drawn memory round = RandomRound.draw(seed);
        (uint96 filled, uint128 payout) = _buy(round);
        (uint128[] memory paid, uint96[] memory returned) = bench.share(
            round.amounts,
            round.tendered,
            filled,
            payout
        );
        for (uint256 i = 0; i < paid.length; i++) {
            uint256 amount = round.amounts[i];
            assertLe(uint256(paid[i]) * round.tendered, amount * payout);
            assertGt((uint256(paid[i]) + 1) * round.tendered, amount * payout);
            uint256 rest = round.tendered - filled;
            assertLe(uint256(returned[i]) * round.tendered, amount * rest);
            assertGt((uint256(returned[i]) + 1) * round.tendered, amount * rest);
        }
    }

    function testFuzz_splittingATenderNeverGains(uint256 seed, uint96 part) public view {
        RandomRound.Drawn memory round = RandomRound.draw(seed);
        (uint96 filled, uint128 payout) = _buy(round);
        uint96[] memory amounts = new uint96[](3);
        amounts[0] = round.amounts[0];
        amounts[1] = uint96(bound(part, 0, amounts[0]));
        amounts[2] = amounts[0] - amounts[1];
        (uint128[] memory paid, uint96[] memory returned) = bench.share(
            amounts,
            round.tendered,
            filled,
            payout
        );
        assertLe(uint256(paid[1]) + paid[2], paid[0]);
        assertLe(uint256(returned[1]) + returned[2], returned[0]);
    }

    /// @notice Why `returned` is rounded down on its own. As `amount - floor(amount * filled / tendered)` it rounds up:
    /// what was bought of everybody, rounded down, is less than what was burned as soon as there is any remainder, and
    /// then more is owed than is left in the escrow.
    function testFuzz_theNaiveRestWouldLeaveTheLastClaimantShort(uint256 seed) public view {
        RandomRound.Drawn memory round = RandomRound.draw(seed);
        (uint96 filled, uint128 payout) = _buy(round);
        (, uint96[] memory returned) = bench.share(round.amounts, round.tendered, filled, payout);
        uint256 escrow = round.tendered - filled;
        uint256 naive = 0;
        uint256 right = 0;
        bool anyRemainder = false;
        for (uint256 i = 0; i < round.amounts.length; i++) {
            uint256 bought = uint256(round.amounts[i]) * filled;
            naive += round.amounts[i] - bought / round.tendered;
            right += returned[i];
            if (bought % round.tendered != 0) anyRemainder = true;
        }
        assertLe(right, escrow);
        if (anyRemainder) assertGt(naive, escrow);
        else assertEq(naive, escrow);
    }

    function test_threeHoldersOfOneBaseUnitShowTheNaiveRest() public view {
        uint96[] memory amounts = new uint96[](3);
        (amounts[0], amounts[1], amounts[2]) = (1, 1, 1);
        // One of three is bought, two are left. Naively each gets 1 - floor(1 / 3) = 1 back: three in all.
        (, uint96[] memory returned) = bench.share(amounts, 3, 1, 1);
        assertEq(uint256(returned[0]) + returned[1] + returned[2], 0);
        uint256 naive = 3 * (1 - (uint256(1) * 1) / 3);
        assertEq(naive, 3);
        assertGt(naive, 3 - 1);
    }

    function test_nothingOverflowsAtTheEndsOfTheTypes() public view {
        uint96 all = type(uint96).max;
        uint128 most = type(uint128).max;
        uint96[] memory amounts = new uint96[](1);
        amounts[0] = all;
        uint128[3] memory prices = [1, 100, most];
        for (uint256 i = 0; i < prices.length; i++) {
            (uint96 filled, uint128 payout) = bench.buy(all, most, prices[i]);
            uint256 worth = (uint256(all) * prices[i]) / 100;
            assertEq(payout, worth < most ? worth : most);
            assertEq(filled, (uint256(payout) * 100 + prices[i] - 1) / prices[i]);
            (uint128[] memory paid, uint96[] memory returned) = bench.share(
                amounts,
                all,
                filled,
                payout
            );
            assertEq(paid[0], payout);
            assertEq(returned[0], all - filled);
        }
    }

    function _paid(RandomRound.Drawn memory round) private view returns (uint128[] memory paid) {
        (uint96 filled, uint128 payout) = _buy(round);
        (paid, ) = bench.share(round.amounts, round.tendered, filled, payout);
    }

    /// @dev By a base unit, by a little, up to twice as much, or by anything.
    function _better(uint128 value, uint128 roll) private pure returns (uint128) {
        uint256 kind = roll % 5;
        uint256 more = 0;
        if (kind == 1) more = 1;
        if (kind == 2) more = 1 + ((roll >> 8) % 1_000);
        if (kind == 3) more = uint256(value) == 0 ? 0 : (roll >> 8) % value;
        if (kind == 4) more = roll;
        return uint128(Math.min(uint256(value) + more, type(uint128).max));
    }

    function _buy(
        RandomRound.Drawn memory round
    ) private view returns (uint96 filled, uint128 payout) {
        return bench.buy(round.tendered, round.budget, round.pricePerPoint);
    }
}
