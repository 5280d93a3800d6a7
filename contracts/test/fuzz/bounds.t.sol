// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IPoints, PointsSettings, RuleSetTerms} from "../../src/interfaces/IPoints.sol";
import {IPrograms} from "../../src/interfaces/IPrograms.sol";
import {ProgramFixture} from "../model/ProgramFixture.sol";

/// @notice A program is created exactly when every setting is within its bounds.
contract BoundsFuzz is ProgramFixture {
    function setUp() public {
        deployPrograms();
    }

    function testFuzz_epochLength(uint32 epochLength) public {
        if (epochLength % 2 == 0) epochLength %= 8 days;
        PointsSettings memory settings = defaultSettings();
        settings.epochLength = epochLength;
        _create(settings, epochLength >= 1 hours && epochLength <= 7 days, "epochLength");
    }

    function testFuzz_settlementWindow(uint32 window) public {
        if (window % 8 != 0) window %= 140;
        PointsSettings memory settings = defaultSettings();
        settings.settlementWindow = window;
        bool good = window >= 8 && window <= 128 && window % 4 == 0;
        _create(settings, good, "settlementWindow");
    }

    function testFuzz_names(uint8 nameBytes, uint8 symbolBytes) public {
        nameBytes %= 70;
        symbolBytes %= 20;
        PointsSettings memory settings = defaultSettings();
        settings.name = string(new bytes(nameBytes));
        settings.symbol = string(new bytes(symbolBytes));
        bool goodName = nameBytes >= 1 && nameBytes <= 64;
        bool goodSymbol = symbolBytes >= 1 && symbolBytes <= 16;
        _create(settings, goodName && goodSymbol, goodName ? "symbol" : "name");
    }

    /// @notice Epoch 0 has begun and has not ended.
    function testFuzz_startsAt(uint64 startsAt, uint32 epochLength) public {
        PointsSettings memory settings = defaultSettings();
        settings.epochLength = uint32(bound(epochLength, 1 hours, 7 days));
        if (startsAt % 4 > 0) {
            startsAt = uint64(bound(startsAt, STARTS_AT - 8 days, STARTS_AT + 8 days));
        }
        settings.startsAt = startsAt;
        bool good = startsAt <= STARTS_AT && STARTS_AT - startsAt < settings.epochLength;
        bytes memory refusal = abi.encodeWithSelector(IPoints.InvalidSetting.selector, "startsAt");
        if (!good) vm.expectRevert(refusal);
        IPoints points = create(settings, countingTerms(NO_BUDGET));
        if (good) assertEq(points.currentEpoch(), 0);
    }

    /// @notice What was predicted is what is created, and nothing else is a program of the factory.
    function testFuzz_prediction(address creator, bytes32 salt, bytes32 otherSalt) public {
        vm.assume(creator != address(0) && salt != otherSalt);
        RuleSetTerms[] memory opening = new RuleSetTerms[](1);
        opening[0] = countingTerms(NO_BUDGET);
        address predicted = programs.predict(creator, defaultSettings(), opening, salt);
        assertFalse(programs.isProgram(predicted));
        assertNotEq(predicted, programs.predict(creator, defaultSettings(), opening, otherSalt));
        assertNotEq(predicted, programs.predict(address(this), defaultSettings(), opening, salt));
        vm.prank(creator);
        assertEq(programs.create(defaultSettings(), opening, salt), predicted);
        assertTrue(programs.isProgram(predicted));
        assertTrue(programs.predict(creator, defaultSettings(), opening, otherSalt) != predicted);
    }

    function _create(PointsSettings memory settings, bool good, string memory field) private {
        bytes memory refusal = abi.encodeWithSelector(IPrograms.SettingOutOfBounds.selector, field);
        if (!good) vm.expectRevert(refusal);
        IPoints points = create(settings, countingTerms(NO_BUDGET));
        if (!good) return;
        assertTrue(programs.isProgram(address(points)));
        assertEq(points.epochLength(), settings.epochLength);
        assertEq(points.settlementWindow(), settings.settlementWindow);
    }
}
