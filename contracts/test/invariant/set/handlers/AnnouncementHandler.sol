// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {BuybackTerms, IBuyback} from "../../../../src/interfaces/IBuyback.sol";
import {ICharter} from "../../../../src/interfaces/ICharter.sol";
import {IPoints, RuleSetTerms} from "../../../../src/interfaces/IPoints.sol";
import {ReferenceImpact} from "../ReferenceImpact.sol";
import {TermsDraw} from "../TermsDraw.sol";
import {ChangeBook} from "../stores/ChangeBook.sol";
import {SetGuarantee} from "../stores/SetGuarantees.sol";
import {SetState} from "../stores/SetReached.sol";
import {ChangeJudge} from "./ChangeJudge.sol";
import {Reasons, SetWorld} from "./SetHandler.sol";

/// @notice The hostile operator announces everything it can think of, and takes changes back.
contract AnnouncementHandler is ChangeJudge {
    uint256 private constant MOST_CHANGES = 60;
    uint256 private constant MAX_WAIT = 14 days;
    uint256 private constant TIME_TO_ENACT = 14 days;

    constructor(SetWorld memory world_) ChangeJudge(world_) {}

    function announceBuyback(uint256 seed) external inTime {
        if (world.changes.count() < MOST_CHANGES) _announceBuyback(seed);
    }

    function announceRules(uint256 seed) external inTime {
        if (world.changes.count() < MOST_CHANGES) _announceRules(seed);
    }

    function takeBack(uint256 seed) external inTime {
        uint256 pending = world.changes.pending();
        // Seldom, or nothing would ever be enacted.
        if (pending != 0 && seed % 4 != 0) return;
        uint256 id = pending != 0 ? pending : seed % (world.changes.count() + 1);
        Reasons memory reasons;
        _require(reasons, pending != 0, ICharter.NotPending.selector);
        (bool taken, bytes memory answer) = _call(
            _operator(),
            address(world.charter),
            abi.encodeCall(ICharter.withdraw, (id))
        );
        _judge(SetGuarantee.ChangesStandWhereTheyShould, "taking back", reasons, taken, answer);
        if (taken) world.changes.withdraw(_now());
        if (taken) _reach(SetState.TakenBack);
        _endChange(id);
    }

    function _announceRules(uint256 seed) private {
        uint32 epoch = world.clock.epoch();
        RuleSetTerms memory newest = _newestRules();
        RuleSetTerms memory next = TermsDraw.rules(seed, _newestRules(), epoch);
        ChangeBook.Change memory change;
        change.target = address(world.points);
        change.terms = abi.encode(next);
        change.impact = ReferenceImpact.ofRules(newest, next, _fromEpoch(next));
        change.comparedVersion = uint32(world.rules.count() - 1);
        _describe(change);
        Reasons memory reasons = _reasons(change);
        // A version that is planned ahead would make it wait as well.
        uint256 first = world.rules.newestFromEpoch() + 1;
        if (next.notBefore > first) first = next.notBefore;
        uint256 begins = world.clock.startOf(first);
        bool soon = change.impact == 0 || begins <= change.noticeEndsAt + MAX_WAIT;
        _require(reasons, soon, ICharter.NotBeforeTooLate.selector);
        _announce(change, reasons);
    }

    function _announceBuyback(uint256 seed) private {
        BuybackTerms memory newest = world.rounds.newest();
        BuybackTerms memory next = TermsDraw.buyback(seed, world.rounds.newest());
        ChangeBook.Change memory change;
        change.target = address(world.buyback);
        change.terms = abi.encode(next);
        change.impact = ReferenceImpact.ofBuyback(newest, next);
        change.comparedVersion = uint32(world.rounds.versionCount() - 1);
        _describe(change);
        Reasons memory reasons = _reasons(change);
        _require(reasons, ReferenceImpact.isPossible(next), IBuyback.TermsOutOfBounds.selector);
        _announce(change, reasons);
    }

    /// @dev What is owed to members and holders from the announcement on.
    function _describe(ChangeBook.Change memory change) private view {
        change.announcedAt = _now();
        change.supply = token.totalSupply();
        change.noticeEndsAt = change.announcedAt;
        change.diesAt = change.announcedAt;
        change.state = ICharter.ChangeState.Enacted;
        if (change.impact == 0) return;
        change.state = ICharter.ChangeState.Pending;
        change.noticeEndsAt += world.changes.noticePeriod();
        change.diesAt = change.noticeEndsAt + TIME_TO_ENACT;
        bool hurtsHolders = change.impact & ReferenceImpact.HOLDERS != 0;
        if (!hurtsHolders || world.rounds.newest().budgetPerRound == 0) return;
        change.lastRoundOwed = true;
        change.firstEligibleRound = world.rounds.firstRoundFrom(change.noticeEndsAt);
        change.diesAt = world.rounds.closesAt(change.firstEligibleRound + 1) + TIME_TO_ENACT;
    }

    function _reasons(
        ChangeBook.Change memory change
    ) private view returns (Reasons memory reasons) {
        uint256 pending = world.changes.pending();
        bool blocked =
            pending != 0 &&
                (change.impact != 0 || world.changes.changeAt(pending).target == change.target);
        _require(reasons, !blocked, ICharter.ChangePending.selector);
        bool cool = change.impact == 0 || _now() >= world.changes.cooldownUntil();
        _require(reasons, cool, ICharter.Cooldown.selector);
    }

    function _announce(ChangeBook.Change memory change, Reasons memory reasons) private {
        (bool taken, bytes memory answer) = _call(
            _operator(),
            address(world.charter),
            abi.encodeCall(ICharter.announce, (change.target, change.terms))
        );
        SetGuarantee guarantee = SetGuarantee.ChangesStandWhereTheyShould;
        bool onlyCooldown = reasons.count == 1 && reasons.errors[0] == ICharter.Cooldown.selector;
        if (onlyCooldown) guarantee = SetGuarantee.CooldownsAreKept;
        _judge(guarantee, "announcement", reasons, taken, answer);
        if (taken) {
            uint256 id = abi.decode(answer, (uint256));
            world.changes.announce(change);
            _demand(id == world.changes.count(), guarantee, "ids are not sequential");
            if (change.impact == 0) {
                _demand(
                    world.charter.change(id).state == ICharter.ChangeState.Enacted,
                    SetGuarantee.ImprovementsOnlyImprove,
                    "an improvement was not applied at once"
                );
                _publish(change);
            }
            _demand(
                world.charter.change(id).impact == change.impact,
                SetGuarantee.ImprovementsOnlyImprove,
                "whom it hurts was told otherwise"
            );
            _noteAnnounced(change);
            return _endChange(id);
        }
        if (reasons.count > 0) _noteRefused(reasons.errors[0]);
        _end();
    }

    function _noteAnnounced(ChangeBook.Change memory change) private {
        bool ofRules = change.target == address(world.points);
        if (change.impact == 0) {
            _reach(ofRules ? SetState.ImprovedRules : SetState.ImprovedBuyback);
        } else if (change.impact == 1) {
            _reach(SetState.AnnouncedForMembers);
        } else {
            if (!change.lastRoundOwed) _reach(SetState.AnnouncedWithoutBuyback);
            _reach(change.impact == 2 ? SetState.AnnouncedForHolders : SetState.AnnouncedForBoth);
        }
    }

    function _noteRefused(bytes4 selector) private {
        if (selector == ICharter.ChangePending.selector) _reach(SetState.RefusedByPending);
        else if (selector == ICharter.Cooldown.selector) _reach(SetState.RefusedByCooldown);
        else if (selector == ICharter.NotBeforeTooLate.selector) _reach(SetState.RefusedNotBefore);
        else _reach(SetState.RefusedTerms);
    }
}
