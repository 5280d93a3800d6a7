// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Test} from "forge-std/Test.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {BuybackSettings, BuybackTerms, IBuyback} from "../../src/interfaces/IBuyback.sol";
import {PlainPoints} from "../model/fixtures/PlainPoints.sol";
import {RandomRound} from "../model/rounds/RandomRound.sol";
import {TestMoney} from "../model/tokens/TestMoney.sol";

/// @notice Whole rounds of the real contract, over the whole range of points, prices and budgets.
contract BuybackFuzz is Test {
    uint64 private constant FIRST_ROUND_AT = 1_800_000_000;
    uint32 private constant PERIOD = 28 days;
    uint32 private constant WINDOW = 7 days;
    /// @dev No supply exceeds it.
    uint96 private constant MOST_POINTS = 2 ** 71 - 1 - 100 * 24;

    address private implementation;
    address private operator = makeAddr("operator");
    PlainPoints private points;
    TestMoney private money;
    IBuyback private buyback;

    function setUp() public {
        address forwarder = makeAddr("forwarder");
        implementation = vm.deployCode("Buyback.sol:Buyback", abi.encode(forwarder));
    }

    function testFuzz_everybodyIsPaidAndGetsTheRestInAnyOrder(uint256 seed) public {
        RandomRound.Drawn memory round = RandomRound.draw(seed, MOST_POINTS);
        _create(round, seed, type(uint128).max);
        _fund(round.budget);
        _tenderAll(round);
        vm.warp(FIRST_ROUND_AT + WINDOW);
        buyback.settle();
        IBuyback.Round memory settled = buyback.roundOf(0);
        assertEq(settled.tendered, round.tendered);
        assertEq(points.totalSupply(), round.tendered - settled.filled);
        assertEq(buyback.owed(), settled.payout);

        uint256 count = round.amounts.length;
        uint256 first = seed % count;
        bool isForward = seed % 2 == 0;
        for (uint256 i = 0; i < count; i++) {
            _claim(isForward ? (first + i) % count : (first + count - i) % count);
        }
        assertLt(points.balanceOf(address(buyback)), count);
        assertLt(buyback.owed(), count);
        assertEq(money.balanceOf(address(buyback)), buyback.reserve());
        assertEq(buyback.reserve(), round.budget - settled.payout + buyback.owed());
    }

    /// @notice Less money than the budget of the terms: the round is one with what there is.
    function testFuzz_aShortReserveIsItsBudget(uint256 seed, uint128 reserve) public {
        RandomRound.Drawn memory round = RandomRound.draw(seed, MOST_POINTS);
        if (round.budget == 0) round.budget = 1;
        _create(round, seed, type(uint128).max);
        reserve = uint128(bound(reserve, 0, uint256(round.budget) - 1));
        _fund(reserve);
        _tenderAll(round);
        vm.warp(FIRST_ROUND_AT + WINDOW);
        buyback.settle();
        IBuyback.Round memory settled = buyback.roundOf(0);
        assertFalse(settled.covered);
        assertLe(settled.payout, reserve);
        uint256 worth = (uint256(round.tendered) * round.pricePerPoint) / 100;
        assertEq(settled.payout, worth < reserve ? worth : reserve);
        assertLe(settled.filled, round.tendered);
        assertEq(buyback.withdrawable(), 0);
    }

    /// @notice What the charter applies at once, without notice: a holder who tenders what it tendered without it is
    /// paid no less, with the money of the terms or with less.
    function testFuzz_anImprovementNeverPaysAnyHolderLess(
        uint256 seed,
        uint128 dearer,
        uint128 richer,
        uint128 reserve
    ) public {
        RandomRound.Drawn memory round = RandomRound.draw(seed, MOST_POINTS);
        _create(round, seed, type(uint128).max);
        _fund(reserve % 4 == 0 ? round.budget : reserve);
        (, BuybackTerms memory terms) = buyback.terms(0);
        terms.pricePerPoint += uint128(bound(dearer, 0, _room(terms.pricePerPoint)));
        if (terms.budgetPerRound < buyback.reserve()) {
            uint256 most = buyback.reserve() - terms.budgetPerRound;
            terms.budgetPerRound += uint128(bound(richer, 0, most));
        }
        uint128[] memory before = _payouts(round, false, terms);
        uint128[] memory paid = _payouts(round, true, terms);
        for (uint256 i = 0; i < paid.length; i++) assertGe(paid[i], before[i]);
    }

    /// @notice Whatever is withdrawn, what is owed and the next budget stay.
    function testFuzz_whatIsPromisedStays(uint256 seed, uint128 extra, uint32 late) public {
        RandomRound.Drawn memory round = RandomRound.draw(seed, MOST_POINTS);
        _create(round, seed, type(uint128).max / 4);
        extra = uint128(bound(extra, 0, type(uint128).max / 4));
        _fund(round.budget);
        _fund(extra);
        _tenderAll(round);
        vm.warp(uint256(FIRST_ROUND_AT) + WINDOW + (late % (4 * PERIOD)));
        uint128 limit = buyback.withdrawable();
        if (limit != 0) {
            vm.prank(operator);
            buyback.withdraw(operator, limit);
        }
        buyback.settle();
        assertEq(buyback.withdrawable(), 0);
        assertTrue(buyback.roundOf(0).covered);
        for (uint256 i = 0; i < round.amounts.length; i++) _claim(i);
        (, bool open) = buyback.currentRound();
        uint256 promised = uint256(round.budget) * (open ? 2 : 1);
        if (limit != 0) assertEq(buyback.reserve() - buyback.owed(), promised);
        assertEq(money.balanceOf(address(buyback)), buyback.reserve());
    }

    /// @dev What every holder of the round is paid on the opening terms, or on better ones.
    function _payouts(
        RandomRound.Drawn memory round,
        bool improve,
        BuybackTerms memory terms
    ) private returns (uint128[] memory paid) {
        uint256 before = vm.snapshotState();
        if (improve) {
            vm.prank(makeAddr("charter"));
            // Terms that a budget does not buy the least tender at, or the same ones, are refused.
            try buyback.applyTerms(abi.encode(terms)) {} catch {}
        }
        _tenderAll(round);
        vm.warp(FIRST_ROUND_AT + WINDOW);
        buyback.settle();
        paid = new uint128[](round.amounts.length);
        for (uint256 i = 0; i < paid.length; i++) paid[i] = buyback.shareOf(0, _holder(i)).paid;
        vm.revertToState(before);
    }

    /// @dev A price may double.
    function _room(uint128 price) private pure returns (uint256) {
        uint256 most = type(uint128).max - price;
        return price < most ? price : most;
    }

    function _create(RandomRound.Drawn memory round, uint256 seed, uint128 mostBudget) private {
        vm.warp(FIRST_ROUND_AT - 1);
        uint96 least = RandomRound.makePossible(round, mostBudget);
        points = new PlainPoints(operator);
        money = new TestMoney(RandomRound.decimalsOf(seed));
        buyback = IBuyback(Clones.clone(implementation));
        buyback.initialize(
            BuybackSettings({
                points: address(points),
                charter: makeAddr("charter"),
                settlementToken: address(money),
                firstRoundAt: FIRST_ROUND_AT,
                period: PERIOD,
                window: WINDOW
            }),
            BuybackTerms(round.pricePerPoint, round.budget, least)
        );
    }

    function _tenderAll(RandomRound.Drawn memory round) private {
        vm.warp(FIRST_ROUND_AT);
        for (uint256 i = 0; i < round.amounts.length; i++) {
            points.mint(_holder(i), round.amounts[i]);
            vm.prank(_holder(i));
            buyback.tender(0, round.amounts[i]);
        }
    }

    function _fund(uint128 amount) private {
        if (amount == 0) return;
        money.mint(operator, amount);
        vm.startPrank(operator);
        money.approve(address(buyback), amount);
        buyback.deposit(amount);
        vm.stopPrank();
    }

    function _claim(uint256 i) private {
        address holder = _holder(i);
        IBuyback.Share memory share = buyback.shareOf(0, holder);
        if (share.paid != 0) assertEq(buyback.claimMoney(0, holder), share.paid);
        if (share.returned != 0) assertEq(buyback.claimPoints(0, holder), share.returned);
        assertEq(money.balanceOf(holder), share.paid);
        assertEq(points.balanceOf(holder), share.returned);
    }

    function _holder(uint256 i) private pure returns (address) {
        return address(uint160(0x10000 + i));
    }
}
