// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
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
        PointsSettings memory settings = replaceBuyback(money_);
        settings.transferable = transferable;
        createBuyback(settings, terms);
    }

    /// @notice Creates a buyback of a backed program, whose charter has no change pending.
    function createBackedBuyback(BuybackTerms memory terms) internal {
        nameLastRound(type(uint32).max);
        vm.mockCall(
            address(charter),
            abi.encodeCall(ICharter.noticePeriod, ()),
            abi.encode(NOTICE)
        );
        PointsSettings memory settings = replaceBuyback(address(money));
        settings.backed = true;
        createBuyback(settings, terms);
    }

    /// @notice Makes this the only round that the charter calls a last one.
    function nameLastRound(uint32 round) internal {
        bytes4 isLastRound = ICharter.isLastRound.selector;
        vm.mockCall(address(charter), abi.encodeWithSelector(isLastRound), abi.encode(false));
        vm.mockCall(
            address(charter),
            abi.encodeCall(ICharter.isLastRound, (round)),
            abi.encode(true)
        );
    }

    function replaceBuyback(address money_) private returns (PointsSettings memory) {
        vm.warp(STARTS_AT);
        money = IMintable(money_);
        buyback = IBuyback(Clones.clone(buybackImplementation));
        return pointsSettings();
    }

    function createBuyback(PointsSettings memory settings, BuybackTerms memory terms) private {
        RuleSetTerms[] memory opening = new RuleSetTerms[](1);
        opening[0] = defaultRules();
        points = pointsFactory.create(settings, opening);
        token = IERC20(address(points));
        buyback.initialize(buybackSettings(), terms);
    }

    function pointsSettings() internal returns (PointsSettings memory) {
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
                transferable: true,
                backed: false
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

    /// @notice Approves money to the buyback by a signature that a stranger sends. The money is of the program's own kind.
    function permit(uint256 key, uint256 amount) internal {
        address holder = vm.addr(key);
        uint256 deadline = vm.getBlockTimestamp();
        bytes32 hash = keccak256(
            abi.encode(
                keccak256(
                    "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"
                ),
                holder,
                address(buyback),
                amount,
                IERC20Permit(address(money)).nonces(holder),
                deadline
            )
        );
        bytes32 domain = IERC20Permit(address(money)).DOMAIN_SEPARATOR();
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(
            key,
            keccak256(abi.encodePacked("\x19\x01", domain, hash))
        );
        vm.prank(stranger);
        IERC20Permit(address(money)).permit(holder, address(buyback), amount, deadline, v, r, s);
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
