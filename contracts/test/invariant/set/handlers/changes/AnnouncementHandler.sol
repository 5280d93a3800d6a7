// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {BuybackTerms, IBuyback} from "../../../../../src/interfaces/IBuyback.sol";
import {ICharter} from "../../../../../src/interfaces/ICharter.sol";
import {IPoints, RuleSetTerms} from "../../../../../src/interfaces/IPoints.sol";
import {ReferenceImpact} from "../../ReferenceImpact.sol";
import {TermsDraw} from "../../TermsDraw.sol";
import {ChangeBook} from "../../stores/ChangeBook.sol";
import {SetGuarantee} from "../../stores/SetGuarantees.sol";
import {SetState} from "../../stores/SetReached.sol";
import {Reasons, SetWorld} from "../SetHandler.sol";
import {PayoutJudge} from "./PayoutJudge.sol";

/// @notice The hostile operator announces everything it can think of, and takes changes back.
contract AnnouncementHandler is PayoutJudge {
    uint256 private constant MOST_CHANGES = 60;
    uint256 private constant MAX_WAIT = 14 days;
    uint256 private constant TIME_TO_ENACT = 14 days;

    constructor(SetWorld memory world_) PayoutJudge(world_) {}

    function announceBuyback(uint256 seed) external inTime {
        if (world.changes.count() < MOST_CHANGES) _announceBuyback(seed);
    }

    function announceRules(uint256 seed) external inTime {
        if (world.changes.count() < MOST_CHANGES) _announceRules(seed);
    }

    function takeBack(uint256 seed) external inTime {
        uint256 pending = world.changes.pending();
        // Seldom, or nothing would ever be enacted; and where holders are about to strike it down.
        if (pending != 0 && seed % 4 != 0 && !_isEndangered(pending)) return;
        uint256 id = pending != 0 ? pending : seed % (world.changes.count() + 1);
        Reasons memory reasons;
        _require(reasons, pending != 0, ICharter.NotPending.selector);
        (bool taken, bytes memory answer) = _callAsMember(
            seed,
            _operator(),
            address(world.charter),
            abi.encodeCall(ICharter.withdraw, (id))
        );
        _judge(SetGuarantee.ChangesStandWhereTheyShould, "taking back", reasons, taken, answer);
        if (taken) {
            bool counted = world.changes.withdraw(_now(), token.totalSupply());
            world.rounds.oweNothing();
            _reach(counted ? SetState.TakenBackAsStrike : SetState.TakenBack);
        }
        _endChange(id);
    }

    function _isEndangered(uint256 id) private view returns (bool) {
        uint256 needed = world.changes.needed(id, token.totalSupply());
        return world.changes.changeAt(id).objections * 2 >= needed;
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
        bool soon = world.clock.startOf(next.notBefore) <= change.noticeEndsAt + MAX_WAIT;
        _require(reasons, soon, ICharter.NotBeforeTooLate.selector);
        bool inForce = change.impact != 0 || world.rules.newestFromEpoch() <= epoch;
        _require(reasons, inForce, ICharter.NewestNotInForce.selector);
        // As soon or as late as it may come.
        (newest.notBefore, next.notBefore) = (0, 0);
        bool changed = keccak256(abi.encode(newest)) != keccak256(abi.encode(next));
        _require(reasons, changed, IPoints.NoChange.selector);
        _announce(seed, change, reasons);
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
        bool possible = ReferenceImpact.isPossible(next, world.rounds.backed());
        _require(reasons, possible, IBuyback.TermsOutOfBounds.selector);
        bool changed = keccak256(abi.encode(newest)) != keccak256(abi.encode(next));
        _require(reasons, changed, IBuyback.NoChange.selector);
        bool improved = world.rounds.improved(world.rounds.firstNotOpen(_now()));
        bool isFirst = change.impact != 0 || !improved;
        _require(reasons, isFirst, IBuyback.ImprovedAlready.selector);
        _requireCovered(reasons, change.terms);
        bool compares = change.impact == 0 && reasons.count == 0 && seed % 2 == 0;
        if (compares) _comparePayouts(seed, change.terms);
        _announce(seed, change, reasons);
    }

    /// @dev What is owed to members and holders from the announcement on.
    function _describe(ChangeBook.Change memory change) private view {
        change.announcedAt = _now();
        change.supply = _countedSupply();
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

    /// @dev The epoch that holds the moment one notice period ago; the first one if there was none.
    function _countedSupply() private view returns (uint256) {
        uint256 moment = world.clock.startsAt() + world.changes.noticePeriod();
        moment = _now() > moment ? _now() - moment : 0;
        return world.supplies.counted(moment / world.clock.epochLength(), token.totalSupply());
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

    function _announce(
        uint256 seed,
        ChangeBook.Change memory change,
        Reasons memory reasons
    ) private {
        (bool taken, bytes memory answer) = _callAsMember(
            seed,
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
            if (change.impact != 0) _noteLastRound(change);
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
        if (reasons.count > 0) _noteRefused(reasons.errors[reasons.count - 1]);
        _end();
    }

    /// @dev Changes of the rules leave the terms of the buyback as they are.
    function _noteLastRound(ChangeBook.Change memory change) private {
        bool ofBuyback = change.target == address(world.buyback);
        if (ofBuyback && change.lastRoundOwed) world.rounds.oweLastRound(change.firstEligibleRound);
        else world.rounds.oweNothing();
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
        else if (selector == ICharter.NewestNotInForce.selector) _reach(SetState.RefusedNotInForce);
        else if (selector == IBuyback.NoChange.selector) _reach(SetState.RefusedNoChange);
        else if (selector == IBuyback.ImprovedAlready.selector)
            _reach(SetState.RefusedImprovedAlready);
        else if (selector == IBuyback.NotCovered.selector) _reach(SetState.RefusedNotCovered);
        else _reach(SetState.RefusedTerms);
    }
}
