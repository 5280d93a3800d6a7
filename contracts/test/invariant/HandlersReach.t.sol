// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {InvariantWorld} from "./InvariantWorld.sol";
import {Guarantee} from "./stores/Guarantees.sol";
import {State} from "./stores/Reached.sol";

/// @notice The handlers driven by a fixed sequence of numbers: a change of them shows at once
/// when they no longer reach a state that the invariants are about.
abstract contract HandlersReach is InvariantWorld {
    uint256 private constant CALLS = 1_200;

    function test_theHandlersReachEveryState() public {
        // More than a test may use.
        vm.pauseGasMetering();
        string memory missed = "";
        for (uint256 i = 0; i < CALLS; i++) _call(uint256(keccak256(abi.encode("act", i))));
        for (uint8 i = 0; i <= uint8(type(State).max); i++) {
            if (_outOfReach(State(i)) || world.reached.times(State(i)) > 0) continue;
            missed = string.concat(missed, " ", vm.toString(i));
        }
        assertEq(missed, "", "states that were never reached");
        for (uint8 i = 0; i <= uint8(type(Guarantee).max); i++) {
            assertEq(world.guarantees.brokenBy(Guarantee(i)), "");
        }
        assertTrue(world.logs.agrees(), "balances are what the logs say");
    }

    /// @dev States that this kind of program rules out.
    function _outOfReach(State state) internal pure virtual returns (bool);

    function _call(uint256 seed) private {
        uint256 kind = (seed >> 128) % 30;
        if (kind < 3) clockHandler.wait_(seed);
        else if (kind < 5) settlementHandler.settle(seed);
        else if (kind == 5) settlementHandler.settleToday(seed);
        else if (kind == 6) settlementHandler.settleRow(seed);
        else if (kind == 7) settlementHandler.settleAgain(seed);
        else if (kind == 8) settlementHandler.settleDelayed(seed);
        else if (kind == 9) settlementHandler.settleUnsigned(seed);
        else if (kind == 10) settlementHandler.settleMalformed(seed);
        else if (kind < 13) receiptHandler.settleSigned(seed);
        else if (kind == 13) receiptHandler.settleOldReceipt(seed);
        else if (kind == 14) recorderHandler.rotate(seed);
        else if (kind == 15) recorderHandler.revoke(seed);
        else if (kind == 16) _actOnTerms(seed);
        else if (kind > 23) settlementHandler.settleRow(seed);
        else _actAsHolder(kind, seed);
    }

    function _actOnTerms(uint256 seed) private {
        if (seed % 4 == 0) termsHandler.publishOtherWords(seed);
        else termsHandler.publish(seed);
    }

    function _actAsHolder(uint256 kind, uint256 seed) private {
        if (kind == 17) holderHandler.transfer(seed);
        else if (kind == 18) holderHandler.spendAllowance(seed);
        else if (kind == 19) holderHandler.burn(seed);
        else if (kind == 20) holderHandler.moveAccount(seed);
        else if (kind == 21) moduleHandler.take(seed);
        else if (kind == 22) moduleHandler.giveBack(seed);
        else if (seed % 2 == 0) moduleHandler.back(seed);
        else moduleHandler.pullRefused(seed);
    }
}

contract TransferableProgramReach is HandlersReach {
    function _settlementWindow() internal pure override returns (uint32) {
        return 8;
    }

    function _transferable() internal pure override returns (bool) {
        return true;
    }

    function _outOfReach(State state) internal pure override returns (bool) {
        return state == State.SkippedNotBacked;
    }
}

contract NonTransferableProgramReach is HandlersReach {
    function _settlementWindow() internal pure override returns (uint32) {
        return 40;
    }

    function _transferable() internal pure override returns (bool) {
        return false;
    }

    function _outOfReach(State state) internal pure override returns (bool) {
        return
            state == State.Transferred ||
            state == State.AllowanceSpent ||
            state == State.SkippedNotBacked;
    }
}

contract BackedProgramReach is HandlersReach {
    function _settlementWindow() internal pure override returns (uint32) {
        return 8;
    }

    function _transferable() internal pure override returns (bool) {
        return true;
    }

    function _backed() internal pure override returns (bool) {
        return true;
    }

    function _outOfReach(State) internal pure override returns (bool) {
        return false;
    }
}
