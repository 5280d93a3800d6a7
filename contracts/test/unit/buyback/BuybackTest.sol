// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {BuybackSettings, BuybackTerms, IBuyback} from "../../../src/interfaces/IBuyback.sol";
import {ICharter} from "../../../src/interfaces/ICharter.sol";
import {PointsSettings, RuleSetTerms} from "../../../src/interfaces/IPoints.sol";
import {IForwarder} from "../../model/signatures/ForwardRequests.sol";
import {PointsFactory} from "../../model/fixtures/PointsFactory.sol";
import {IMintable, SetFixture} from "../../model/fixtures/SetFixture.sol";
import {TestMoney} from "../../model/tokens/TestMoney.sol";

/// @notice Points and a buyback alone, with a plain account as their charter, so that terms and clocks can be anything.
abstract contract BuybackTest is SetFixture {
    /// @dev What the default budget buys.
    uint96 internal constant ROUND_BUYS = 10_000 * 100;

    address internal third = makeAddr("third");
    address internal buybackImplementation;
    PointsFactory internal pointsFactory;

    function setUp() public virtual {
        vm.warp(STARTS_AT);
        forwarder = IForwarder(
            vm.deployCode("ERC2771Forwarder.sol:ERC2771Forwarder", abi.encode("Dewpoint"))
        );
        pointsFactory = new PointsFactory(
            vm.deployCode("Points.sol:Points", abi.encode(forwarder))
        );
        buybackImplementation = vm.deployCode("Buyback.sol:Buyback", abi.encode(forwarder));
        charter = ICharter(makeAddr("charter"));
        createBuyback(new TestMoney(6), defaultBuyback());
    }

    /// @notice Creates Points and a buyback for this token and uses them from here on.
    function createBuyback(TestMoney money_, BuybackTerms memory terms) internal {
        createBuyback(address(money_), terms, true);
    }

    function createBuyback(
        TestMoney money_,
        BuybackTerms memory terms,
        bool transferable
    ) internal {
        createBuyback(address(money_), terms, transferable);
    }

    function createBuyback(address money_, BuybackTerms memory terms, bool transferable) internal {
        vm.warp(STARTS_AT);
        money = IMintable(money_);
        buyback = IBuyback(Clones.clone(buybackImplementation));
        RuleSetTerms[] memory opening = new RuleSetTerms[](1);
        opening[0] = defaultRules();
        points = pointsFactory.create(pointsSettings(transferable), opening);
        token = IERC20(address(points));
        buyback.initialize(buybackSettings(), terms);
    }

    function pointsSettings(bool transferable) internal returns (PointsSettings memory) {
        return
            PointsSettings({
                name: "Drops",
                symbol: "DROP",
                operator: operator,
                recorder: recorder,
                charter: address(charter),
                buyback: address(buyback),
                catalogue: makeAddr("catalogue"),
                startsAt: STARTS_AT,
                epochLength: EPOCH_LENGTH,
                settlementWindow: 40,
                transferable: transferable
            });
    }

    function buybackSettings() internal view returns (BuybackSettings memory) {
        return
            BuybackSettings({
                points: address(points),
                charter: address(charter),
                settlementToken: address(money),
                firstRoundAt: FIRST_ROUND_AT,
                period: PERIOD,
                window: ROUND_WINDOW
            });
    }

    /// @notice Gives points and tenders them in a round that is open.
    function giveAndTender(address holder, uint32 round, uint96 amount) internal {
        give(holder, uint64(amount));
        tender(holder, round, amount);
    }

    function untender(address holder, uint32 round, uint96 amount) internal {
        vm.prank(holder);
        buyback.untender(round, amount);
    }

    function withdraw(address to, uint128 amount) internal {
        vm.prank(operator);
        buyback.withdraw(to, amount);
    }

    function applyTerms(BuybackTerms memory terms) internal {
        vm.prank(address(charter));
        buyback.applyTerms(abi.encode(terms));
    }

    function applyPrice(uint128 price) internal {
        BuybackTerms memory terms = defaultBuyback();
        terms.pricePerPoint = price;
        applyTerms(terms);
    }

    /// @notice Makes the buyback owe as much as its opening budget: one round of it, oversubscribed twice.
    function settleOversubscribedRound() internal {
        fund(ROUND_BUDGET);
        warpToRound(0);
        giveAndTender(member, 0, ROUND_BUYS);
        giveAndTender(other, 0, ROUND_BUYS);
        warpToClose(0);
        buyback.settle();
    }

    function expectBuybackEvent() internal {
        vm.expectEmit(address(buyback));
    }

    function expectNotOpen(uint32 round) internal {
        vm.expectRevert(abi.encodeWithSelector(IBuyback.RoundNotOpen.selector, round));
    }

    function expectBelowMinTender(uint96 held) internal {
        vm.expectRevert(abi.encodeWithSelector(IBuyback.BelowMinTender.selector, held, MIN_TENDER));
    }

    function escrow() internal view returns (uint256) {
        return token.balanceOf(address(buyback));
    }
}
