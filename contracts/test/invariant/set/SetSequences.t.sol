// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ProgramSettings} from "../../../src/interfaces/IPrograms.sol";
import {SetPromises} from "./SetPromises.sol";
import {Behaviour} from "./ShiftyToken.sol";
import {SetState} from "./stores/SetReached.sol";

/// @notice Sequences that a campaign found broken once, as short as they became: the model was wrong, not the program. A
/// campaign finds them again once in some hundred runs; here they are looked at in every run.
contract BuyingProgramSequences is SetPromises {
    function _adjust(ProgramSettings memory) internal pure override {}

    /// @dev A claim was judged by its holder alone, and the token may refuse the one who pays as well.
    function test_aTokenThatRefusesTheBuybackFailsEveryClaim() public {
        earningHandler.earn(0);
        reserveHandler.deposit(0);
        roundHandler.tender(0);
        clockHandler.waitForRound(0);
        reserveHandler.misbehave(3);
        assertEq(uint8(shifty.behaviour()), uint8(Behaviour.Blacklists));
        assertEq(shifty.blacklisted(), address(buyback));
        roundHandler.claimMoney(0);
        assertEq(world.reached.times(SetState.PayoutFailed), 1);
        _assertAllPromises();
        afterInvariant();
    }
}

contract ProgramWithoutBuybackSequences is SetPromises {
    function _adjust(ProgramSettings memory settings) internal pure override {
        settings.buyback.budgetPerRound = 0;
    }

    /// @dev A token that charges its senders leaves less than the reserve, and the last withdrawal was expected to work.
    function test_aTokenThatChargedTheBuybackFailsTheWithdrawalOfTheWholeReserve() public {
        reserveHandler.deposit(1);
        reserveHandler.misbehave(27);
        assertEq(uint8(shifty.behaviour()), uint8(Behaviour.ChargesSender));
        reserveHandler.withdraw(0);
        assertEq(shifty.charged(address(buyback)), 1);
        assertEq(shifty.balances(address(buyback)), world.rounds.reserve() - 1);
        uint256 refused = world.reached.times(SetState.WithdrawRefused);
        reserveHandler.withdraw(1);
        assertEq(world.reached.times(SetState.WithdrawRefused), refused + 1);
        _assertAllPromises();
        afterInvariant();
    }
}
