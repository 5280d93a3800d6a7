// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {IPoints, PointsSettings, RuleSetTerms} from "../../src/interfaces/IPoints.sol";
import {IPrograms} from "../../src/interfaces/IPrograms.sol";
import {PointsTest} from "./PointsTest.sol";

contract CreateTest is PointsTest {
    bytes32 private constant SALT = keccak256("salt");

    PointsSettings private settings;

    function setUp() public override {
        super.setUp();
        settings = defaultSettings();
    }

    function test_WhenEverythingIsInBounds() external {
        address predicted = programs.predict(stranger, settings, opening(1), SALT);
        assertFalse(programs.isProgram(predicted));
        vm.expectEmit(address(programs));
        emit IPrograms.ProgramCreated(predicted, stranger, operator, "Drops");
        vm.prank(stranger);
        use(IPoints(programs.create(settings, opening(1), SALT)));
        assertEq(address(points), predicted);
        assertTrue(programs.isProgram(predicted));
        assertFalse(programs.isProgram(programs.pointsImplementation()));

        assertEq(IERC20Metadata(predicted).name(), "Drops");
        assertEq(IERC20Metadata(predicted).symbol(), "DROP");
        assertEq(points.operator(), operator);
        assertEq(points.offeredOperator(), address(0));
        assertEq(points.recorder(), recorder);
        assertEq(points.charter(), charter);
        assertEq(points.buyback(), address(buyback));
        assertEq(points.catalogue(), address(catalogue));
        assertEq(points.startsAt(), settings.startsAt);
        assertEq(points.epochLength(), EPOCH_LENGTH);
        assertEq(points.settlementWindow(), settings.settlementWindow);
        assertTrue(points.transferable());
        assertEq(points.currentEpoch(), 0);
        assertEq(points.trustedForwarder(), programs.forwarder());
        assertEq(points.ruleSetCount(), 1);
        RuleSetTerms memory terms = countingTerms(NO_BUDGET);
        assertEq(
            points.ruleTextHash(1),
            keccak256(abi.encode(terms.rules[0].name, terms.rules[0].text))
        );
    }

    function test_WhenTheSameCreatorCreatesTheSameAgain() external {
        programs.create(settings, opening(1), SALT);
        vm.expectRevert();
        programs.create(settings, opening(1), SALT);
    }

    function test_WhenAnythingDiffers() external {
        address first = predict(opening(1));
        assertNotEq(programs.predict(stranger, settings, opening(1), SALT), first);
        assertNotEq(
            programs.predict(address(this), settings, opening(1), keccak256("other")),
            first
        );
        assertNotEq(predict(opening(2)), first);
        RuleSetTerms[] memory terms = opening(1);
        terms[0].rules[0].perAction++;
        assertNotEq(predict(terms), first);
        settings.transferable = false;
        assertNotEq(predict(opening(1)), first);
    }

    function test_WhenANameIsAtItsLimits() external {
        settings.name = "D";
        createHere();
        settings.name = string(new bytes(64));
        createHere();
    }

    function test_WhenANameIsBeyondItsLimits() external {
        settings.name = "";
        expectOutOfBounds("name");
        settings.name = string(new bytes(65));
        expectOutOfBounds("name");
    }

    function test_WhenASymbolIsAtItsLimits() external {
        settings.symbol = "D";
        createHere();
        settings.symbol = string(new bytes(16));
        createHere();
    }

    function test_WhenASymbolIsBeyondItsLimits() external {
        settings.symbol = "";
        expectOutOfBounds("symbol");
        settings.symbol = string(new bytes(17));
        expectOutOfBounds("symbol");
    }

    function test_WhenTheEpochLengthIsAtItsLimits() external {
        settings.epochLength = 1 hours;
        createHere();
        settings.epochLength = 7 days;
        createHere();
    }

    function test_WhenTheEpochLengthIsBeyondItsLimits() external {
        settings.epochLength = 1 hours - 1;
        expectOutOfBounds("epochLength");
        settings.epochLength = 7 days + 1;
        expectOutOfBounds("epochLength");
        settings.epochLength = 0;
        expectOutOfBounds("epochLength");
    }

    function test_WhenTheSettlementWindowIsAtItsLimits() external {
        settings.settlementWindow = 8;
        createHere();
        settings.settlementWindow = 128;
        createHere();
    }

    function test_WhenTheSettlementWindowIsBeyondItsLimitsOrNoMultipleOfFour() external {
        uint32[5] memory beyond = [uint32(0), 4, 132, 41, 42];
        for (uint256 i = 0; i < beyond.length; i++) {
            settings.settlementWindow = beyond[i];
            expectOutOfBounds("settlementWindow");
        }
    }

    function test_WhenEpoch0HasJustBegun() external {
        settings.startsAt = uint64(block.timestamp);
        createHere();
    }

    function test_WhenEpoch0IsAboutToEnd() external {
        settings.startsAt = uint64(block.timestamp) - EPOCH_LENGTH + 1;
        use(createHere());
        assertEq(points.currentEpoch(), 0);
        vm.warp(block.timestamp + 1);
        assertEq(points.currentEpoch(), 1);
    }

    function test_WhenEpoch0HasNotBegun() external {
        settings.startsAt = uint64(block.timestamp) + 1;
        expectInvalidSetting("startsAt");
    }

    function test_WhenEpoch0HasEnded() external {
        settings.startsAt = uint64(block.timestamp) - EPOCH_LENGTH;
        expectInvalidSetting("startsAt");
    }

    function test_WhenTheOperatorIsImpossible() external {
        address[4] memory impossible = [
            address(0),
            charter,
            address(buyback),
            programs.forwarder()
        ];
        for (uint256 i = 0; i < impossible.length; i++) {
            settings.operator = impossible[i];
            expectInvalidSetting("operator");
        }
    }

    function test_WhenTheRecorderIsImpossible() external {
        address[4] memory impossible = [
            address(0),
            charter,
            address(catalogue),
            programs.forwarder()
        ];
        for (uint256 i = 0; i < impossible.length; i++) {
            settings.recorder = impossible[i];
            expectInvalidSetting("recorder");
        }
    }

    function test_WhenTheCharterIsImpossible() external {
        settings.charter = address(0);
        expectInvalidSetting("charter");
    }

    function test_WhenModulesAreNotDistinct() external {
        settings.buyback = charter;
        expectInvalidSetting("buyback");
        settings.buyback = address(catalogue);
        expectInvalidSetting("catalogue");
        settings.buyback = address(0);
        settings.catalogue = charter;
        expectInvalidSetting("catalogue");
        settings.catalogue = address(0);
        createHere();
    }

    function test_WhenAModuleIsTheProgramItself() external {
        // The address depends on the settings that would name it, so only a clone made by hand can try.
        address clone = makeAddr("clone");
        bytes memory target = abi.encodePacked(programs.pointsImplementation());
        bytes memory code = bytes.concat(
            hex"363d3d373d3d3d363d73",
            target,
            hex"5af43d82803e903d91602b57fd5bf3"
        );
        vm.etch(clone, code);
        settings.catalogue = clone;
        vm.expectRevert(abi.encodeWithSelector(IPoints.InvalidSetting.selector, "catalogue"));
        IPoints(clone).initialize(settings, opening(1));
    }

    function test_WhenAModuleIsTheForwarder() external {
        settings.charter = programs.forwarder();
        expectInvalidSetting("charter");
        settings.charter = charter;
        settings.buyback = programs.forwarder();
        expectInvalidSetting("buyback");
        settings.buyback = address(0);
        settings.catalogue = programs.forwarder();
        expectInvalidSetting("catalogue");
    }

    function test_WhenThereIsNoRuleSet() external {
        vm.expectRevert(abi.encodeWithSelector(IPoints.InvalidSetting.selector, "opening"));
        createWith(opening(0));
    }

    function test_WhenThereAreTwoRuleSets() external {
        RuleSetTerms[] memory terms = opening(2);
        terms[1].rules[0].perAction = 7;
        terms[1].budgetPerEpoch = 50;
        terms[1].notBefore = 1;
        use(createWith(terms));
        assertEq(points.ruleSetCount(), 2);
        assertEq(points.pointsOf(0, lines(1)), 1);
        assertEq(points.pointsOf(1, lines(1)), 7);
        assertEq(points.pointsOf(9, lines(1)), 7);
        goTo(1);
        (, uint96 left) = points.budget();
        assertEq(left, 50);
    }

    function test_WhenThereAreThreeRuleSets() external {
        vm.expectRevert(abi.encodeWithSelector(IPoints.InvalidSetting.selector, "opening"));
        createWith(opening(3));
    }

    function test_WhenAnOpeningRuleSetNamesALaterEpoch() external {
        RuleSetTerms[] memory terms = opening(1);
        terms[0].notBefore = 1;
        expectInvalidTerms("notBefore", 0);
        createWith(terms);
        terms = opening(2);
        terms[1].notBefore = 2;
        expectInvalidTerms("notBefore", 0);
        createWith(terms);
    }

    function test_WhenAnOpeningRuleSetIsInvalid() external {
        RuleSetTerms[] memory terms = opening(1);
        terms[0].rules[0].name = "";
        expectInvalidTerms("name", 0);
        createWith(terms);
        terms = opening(2);
        terms[1].rules[0].text = "another meaning";
        expectInvalidTerms("text", 0);
        createWith(terms);
    }

    function test_WhenSomebodyInitialisesAProgramAgain() external {
        vm.expectRevert(abi.encodeWithSignature("InvalidInitialization()"));
        points.initialize(settings, opening(1));
    }

    function test_WhenSomebodyInitialisesTheImplementation() external {
        IPoints implementation = IPoints(programs.pointsImplementation());
        vm.expectRevert(abi.encodeWithSignature("InvalidInitialization()"));
        implementation.initialize(settings, opening(1));
    }

    function opening(uint256 count) private pure returns (RuleSetTerms[] memory terms) {
        terms = new RuleSetTerms[](count);
        for (uint256 i = 0; i < count; i++) terms[i] = countingTerms(NO_BUDGET);
    }

    function predict(RuleSetTerms[] memory terms) private view returns (address) {
        return programs.predict(address(this), settings, terms, SALT);
    }

    function createHere() private returns (IPoints) {
        return createWith(opening(1));
    }

    function createWith(RuleSetTerms[] memory terms) private returns (IPoints) {
        return IPoints(programs.create(settings, terms, SALT));
    }

    function expectOutOfBounds(string memory field) private {
        vm.expectRevert(abi.encodeWithSelector(IPrograms.SettingOutOfBounds.selector, field));
        createHere();
    }

    function expectInvalidSetting(string memory field) private {
        vm.expectRevert(abi.encodeWithSelector(IPoints.InvalidSetting.selector, field));
        createHere();
    }
}
