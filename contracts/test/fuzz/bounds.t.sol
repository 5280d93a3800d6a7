// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {RuleSetTerms} from "../../src/interfaces/IPoints.sol";
import {IPrograms, ProgramContracts, ProgramSettings} from "../../src/interfaces/IPrograms.sol";
import {SetFixture} from "../model/fixtures/SetFixture.sol";

/// @notice A program is created exactly when every setting is within its bounds.
contract BoundsFuzz is SetFixture {
    function setUp() public {
        deployPrograms();
    }

    function testFuzz_epochLength(uint32 epochLength) public {
        if (epochLength % 2 == 0) epochLength %= 8 days;
        ProgramSettings memory settings = defaultSettings();
        settings.settlementWindow = 252;
        settings.epochLength = epochLength;
        _create(settings, epochLength, 1 hours, 7 days, "epochLength");
    }

    function testFuzz_settlementWindow(uint32 window, uint32 epochLength) public {
        if (window % 8 != 0) window %= 280;
        ProgramSettings memory settings = defaultSettings();
        settings.settlementWindow = window;
        settings.epochLength = uint32(bound(epochLength, 1 hours, 7 days));
        // Found step by step.
        uint256 lowest = 8;
        while (lowest * settings.epochLength < 7 days) lowest += 4;
        if (window >= lowest && window <= 252 && window % 4 != 0) {
            vm.expectRevert(
                abi.encodeWithSelector(IPrograms.SettlementWindowNotInSteps.selector, 4)
            );
            createProgram(settings);
        } else {
            _create(settings, window, lowest, 252, "settlementWindow");
        }
    }

    function testFuzz_name(uint8 nameBytes) public {
        nameBytes %= 70;
        ProgramSettings memory settings = defaultSettings();
        settings.name = string(new bytes(nameBytes));
        _create(settings, nameBytes, 1, 64, "name");
    }

    function testFuzz_symbol(uint8 symbolBytes) public {
        symbolBytes %= 20;
        ProgramSettings memory settings = defaultSettings();
        settings.symbol = string(new bytes(symbolBytes));
        _create(settings, symbolBytes, 1, 16, "symbol");
    }

    /// @notice Epoch 0 has begun and has not ended.
    function testFuzz_startsAt(uint64 startsAt, uint32 epochLength) public {
        ProgramSettings memory settings = defaultSettings();
        settings.epochLength = uint32(bound(epochLength, 1 hours, 7 days));
        settings.settlementWindow = 252;
        if (startsAt % 4 > 0) {
            startsAt = uint64(bound(startsAt, STARTS_AT - 8 days, STARTS_AT + 8 days));
        }
        settings.startsAt = startsAt;
        _create(settings, startsAt, STARTS_AT - settings.epochLength + 1, STARTS_AT, "startsAt");
        if (address(points) != address(0)) assertEq(points.currentEpoch(), 0);
    }

    function testFuzz_noticePeriod(uint32 noticePeriod) public {
        if (noticePeriod % 4 > 0) noticePeriod %= 70 days;
        ProgramSettings memory settings = defaultSettings();
        settings.noticePeriod = noticePeriod;
        _create(settings, noticePeriod, 7 days, 60 days, "noticePeriod");
    }

    function testFuzz_objectionThreshold(uint16 bps) public {
        if (bps % 4 > 0) bps %= 2_200;
        ProgramSettings memory settings = defaultSettings();
        settings.objectionThresholdBps = bps;
        _create(settings, bps, 100, 2_000, "objectionThresholdBps");
    }

    function testFuzz_objectionCap(uint96 cap) public {
        if (cap % 4 == 0) cap %= 20_000;
        if (cap % 4 == 1) cap = uint96(bound(cap, 2 ** 71 - 1_000, 2 ** 71 + 1_000));
        ProgramSettings memory settings = defaultSettings();
        settings.objectionCap = cap;
        _create(settings, cap, 10_000, 2 ** 71 - 1, "objectionCap");
    }

    function testFuzz_firstRoundAt(uint64 firstRoundAt) public {
        if (firstRoundAt % 4 > 0) {
            firstRoundAt = uint64(bound(firstRoundAt, STARTS_AT - 9 days, STARTS_AT + 100 days));
        }
        ProgramSettings memory settings = defaultSettings();
        settings.firstRoundAt = firstRoundAt;
        _create(settings, firstRoundAt, STARTS_AT, STARTS_AT + 92 days, "firstRoundAt");
    }

    function testFuzz_roundClock(uint32 roundWindow, uint32 roundPeriod) public {
        if (roundWindow % 4 > 0) roundWindow %= 95 days;
        if (roundPeriod % 4 > 0) roundPeriod %= 95 days;
        ProgramSettings memory settings = defaultSettings();
        settings.roundWindow = roundWindow;
        settings.roundPeriod = roundPeriod;
        if (roundWindow < 2 days || roundWindow > 92 days) {
            _create(settings, roundWindow, 2 days, 92 days, "roundWindow");
        } else {
            _create(settings, roundPeriod, roundWindow, 92 days, "roundPeriod");
        }
    }

    function testFuzz_orderDeadline(uint32 orderDeadline) public {
        if (orderDeadline % 4 > 0) orderDeadline %= 70 days;
        ProgramSettings memory settings = defaultSettings();
        settings.orderDeadline = orderDeadline;
        _create(settings, orderDeadline, 1 days, 60 days, "orderDeadline");
    }

    /// @notice What was predicted is what is created, and nothing else is a program of the factory.
    function testFuzz_prediction(address creator, bytes32 salt, bytes32 otherSalt) public {
        vm.assume(creator != address(0) && creator != operator && salt != otherSalt);
        vm.assume(creator != address(forwarder) && creator != stranger);
        RuleSetTerms[] memory opening = new RuleSetTerms[](1);
        opening[0] = defaultRules();
        ProgramSettings memory settings = defaultSettings();
        ProgramContracts memory others = programs.predict(settings, opening, salt);
        settings.operator = creator;
        ProgramContracts memory predicted = programs.predict(settings, opening, salt);
        assertFalse(programs.isProgram(predicted.points));
        _assertApart(predicted, programs.predict(settings, opening, otherSalt));
        _assertApart(predicted, others);
        vm.expectRevert(abi.encodeWithSelector(IPrograms.NotOperator.selector, stranger));
        vm.prank(stranger);
        programs.create(settings, opening, salt);
        vm.prank(creator);
        ProgramContracts memory created = programs.create(settings, opening, salt);
        assertEq(abi.encode(created), abi.encode(predicted));
        assertTrue(programs.isProgram(predicted.points));
        assertFalse(programs.isProgram(predicted.charter));
        assertFalse(programs.isProgram(predicted.buyback));
        assertFalse(programs.isProgram(predicted.catalogue));
    }

    function _assertApart(
        ProgramContracts memory some,
        ProgramContracts memory others
    ) private pure {
        assertNotEq(some.points, others.points);
        assertNotEq(some.charter, others.charter);
        assertNotEq(some.buyback, others.buyback);
        assertNotEq(some.catalogue, others.catalogue);
    }

    /// @dev Creates, or is refused with exactly these bounds.
    function _create(
        ProgramSettings memory settings,
        uint256 value,
        uint256 lowest,
        uint256 highest,
        string memory field
    ) private {
        bool good = value >= lowest && value <= highest;
        if (!good) {
            vm.expectRevert(
                abi.encodeWithSelector(
                    IPrograms.SettingOutOfBounds.selector,
                    field,
                    lowest,
                    highest
                )
            );
        }
        createProgram(settings);
        assertEq(programs.isProgram(address(points)), good);
    }
}
