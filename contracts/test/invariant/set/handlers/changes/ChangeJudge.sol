// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {BuybackTerms, IBuyback} from "../../../../../src/interfaces/IBuyback.sol";
import {ICharter} from "../../../../../src/interfaces/ICharter.sol";
import {RuleSetTerms} from "../../../../../src/interfaces/IPoints.sol";
import {ChangeBook} from "../../stores/ChangeBook.sol";
import {RoundBook} from "../../stores/RoundBook.sol";
import {SetGuarantee} from "../../stores/SetGuarantees.sol";
import {Reasons, SetHandler, SetWorld} from "../SetHandler.sol";

/// @notice What handlers of changes have in common: booking terms that take effect, and comparing a change with its
/// ghost.
abstract contract ChangeJudge is SetHandler {
    constructor(SetWorld memory world_) SetHandler(world_) {}

    function _newestRules() internal view returns (RuleSetTerms memory) {
        return world.rules.termsOf(type(uint32).max);
    }

    /// @dev The first epoch of terms that are applied now.
    function _fromEpoch(RuleSetTerms memory terms) internal view returns (uint32 fromEpoch) {
        fromEpoch = world.clock.epoch() + 1;
        if (terms.notBefore > fromEpoch) fromEpoch = terms.notBefore;
        uint32 newest = world.rules.newestFromEpoch();
        if (newest >= fromEpoch) fromEpoch = newest + 1;
    }

    /// @dev The chain has applied these terms now.
    function _publish(ChangeBook.Change memory change) internal {
        if (change.target == address(world.points)) {
            RuleSetTerms memory terms = abi.decode(change.terms, (RuleSetTerms));
            world.rules.publish(_fromEpoch(terms), terms);
        } else {
            BuybackTerms memory terms = abi.decode(change.terms, (BuybackTerms));
            world.rounds.publish(world.rounds.firstNotOpen(_now()), terms, change.impact == 0);
        }
    }

    /// @dev What gets better is there: a higher budget, and in a backed program what buys all points at a higher price.
    function _requireCovered(Reasons memory reasons, bytes memory terms) internal view {
        BuybackTerms memory next = abi.decode(terms, (BuybackTerms));
        BuybackTerms memory newest = world.rounds.newest();
        uint256 needed = next.budgetPerRound > newest.budgetPerRound ? next.budgetPerRound : 0;
        uint256 free = world.rounds.free();
        _require(reasons, needed <= free, IBuyback.NotCovered.selector);
        if (!world.rounds.backed() || next.pricePerPoint <= newest.pricePerPoint) return;
        uint256 supply = token.totalSupply() - world.rounds.unburned();
        needed = world.rounds.worthRoundedUp(supply, next.pricePerPoint);
        _require(reasons, needed <= free, IBuyback.NotCovered.selector);
    }

    /// @dev Whether a round is a last round: closed with its whole budget in the reserve, and looked at in time.
    function _isLastRound(uint32 round) internal view returns (bool) {
        if (round >= world.rounds.closed()) return false;
        RoundBook.Result memory result = world.rounds.resultOf(round);
        bool told = result.seenSettled || round + 1 == world.rounds.closed();
        return result.covered && (told || world.rounds.tendered(round) > 0);
    }

    function _endChange(uint256 id) internal {
        _end();
        _demand(
            _agrees(id),
            SetGuarantee.ChangesStandWhereTheyShould,
            "a change stands elsewhere on chain"
        );
        _demand(
            world.charter.pendingChange() == world.changes.pending(),
            SetGuarantee.ChangesStandWhereTheyShould,
            "another change is pending on chain"
        );
        uint256 strikes = world.changes.strikesInARow();
        _demand(
            world.charter.strikesInARow() == (strikes > 255 ? 255 : strikes),
            SetGuarantee.CooldownsAreKept,
            "other strikes on chain"
        );
        if (world.changes.pending() != 0) return;
        // One that is over may be told as any moment of the past.
        uint256 chain = world.charter.cooldownUntil();
        uint256 ghost = world.changes.cooldownUntil();
        _demand(
            chain == ghost || (chain <= _now() && ghost <= _now()),
            SetGuarantee.CooldownsAreKept,
            "another cooldown on chain"
        );
    }

    function _agrees(uint256 id) private view returns (bool) {
        ICharter.Change memory chain = world.charter.change(id);
        ChangeBook.Change memory ghost = world.changes.changeAt(id);
        return
            chain.target == ghost.target &&
            chain.impact == ghost.impact &&
            chain.state == ghost.state &&
            chain.lastRoundOwed == ghost.lastRoundOwed &&
            chain.comparedVersion == ghost.comparedVersion &&
            chain.firstEligibleRound == ghost.firstEligibleRound &&
            _agreesInTime(chain, ghost) &&
            chain.countedSupply == ghost.supply &&
            chain.objections == ghost.objections &&
            (id == 0 || chain.termsHash == keccak256(ghost.terms));
    }

    function _agreesInTime(
        ICharter.Change memory chain,
        ChangeBook.Change memory ghost
    ) private pure returns (bool) {
        return
            chain.announcedAt == ghost.announcedAt &&
            chain.noticeEndsAt == ghost.noticeEndsAt &&
            chain.diesAt == ghost.diesAt;
    }
}
