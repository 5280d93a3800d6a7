// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {CharterSettings, ICharter} from "../../../src/interfaces/ICharter.sol";
import {SetFixture} from "../../model/fixtures/SetFixture.sol";

contract CharterSettingsTest is SetFixture {
    address private implementation;
    CharterSettings private settings;

    function setUp() public {
        implementation = vm.deployCode("Charter.sol:Charter", abi.encode(makeAddr("forwarder")));
        settings = CharterSettings({
            points: makeAddr("points"),
            buyback: makeAddr("buyback"),
            noticePeriod: NOTICE,
            objectionThresholdBps: THRESHOLD_BPS,
            objectionCap: 12_345
        });
        charter = ICharter(Clones.clone(implementation));
    }

    function test_WhenEverythingIsPossible() external {
        charter.initialize(settings);
        assertEq(charter.points(), settings.points);
        assertEq(charter.buyback(), settings.buyback);
        assertEq(charter.noticePeriod(), NOTICE);
        assertEq(charter.objectionThresholdBps(), THRESHOLD_BPS);
        assertEq(charter.objectionCap(), 12_345);
        assertEq(charter.strikesInARow(), 0);
        assertFalse(charter.isLastRound(0));
        assertEq(charter.changeCount(), 0);
        assertEq(charter.pendingChange(), 0);
        assertEq(charter.cooldownUntil(), 0);
    }

    function test_WhenThereAreNoPoints() external {
        settings.points = address(0);
        expectInvalidSetting("points");
    }

    function test_WhenThereIsNoBuybackOrItIsPoints() external {
        settings.buyback = address(0);
        expectInvalidSetting("buyback");
        settings.buyback = settings.points;
        expectInvalidSetting("buyback");
    }

    function test_WhenThereIsNoNotice() external {
        settings.noticePeriod = 0;
        expectInvalidSetting("noticePeriod");
    }

    function test_WhenTheThresholdIsNothingOrMoreThanEverything() external {
        settings.objectionThresholdBps = 0;
        expectInvalidSetting("objectionThresholdBps");
        settings.objectionThresholdBps = 10_001;
        expectInvalidSetting("objectionThresholdBps");
        settings.objectionThresholdBps = 10_000;
        charter.initialize(settings);
    }

    function test_WhenTheCapIsBelowOnePoint() external {
        settings.objectionCap = 99;
        expectInvalidSetting("objectionCap");
        settings.objectionCap = 100;
        charter.initialize(settings);
    }

    function test_WhenAnAccountInitialisesItAgain() external {
        charter.initialize(settings);
        vm.expectRevert(abi.encodeWithSignature("InvalidInitialization()"));
        charter.initialize(settings);
    }

    function test_WhenAnAccountInitialisesTheImplementation() external {
        vm.expectRevert(abi.encodeWithSignature("InvalidInitialization()"));
        ICharter(implementation).initialize(settings);
    }

    function expectInvalidSetting(string memory field) private {
        vm.expectRevert(abi.encodeWithSelector(ICharter.InvalidSetting.selector, field));
        charter.initialize(settings);
    }
}
