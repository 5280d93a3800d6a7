// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {BuybackSettings, BuybackTerms, IBuyback} from "../../../src/interfaces/IBuyback.sol";
import {CatalogueSettings, ICatalogue} from "../../../src/interfaces/ICatalogue.sol";
import {CharterSettings, ICharter} from "../../../src/interfaces/ICharter.sol";
import {IPoints, PointsSettings, RuleSetTerms} from "../../../src/interfaces/IPoints.sol";
import {IPrograms, ProgramContracts, ProgramSettings} from "../../../src/interfaces/IPrograms.sol";
import {SetFixture} from "../../model/fixtures/SetFixture.sol";

/// @dev What every implementation says of itself.
interface ITrusting {
    function trustedForwarder() external view returns (address);
}

/// @dev Answers like a token that tells balances in 64 bytes.
contract TwoWords {
    function balanceOf(address) external pure returns (uint256, uint256) {
        return (0, 0);
    }
}

contract CreateTest is SetFixture {
    bytes32 private constant SALT = keccak256("salt");

    ProgramSettings private settings;

    function setUp() public {
        deployPrograms();
        settings = defaultSettings();
    }

    function test_WhenEverythingIsInBounds() external {
        ProgramContracts memory predicted = programs.predict(settings, opening(), SALT);
        assertFalse(programs.isProgram(predicted.points));
        vm.expectEmit(address(programs));
        emit IPrograms.ProgramCreated(
            predicted.points,
            operator,
            predicted.charter,
            predicted.buyback,
            predicted.catalogue,
            "Drops"
        );
        createHere();
        assertEq(address(points), predicted.points);
        assertEq(address(charter), predicted.charter);
        assertEq(address(buyback), predicted.buyback);
        assertEq(address(catalogue), predicted.catalogue);
        assertTrue(programs.isProgram(predicted.points));
        assertFalse(programs.isProgram(predicted.charter));
        assertFalse(programs.isProgram(programs.implementations().points));

        assertEq(IERC20Metadata(predicted.points).name(), "Drops");
        assertEq(IERC20Metadata(predicted.points).symbol(), "DROP");
        assertEq(points.operator(), operator);
        assertEq(points.recorder(), recorder);
        assertEq(points.startsAt(), STARTS_AT);
        assertEq(points.epochLength(), EPOCH_LENGTH);
        assertEq(points.settlementWindow(), 40);
        assertTrue(points.transferable());
        assertFalse(points.backed());
        assertEq(points.ruleSetCount(), 1);
        assertEq(charter.noticePeriod(), NOTICE);
        assertEq(charter.objectionThresholdBps(), THRESHOLD_BPS);
        assertEq(charter.objectionCap(), OBJECTION_CAP);
        assertEq(charter.changeCount(), 0);
        assertEq(buyback.settlementToken(), address(money));
        assertEq(buyback.firstRoundAt(), FIRST_ROUND_AT);
        assertEq(buyback.period(), PERIOD);
        assertEq(buyback.window(), ROUND_WINDOW);
        assertEq(buyback.termsCount(), 1);
        (, BuybackTerms memory terms) = buyback.terms(0);
        assertEq(abi.encode(terms), abi.encode(defaultBuyback()));
        assertEq(catalogue.noticePeriod(), NOTICE);
        assertEq(catalogue.orderDeadline(), ORDER_DEADLINE);
        assertEq(ITrusting(address(points)).trustedForwarder(), address(forwarder));
        assertEq(ITrusting(address(charter)).trustedForwarder(), address(forwarder));
        assertEq(ITrusting(address(buyback)).trustedForwarder(), address(forwarder));
        assertEq(ITrusting(address(catalogue)).trustedForwarder(), address(forwarder));
    }

    function test_WhenAProgramWasCreated() external {
        createHere();
        assertEq(points.charter(), address(charter));
        assertEq(points.buyback(), address(buyback));
        assertEq(points.catalogue(), address(catalogue));
        assertEq(charter.points(), address(points));
        assertEq(charter.buyback(), address(buyback));
        assertEq(buyback.points(), address(points));
        assertEq(buyback.charter(), address(charter));
        assertEq(catalogue.points(), address(points));

        RuleSetTerms memory better = defaultRules();
        better.rules[1].perAction++;
        BuybackTerms memory dearer = defaultBuyback();
        dearer.pricePerPoint++;
        assertEq(announce(better), 1);
        assertEq(announce(dearer), 2);
        assertEq(points.ruleSetCount(), 2);
        assertEq(buyback.termsCount(), 2);
        bytes memory rules = abi.encode(defaultRules());
        vm.expectRevert(abi.encodeWithSelector(IPoints.NotCharter.selector, operator));
        vm.prank(operator);
        points.applyTerms(rules);
        bytes memory terms = abi.encode(defaultBuyback());
        vm.expectRevert(abi.encodeWithSelector(IBuyback.NotCharter.selector, operator));
        vm.prank(operator);
        buyback.applyTerms(terms);
    }

    function test_WhenTheSameIsCreatedAgain() external {
        createHere();
        vm.expectRevert();
        createHere();
    }

    function test_WhenTheProgramIsBacked() external {
        settings.backed = true;
        createHere();
        assertTrue(points.backed());
        settings.buyback.budgetPerRound = 0;
        expectTermsOutOfBounds("budgetPerRound", PRICE, type(uint128).max);
    }

    function test_WhenTheCallerIsNotTheOperator() external {
        address[3] memory callers = [stranger, recorder, address(this)];
        for (uint256 i = 0; i < callers.length; i++) {
            vm.expectRevert(abi.encodeWithSelector(IPrograms.NotOperator.selector, callers[i]));
            vm.prank(callers[i]);
            programs.create(settings, opening(), SALT);
        }
    }

    function test_WhenTheOperatorSignedItForTheForwarder() external {
        bytes memory call = abi.encodeCall(IPrograms.create, (settings, opening(), SALT));
        ProgramContracts memory predicted = predict(opening());
        bytes memory data = abi.encodePacked(call, stranger);
        vm.expectRevert(abi.encodeWithSelector(IPrograms.NotOperator.selector, stranger));
        vm.prank(address(forwarder));
        (bool done, ) = address(programs).call(data);
        vm.prank(address(forwarder));
        (done, ) = address(programs).call(abi.encodePacked(call, operator));
        assertTrue(done);
        assertTrue(programs.isProgram(predicted.points));
        assertEq(IPoints(predicted.points).operator(), operator);
    }

    function test_WhenAnythingDiffers() external {
        ProgramContracts memory first = predict(opening());
        assertApart(first, programs.predict(settings, opening(), keccak256("other")));
        settings.operator = stranger;
        assertApart(first, predict(opening()));
        settings.operator = operator;
        settings.backed = true;
        assertApart(first, predict(opening()));
        settings.backed = false;
        settings.objectionCap--;
        assertApart(first, predict(opening()));
        settings.objectionCap++;
        RuleSetTerms[] memory terms = opening();
        terms[0].rules[0].perAction++;
        assertApart(first, predict(terms));
        settings.transferable = false;
        assertApart(first, predict(opening()));
        settings.transferable = true;
        settings.buyback.budgetPerRound++;
        assertApart(first, predict(opening()));
        settings.buyback.budgetPerRound--;
        settings.orderDeadline++;
        assertApart(first, predict(opening()));
    }

    function test_WhenANameIsAtItsLimits() external {
        settings.name = "D";
        createHere();
        settings.name = string(new bytes(64));
        createHere();
    }

    function test_WhenANameIsBeyondItsLimits() external {
        settings.name = "";
        expectOutOfBounds("name", 1, 64);
        settings.name = string(new bytes(65));
        expectOutOfBounds("name", 1, 64);
    }

    function test_WhenASymbolIsAtItsLimits() external {
        settings.symbol = "D";
        createHere();
        settings.symbol = string(new bytes(16));
        createHere();
    }

    function test_WhenASymbolIsBeyondItsLimits() external {
        settings.symbol = "";
        expectOutOfBounds("symbol", 1, 16);
        settings.symbol = string(new bytes(17));
        expectOutOfBounds("symbol", 1, 16);
    }

    function test_WhenTheEpochLengthIsAtItsLimits() external {
        settings.epochLength = 1 hours;
        settings.settlementWindow = 168;
        createHere();
        settings.epochLength = 7 days;
        createHere();
    }

    function test_WhenTheEpochLengthIsBeyondItsLimits() external {
        uint32[4] memory beyond = [uint32(0), 1 hours - 1, 7 days + 1, type(uint32).max];
        for (uint256 i = 0; i < beyond.length; i++) {
            settings.epochLength = beyond[i];
            expectOutOfBounds("epochLength", 1 hours, 7 days);
        }
    }

    function test_WhenEpoch0HasJustBegunOrIsAboutToEnd() external {
        settings.startsAt = STARTS_AT;
        createHere();
        settings.startsAt = STARTS_AT - EPOCH_LENGTH + 1;
        createHere();
        assertEq(points.currentEpoch(), 0);
        vm.warp(STARTS_AT + 1);
        assertEq(points.currentEpoch(), 1);
    }

    function test_WhenEpoch0HasNotBegunOrHasEnded() external {
        settings.startsAt = STARTS_AT + 1;
        expectOutOfBounds("startsAt", STARTS_AT - EPOCH_LENGTH + 1, STARTS_AT);
        settings.startsAt = STARTS_AT - EPOCH_LENGTH;
        expectOutOfBounds("startsAt", STARTS_AT - EPOCH_LENGTH + 1, STARTS_AT);
    }

    function test_WhenTheSettlementWindowIsAtItsLimits() external {
        settings.settlementWindow = 8;
        createHere();
        settings.settlementWindow = 252;
        createHere();
    }

    function test_WhenTheSettlementWindowIsBeyondItsLimits() external {
        uint32[3] memory beyond = [uint32(0), 4, 256];
        for (uint256 i = 0; i < beyond.length; i++) {
            settings.settlementWindow = beyond[i];
            expectOutOfBounds("settlementWindow", 8, 252);
        }
    }

    function test_WhenTheSettlementWindowIsShorterThanSevenDays() external {
        settings.epochLength = 1 hours;
        settings.settlementWindow = 164;
        expectOutOfBounds("settlementWindow", 168, 252);
        settings.settlementWindow = 168;
        createHere();
        // 5 hours: 33.6 epochs are seven days.
        settings.epochLength = 5 hours;
        settings.settlementWindow = 32;
        expectOutOfBounds("settlementWindow", 36, 252);
        settings.settlementWindow = 36;
        createHere();
        settings.epochLength = 21 hours;
        settings.settlementWindow = 8;
        createHere();
        settings.epochLength = 21 hours - 1;
        expectOutOfBounds("settlementWindow", 12, 252);
    }

    function test_WhenTheSettlementWindowIsNoMultipleOfFour() external {
        settings.settlementWindow = 42;
        vm.expectRevert(abi.encodeWithSelector(IPrograms.SettlementWindowNotInSteps.selector, 4));
        createHere();
    }

    function test_WhenTheNoticePeriodIsAtItsLimits() external {
        settings.noticePeriod = 7 days;
        createHere();
        settings.noticePeriod = 60 days;
        createHere();
        assertEq(charter.noticePeriod(), 60 days);
        assertEq(catalogue.noticePeriod(), 60 days);
    }

    function test_WhenTheNoticePeriodIsBeyondItsLimits() external {
        uint32[4] memory beyond = [uint32(0), 1, 7 days - 1, 60 days + 1];
        for (uint256 i = 0; i < beyond.length; i++) {
            settings.noticePeriod = beyond[i];
            expectOutOfBounds("noticePeriod", 7 days, 60 days);
        }
    }

    function test_WhenTheObjectionThresholdIsAtItsLimits() external {
        settings.objectionThresholdBps = 100;
        createHere();
        settings.objectionThresholdBps = 2_000;
        createHere();
    }

    function test_WhenTheObjectionThresholdIsBeyondItsLimits() external {
        uint16[4] memory beyond = [uint16(0), 99, 2_001, 10_100];
        for (uint256 i = 0; i < beyond.length; i++) {
            settings.objectionThresholdBps = beyond[i];
            expectOutOfBounds("objectionThresholdBps", 100, 2_000);
        }
    }

    function test_WhenTheObjectionCapIsAtItsLimits() external {
        settings.objectionCap = 10_000;
        createHere();
        settings.objectionCap = 2 ** 71 - 1;
        createHere();
    }

    function test_WhenTheObjectionCapIsBeyondItsLimits() external {
        uint96[4] memory beyond = [uint96(0), 9_999, 2 ** 71, type(uint96).max];
        for (uint256 i = 0; i < beyond.length; i++) {
            settings.objectionCap = beyond[i];
            expectOutOfBounds("objectionCap", 10_000, 2 ** 71 - 1);
        }
    }

    function test_WhenTheSettlementTokenIsNoContract() external {
        settings.settlementToken = address(0);
        expectNoToken();
        settings.settlementToken = stranger;
        expectNoToken();
    }

    function test_WhenTheSettlementTokenIsAPlainAccountThatBorrowsCode() external {
        // What EIP-7702 puts at an account: the marker and the address whose code it borrows.
        vm.etch(stranger, abi.encodePacked(hex"ef0100", address(money)));
        settings.settlementToken = stranger;
        expectNoToken();
    }

    function test_WhenTheSettlementTokenDoesNotTellBalances() external {
        settings.settlementToken = address(programs);
        expectNoToken();
    }

    function test_WhenTheSettlementTokenTellsBalancesOfAnotherSize() external {
        settings.settlementToken = address(new TwoWords());
        expectNoToken();
    }

    function test_WhenTheSettlementTokenIsASmallProxy() external {
        settings.settlementToken = Clones.clone(address(money));
        createHere();
    }

    function test_WhenTheFirstRoundIsAtItsLimits() external {
        settings.firstRoundAt = STARTS_AT;
        createHere();
        (uint32 round, bool open) = buyback.currentRound();
        assertEq(round, 0);
        assertTrue(open);
        settings.firstRoundAt = STARTS_AT + 92 days;
        createHere();
    }

    function test_WhenTheFirstRoundIsBeyondItsLimits() external {
        settings.firstRoundAt = STARTS_AT - 1;
        expectOutOfBounds("firstRoundAt", STARTS_AT, STARTS_AT + 92 days);
        settings.firstRoundAt = STARTS_AT + 92 days + 1;
        expectOutOfBounds("firstRoundAt", STARTS_AT, STARTS_AT + 92 days);
    }

    function test_WhenTheRoundsAreAtTheirLimits() external {
        settings.roundWindow = 2 days;
        settings.roundPeriod = 2 days;
        createHere();
        settings.roundPeriod = 92 days;
        createHere();
        settings.roundWindow = 92 days;
        createHere();
    }

    function test_WhenTheRoundWindowIsBeyondItsLimits() external {
        settings.roundWindow = 2 days - 1;
        expectOutOfBounds("roundWindow", 2 days, 92 days);
        settings.roundWindow = 92 days + 1;
        settings.roundPeriod = 92 days + 1;
        expectOutOfBounds("roundWindow", 2 days, 92 days);
    }

    function test_WhenTheRoundPeriodIsBeyondItsLimits() external {
        settings.roundPeriod = ROUND_WINDOW - 1;
        expectOutOfBounds("roundPeriod", ROUND_WINDOW, 92 days);
        settings.roundPeriod = 92 days + 1;
        expectOutOfBounds("roundPeriod", ROUND_WINDOW, 92 days);
    }

    function test_WhenTheOrderDeadlineIsAtItsLimits() external {
        settings.orderDeadline = 1 days;
        createHere();
        settings.orderDeadline = 60 days;
        createHere();
    }

    function test_WhenTheOrderDeadlineIsBeyondItsLimits() external {
        uint32[3] memory beyond = [uint32(0), 1 days - 1, 60 days + 1];
        for (uint256 i = 0; i < beyond.length; i++) {
            settings.orderDeadline = beyond[i];
            expectOutOfBounds("orderDeadline", 1 days, 60 days);
        }
    }

    function test_WhenTheBuybackTermsAreOutOfBounds() external {
        settings.buyback.pricePerPoint = 0;
        expectTermsOutOfBounds("pricePerPoint", 1, type(uint128).max);
        settings.buyback = defaultBuyback();
        settings.buyback.minTender = 0;
        expectTermsOutOfBounds("minTender", 100, type(uint96).max);
        settings.buyback = defaultBuyback();
        settings.buyback.budgetPerRound = PRICE - 1;
        expectTermsOutOfBounds("budgetPerRound", PRICE, type(uint128).max);
    }

    function test_WhenNothingIsBoughtBackForNow() external {
        settings.buyback.budgetPerRound = 0;
        createHere();
        (, BuybackTerms memory terms) = buyback.terms(0);
        assertEq(terms.budgetPerRound, 0);
    }

    function test_WhenTheOperatorOrTheRecorderIsImpossible() external {
        address[2] memory impossible = [address(0), address(forwarder)];
        for (uint256 i = 0; i < impossible.length; i++) {
            settings.operator = impossible[i];
            bytes memory call = abi.encodeCall(IPrograms.create, (settings, opening(), SALT));
            // The forwarder would pass the call on like this if that address could sign.
            vm.expectRevert(abi.encodeWithSelector(IPoints.InvalidSetting.selector, "operator"));
            vm.prank(address(forwarder));
            (bool done, ) = address(programs).call(abi.encodePacked(call, impossible[i]));
            done;
            settings.operator = operator;
            settings.recorder = impossible[i];
            vm.expectRevert(abi.encodeWithSelector(IPoints.InvalidSetting.selector, "recorder"));
            createHere();
            settings.recorder = recorder;
        }
    }

    function test_WhenThereIsNoRuleSet() external {
        vm.expectRevert(abi.encodeWithSelector(IPoints.InvalidSetting.selector, "opening"));
        createWith(new RuleSetTerms[](0));
    }

    function test_WhenAnAccountInitialisesAProgramAgain() external {
        createHere();
        expectLocked(
            ProgramContracts(
                address(points),
                address(charter),
                address(buyback),
                address(catalogue)
            )
        );
    }

    function test_WhenAnAccountInitialisesAnImplementation() external {
        expectLocked(programs.implementations());
    }

    function test_WhenImplementationsTrustDifferentForwarders() external {
        ProgramContracts memory good = programs.implementations();
        bytes memory elsewhere = abi.encode(makeAddr("another forwarder"));
        address[4] memory foreign = [
            vm.deployCode("Points.sol:Points", elsewhere),
            vm.deployCode("Charter.sol:Charter", elsewhere),
            vm.deployCode("Buyback.sol:Buyback", elsewhere),
            vm.deployCode("Catalogue.sol:Catalogue", elsewhere)
        ];
        expectForwardersDiffer(
            ProgramContracts(foreign[0], good.charter, good.buyback, good.catalogue)
        );
        expectForwardersDiffer(
            ProgramContracts(good.points, foreign[1], good.buyback, good.catalogue)
        );
        expectForwardersDiffer(
            ProgramContracts(good.points, good.charter, foreign[2], good.catalogue)
        );
        expectForwardersDiffer(
            ProgramContracts(good.points, good.charter, good.buyback, foreign[3])
        );
    }

    function opening() private pure returns (RuleSetTerms[] memory terms) {
        terms = new RuleSetTerms[](1);
        terms[0] = defaultRules();
    }

    function predict(RuleSetTerms[] memory terms) private view returns (ProgramContracts memory) {
        return programs.predict(settings, terms, SALT);
    }

    function createHere() private {
        createWith(opening());
    }

    function createWith(RuleSetTerms[] memory terms) private {
        vm.prank(settings.operator);
        use(programs.create(settings, terms, SALT));
    }

    function assertApart(
        ProgramContracts memory some,
        ProgramContracts memory others
    ) private pure {
        assertNotEq(some.points, others.points);
        assertNotEq(some.charter, others.charter);
        assertNotEq(some.buyback, others.buyback);
        assertNotEq(some.catalogue, others.catalogue);
    }

    function expectOutOfBounds(string memory field, uint256 lowest, uint256 highest) private {
        vm.expectRevert(
            abi.encodeWithSelector(IPrograms.SettingOutOfBounds.selector, field, lowest, highest)
        );
        createHere();
    }

    function expectTermsOutOfBounds(string memory field, uint256 lowest, uint256 highest) private {
        vm.expectRevert(
            abi.encodeWithSelector(IBuyback.TermsOutOfBounds.selector, field, lowest, highest)
        );
        createHere();
    }

    function expectNoToken() private {
        vm.expectRevert(
            abi.encodeWithSelector(IPrograms.NotAToken.selector, settings.settlementToken)
        );
        createHere();
    }

    function expectForwardersDiffer(ProgramContracts memory implementations) private {
        bytes memory code = bytes.concat(
            vm.getCode("Programs.sol:Programs"),
            abi.encode(implementations)
        );
        address created;
        bytes4 reason;
        // Looked at by hand: what `vm.expectRevert` finds missing, a `create` in assembly would swallow.
        assembly ("memory-safe") {
            created := create(0, add(code, 32), mload(code))
            mstore(0, 0)
            if gt(returndatasize(), 3) {
                returndatacopy(0, 0, 4)
            }
            reason := mload(0)
        }
        assertEq(created, address(0));
        assertEq(bytes32(reason), bytes32(IPrograms.ForwardersDiffer.selector));
    }

    function expectLocked(ProgramContracts memory contracts_) private {
        bytes memory refusal = abi.encodeWithSignature("InvalidInitialization()");
        PointsSettings memory pointsSettings;
        vm.expectRevert(refusal);
        IPoints(contracts_.points).initialize(pointsSettings, opening());
        CharterSettings memory charterSettings;
        vm.expectRevert(refusal);
        ICharter(contracts_.charter).initialize(charterSettings);
        BuybackSettings memory buybackSettings;
        vm.expectRevert(refusal);
        IBuyback(contracts_.buyback).initialize(buybackSettings, defaultBuyback());
        CatalogueSettings memory catalogueSettings;
        vm.expectRevert(refusal);
        ICatalogue(contracts_.catalogue).initialize(catalogueSettings);
    }
}
