// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {IPoints, PointsSettings, RuleSetTerms} from "../../../src/interfaces/IPoints.sol";
import {PointsTest} from "./PointsTest.sol";

contract PointsSettingsTest is PointsTest {
    PointsSettings private settings;

    function setUp() public override {
        super.setUp();
        settings = defaultSettings();
    }

    function test_WhenEverythingIsPossible() external {
        use(createWith(opening(1)));
        assertEq(IERC20Metadata(address(points)).name(), "Drops");
        assertEq(IERC20Metadata(address(points)).symbol(), "DROP");
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
        assertFalse(points.backed());
        assertEq(points.currentEpoch(), 0);
        assertEq(points.trustedForwarder(), trustedForwarder);
        assertEq(points.ruleSetCount(), 1);
        RuleSetTerms memory terms = countingTerms(NO_BUDGET);
        assertEq(
            points.ruleTextHash(1),
            keccak256(abi.encode(terms.rules[0].name, terms.rules[0].text))
        );
    }

    function test_WhenTheEpochsHaveNoLength() external {
        settings.epochLength = 0;
        expectInvalidSetting("epochLength");
    }

    function test_WhenTheSettlementWindowIsNoMultipleOfFourUpTo252() external {
        uint32[6] memory impossible = [uint32(0), 2, 41, 42, 253, 256];
        for (uint256 i = 0; i < impossible.length; i++) {
            settings.settlementWindow = impossible[i];
            expectInvalidSetting("settlementWindow");
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
        address[4] memory impossible = [address(0), charter, address(buyback), trustedForwarder];
        for (uint256 i = 0; i < impossible.length; i++) {
            settings.operator = impossible[i];
            expectInvalidSetting("operator");
        }
    }

    function test_WhenTheRecorderIsImpossible() external {
        address[4] memory impossible = [address(0), charter, address(catalogue), trustedForwarder];
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
        bytes memory target = abi.encodePacked(programs.implementation());
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
        settings.charter = trustedForwarder;
        expectInvalidSetting("charter");
        settings.charter = charter;
        settings.buyback = trustedForwarder;
        expectInvalidSetting("buyback");
        settings.buyback = address(0);
        settings.catalogue = trustedForwarder;
        expectInvalidSetting("catalogue");
    }

    function test_WhenABackedProgramHasNoBuyback() external {
        settings.backed = true;
        use(createHere());
        assertTrue(points.backed());
        settings.buyback = address(0);
        expectInvalidSetting("backed");
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

    function test_WhenAnAccountInitialisesAProgramAgain() external {
        vm.expectRevert(abi.encodeWithSignature("InvalidInitialization()"));
        points.initialize(settings, opening(1));
    }

    function test_WhenAnAccountInitialisesTheImplementation() external {
        IPoints implementation = IPoints(programs.implementation());
        vm.expectRevert(abi.encodeWithSignature("InvalidInitialization()"));
        implementation.initialize(settings, opening(1));
    }

    function opening(uint256 count) private pure returns (RuleSetTerms[] memory terms) {
        terms = new RuleSetTerms[](count);
        for (uint256 i = 0; i < count; i++) terms[i] = countingTerms(NO_BUDGET);
    }

    function createHere() private returns (IPoints) {
        return createWith(opening(1));
    }

    function createWith(RuleSetTerms[] memory terms) private returns (IPoints) {
        return programs.create(settings, terms);
    }

    function expectInvalidSetting(string memory field) private {
        vm.expectRevert(abi.encodeWithSelector(IPoints.InvalidSetting.selector, field));
        createHere();
    }
}
