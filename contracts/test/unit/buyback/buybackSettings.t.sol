// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {BuybackSettings, BuybackTerms, IBuyback} from "../../../src/interfaces/IBuyback.sol";
import {BuybackTest} from "./BuybackTest.sol";

contract BuybackSettingsTest is BuybackTest {
    function test_WhenItIsInitialisedAgain() external {
        vm.expectRevert(Initializable.InvalidInitialization.selector);
        buyback.initialize(buybackSettings(), defaultBuyback());
    }

    function test_WhenTheImplementationIsInitialised() external {
        vm.expectRevert(Initializable.InvalidInitialization.selector);
        IBuyback(buybackImplementation).initialize(buybackSettings(), defaultBuyback());
    }

    function test_WhenASettingIsImpossible() external {
        BuybackSettings memory settings = buybackSettings();
        settings.points = address(0);
        expectInvalid(settings, "points");
        settings = buybackSettings();
        settings.charter = address(0);
        expectInvalid(settings, "charter");
        settings = buybackSettings();
        settings.settlementToken = address(0);
        expectInvalid(settings, "settlementToken");
        settings.settlementToken = member;
        expectInvalid(settings, "settlementToken");
        settings = buybackSettings();
        settings.firstRoundAt = 2 ** 48;
        expectInvalid(settings, "firstRoundAt");
        settings = buybackSettings();
        settings.period = 2 ** 24;
        expectInvalid(settings, "period");
        settings = buybackSettings();
        settings.window = 0;
        expectInvalid(settings, "window");
        settings.window = settings.period + 1;
        expectInvalid(settings, "window");
        settings.period = 0;
        settings.window = 0;
        expectInvalid(settings, "window");
    }

    function test_WhenTheOpeningTermsAreOutOfTheirBounds() external {
        IBuyback fresh = IBuyback(Clones.clone(buybackImplementation));
        vm.expectRevert(
            abi.encodeWithSelector(
                IBuyback.TermsOutOfBounds.selector,
                "pricePerPoint",
                1,
                type(uint128).max
            )
        );
        fresh.initialize(buybackSettings(), BuybackTerms(0, 0, 100));
    }

    function test_GivenTheProgramIsBackedAndTheBudgetIsZero() external {
        vm.expectRevert(
            abi.encodeWithSelector(
                IBuyback.TermsOutOfBounds.selector,
                "budgetPerRound",
                PRICE,
                type(uint128).max
            )
        );
        this.createBacked(BuybackTerms(PRICE, 0, MIN_TENDER));
    }

    function createBacked(BuybackTerms calldata terms) external {
        createBackedBuyback(terms);
    }

    function test_WhenAllIsWell() external {
        BuybackSettings memory settings = buybackSettings();
        settings.firstRoundAt = 2 ** 48 - 1;
        settings.period = 2 ** 24 - 1;
        settings.window = 2 ** 24 - 2;
        IBuyback fresh = IBuyback(Clones.clone(buybackImplementation));
        vm.expectEmit(address(fresh));
        emit IBuyback.TermsPublished(0, 0, PRICE, ROUND_BUDGET, MIN_TENDER);
        fresh.initialize(settings, defaultBuyback());
        assertEq(fresh.points(), address(points));
        assertEq(fresh.charter(), address(charter));
        assertEq(fresh.settlementToken(), address(money));
        assertEq(fresh.firstRoundAt(), 2 ** 48 - 1);
        assertEq(fresh.period(), 2 ** 24 - 1);
        assertEq(fresh.window(), 2 ** 24 - 2);
        assertEq(fresh.termsCount(), 1);
        assertEq(fresh.reserve(), 0);
        assertEq(fresh.owed(), 0);
        (uint32 fromRound, BuybackTerms memory published) = fresh.terms(0);
        assertEq(fromRound, 0);
        assertEq(abi.encode(published), abi.encode(defaultBuyback()));
    }

    function expectInvalid(BuybackSettings memory settings, string memory field) private {
        IBuyback fresh = IBuyback(Clones.clone(buybackImplementation));
        vm.expectRevert(abi.encodeWithSelector(IBuyback.InvalidSetting.selector, field));
        fresh.initialize(settings, defaultBuyback());
    }
}
