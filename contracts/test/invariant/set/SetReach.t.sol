// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ProgramSettings} from "../../../src/interfaces/IPrograms.sol";
import {SetPromises} from "./SetPromises.sol";
import {SetState} from "./stores/SetReached.sol";

/// @notice The handlers driven by a fixed sequence of numbers: a change of them shows at once when they no longer
/// reach a state that the invariants are about.
abstract contract SetReach is SetPromises {
    uint256 private constant CALLS = 400;

    /// @dev Few that reach everything between them: most reach most of it.
    function _stories() internal pure virtual returns (uint256 first, uint256 last);

    /// @dev States that this kind of program rules out, or makes too rare.
    function _outOfReach(SetState state) internal pure virtual returns (bool);

    function test_theHandlersReachEveryStateAndEverybodyGetsEverythingOut() public {
        // More than a test has gas for.
        vm.pauseGasMetering();
        uint256[] memory times = new uint256[](uint256(type(SetState).max) + 1);
        (uint256 first, uint256 last) = _stories();
        for (uint256 story = first; story <= last; story++) {
            uint256 before = vm.snapshotState();
            for (uint256 i = 0; i < CALLS; i++) {
                _call(uint256(keccak256(abi.encode("story", story, i))));
            }
            afterInvariant();
            for (uint256 i = 0; i < times.length; i++) {
                times[i] += world.reached.times(SetState(i));
            }
            vm.revertToState(before);
        }
        string memory missing = "";
        for (uint256 i = 0; i < times.length; i++) {
            if (times[i] == 0 && !_outOfReach(SetState(i)))
                missing = string.concat(missing, vm.toString(i), " ");
        }
        assertEq(missing, "", "states that were never reached");
    }

    function _call(uint256 seed) private {
        uint256 kind = (seed >> 128) % 34;
        // What would be rare: a second round that is covered, and all that holders have in a last round.
        if (kind % 4 == 0 && reserveHandler.waitsForSecondRound())
            return reserveHandler.deposit(seed);
        (bool open, uint32 round) = world.rounds.openRound(world.clock.timestamp());
        if (kind % 4 == 1 && open && world.rounds.isLast(round)) return roundHandler.tender(seed);
        if (kind < 4) _wait(kind, seed);
        else if (kind < 7) _earn(kind, seed);
        else if (kind < 12) _announce(kind, seed);
        else if (kind < 19) _change(kind, seed);
        else if (kind < 25) _round(kind, seed);
        else if (kind < 29) _reserve(kind, seed);
        else if (kind < 33) _order(kind, seed);
        else _impostor(seed);
    }

    function _wait(uint256 kind, uint256 seed) private {
        if (kind == 0) clockHandler.wait_(seed);
        else if (kind == 1) clockHandler.waitForRound(seed);
        else if (kind == 2) clockHandler.waitForChange(seed);
        else clockHandler.waitForOrder(seed);
    }

    function _earn(uint256 kind, uint256 seed) private {
        if (kind == 4) earningHandler.earn(seed);
        else if (kind == 5) earningHandler.rob(seed);
        else if (seed % 2 == 0) earningHandler.spend(seed);
        else earningHandler.changeRecorder(seed);
    }

    function _announce(uint256 kind, uint256 seed) private {
        if (kind < 9) announcementHandler.announceBuyback(seed);
        else if (kind < 11) announcementHandler.announceRules(seed);
        else announcementHandler.takeBack(seed);
    }

    function _change(uint256 kind, uint256 seed) private {
        if (kind < 14) changeHandler.object(seed);
        else if (kind == 14 && seed % 4 == 0) changeHandler.objectNearly(seed);
        else if (kind == 14) changeHandler.objectMuch(seed);
        else if (kind == 15 && seed % 4 == 0) changeHandler.strike(seed);
        else if (kind == 15) changeHandler.burnAndStrike(seed);
        else if (kind == 16) changeHandler.enact(seed);
        else if (kind == 17 && seed % 2 == 0) changeHandler.enactOnTime(seed);
        else changeHandler.release(seed);
    }

    function _round(uint256 kind, uint256 seed) private {
        if (kind < 21) roundHandler.tender(seed);
        else if (kind == 21) roundHandler.untender(seed);
        else if (kind == 22 && seed % 4 == 0) roundHandler.settle(seed);
        else if (kind == 23) roundHandler.claimPoints(seed);
        else if (seed % 3 == 0) roundHandler.claimMoneyTo(seed);
        else roundHandler.claimMoney(seed);
    }

    function _reserve(uint256 kind, uint256 seed) private {
        if (kind == 25) reserveHandler.misbehave(seed);
        else if (kind == 26) reserveHandler.deposit(seed);
        else if (kind == 27) reserveHandler.withdraw(seed);
        else if (seed % 2 == 0) reserveHandler.donate(seed);
        else reserveHandler.sync(seed);
    }

    function _order(uint256 kind, uint256 seed) private {
        if (kind == 29) catalogueHandler.manage(seed);
        else if (kind == 30) orderHandler.redeem(seed);
        else if (kind == 31) orderHandler.refund(seed);
        else if (seed % 2 == 0) catalogueHandler.fulfil(seed);
        else catalogueHandler.refuse(seed);
    }

    function _impostor(uint256 seed) private {
        if (seed % 4 == 0) impostorHandler.actAsOperator(seed);
        else if (seed % 4 == 1) impostorHandler.actAsModule(seed);
        else if (seed % 4 == 2) impostorHandler.speakForAnother(seed);
        else impostorHandler.handOver(seed);
    }
}

contract BuyingProgramReach is SetReach {
    function _stories() internal pure override returns (uint256, uint256) {
        return (0, 11);
    }

    function _adjust(ProgramSettings memory) internal pure override {}

    function _outOfReach(SetState state) internal pure override returns (bool) {
        return
            state == SetState.AnnouncedWithoutBuyback || state == SetState.LastRoundBoughtForMore;
    }
}

contract BackedProgramReach is SetReach {
    function _stories() internal pure override returns (uint256, uint256) {
        return (8, 11);
    }

    function _adjust(ProgramSettings memory settings) internal pure override {
        settings.backed = true;
    }

    function _outOfReach(SetState state) internal pure override returns (bool) {
        return
            state != SetState.LastRoundBoughtForMore &&
            state != SetState.RefusedNotCovered &&
            state != SetState.WithdrawnAll &&
            state != SetState.ImprovedBuyback;
    }
}

contract ProgramWithoutBuybackReach is SetReach {
    function _stories() internal pure override returns (uint256, uint256) {
        return (0, 1);
    }

    function _adjust(ProgramSettings memory settings) internal pure override {
        settings.buyback.budgetPerRound = 0;
    }

    function _outOfReach(SetState state) internal pure override returns (bool) {
        return state != SetState.AnnouncedWithoutBuyback;
    }
}
