// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ICharter} from "../../../../../src/interfaces/ICharter.sol";
import {IPoints} from "../../../../../src/interfaces/IPoints.sol";
import {ChangeBook} from "../../stores/ChangeBook.sol";
import {SetGuarantee} from "../../stores/SetGuarantees.sol";
import {SetState} from "../../stores/SetReached.sol";
import {Reasons, SetWorld} from "../SetHandler.sol";
import {ChangeJudge} from "./ChangeJudge.sol";

/// @notice Holders object; anybody strikes, enacts and releases, in time and out of it.
contract ChangeHandler is ChangeJudge {
    constructor(SetWorld memory world_) ChangeJudge(world_) {}

    function object(uint256 seed) external inTime {
        address holder = _holder(seed, 100);
        // Mostly far too little.
        uint256 most = token.balanceOf(holder) / (_roll(seed, "little") % 3 == 0 ? 8 : 300);
        _object(seed, _id(seed), holder, _roll(seed, "amount") % (most + 1));
    }

    /// @notice A little less than enough: it is enough when some points burn.
    function objectNearly(uint256 seed) external inTime {
        uint256 id = world.changes.pending();
        if (id == 0) return;
        uint256 needed = world.changes.needed(id, token.totalSupply());
        uint256 objections = world.changes.changeAt(id).objections;
        if (objections + 1 >= needed) return;
        uint256 missing = needed - objections - 1;
        uint256 amount = missing - (_roll(seed, "less") % (missing / 4 + 1));
        _object(seed, id, _holder(seed, amount), amount);
    }

    function objectMuch(uint256 seed) external inTime {
        address holder = _holder(seed, 1_000);
        uint256 held = token.balanceOf(holder);
        if (_roll(seed, "odd") % 8 == 0) held = seed % 2 == 0 ? 0 : held + 1;
        _object(seed, _id(seed), holder, held);
    }

    function _object(uint256 seed, uint256 id, address holder, uint256 amount) private {
        uint256 held = token.balanceOf(holder);
        Reasons memory reasons = _inNotice(id);
        _require(reasons, amount > 0, ICharter.NothingToObject.selector);
        _require(reasons, amount <= held, NOT_ENOUGH);
        (bool taken, bytes memory answer) = _callAsMember(
            seed,
            holder,
            address(world.charter),
            abi.encodeCall(ICharter.object, (id, uint96(amount)))
        );
        _judge(SetGuarantee.ChangesStandWhereTheyShould, "objection", reasons, taken, answer);
        if (taken) {
            _expectMove(holder, address(world.charter), amount);
            bool struckDown = world.changes.object(_now(), id, holder, amount, token.totalSupply());
            if (struckDown) world.rounds.oweNothing();
            _reach(struckDown ? SetState.StruckByObjection : SetState.Objected);
        }
        _endChange(id);
    }

    function strike(uint256 seed) external inTime {
        uint256 id = _id(seed);
        uint256 supply = token.totalSupply();
        Reasons memory reasons = _inNotice(id);
        bool enough = world.changes.changeAt(id).objections >= world.changes.needed(id, supply);
        _require(reasons, enough, ICharter.ThresholdNotReached.selector);
        (bool taken, bytes memory answer) = _call(
            _person(_roll(seed, "caller")),
            address(world.charter),
            abi.encodeCall(ICharter.strike, (id))
        );
        _judge(SetGuarantee.ChangesStandWhereTheyShould, "strike", reasons, taken, answer);
        if (taken) {
            world.changes.strike(_now(), id, supply);
            world.rounds.oweNothing();
            _reach(SetState.StruckByCall);
        } else _reach(SetState.StrikeRefused);
        _endChange(id);
    }

    /// @notice Holders burn until the objections that are there are enough, and one of them says so.
    function burnAndStrike(uint256 seed) external inTime {
        uint256 id = world.changes.pending();
        if (id == 0 || _now() >= world.changes.changeAt(id).noticeEndsAt) return;
        this.objectNearly(_roll(seed, "object"));
        if (id != world.changes.pending()) return;
        uint256 objections = world.changes.changeAt(id).objections;
        for (uint256 i = 0; i < world.people.length; i++) {
            if (objections >= world.changes.needed(id, token.totalSupply())) break;
            _burnAll(world.people[i]);
        }
        this.strike(_roll(seed, "strike"));
    }

    /// @notice In the very second that the chain names as the earliest one, or the one before it.
    function enactOnTime(uint256 seed) external inTime {
        uint256 id = world.changes.pending();
        if (id != 0) _to(world.charter.earliestEnactment(id) - (_roll(seed, "early") % 2));
        this.enact(seed);
    }

    function enact(uint256 seed) external inTime {
        uint256 id = _id(seed);
        ChangeBook.Change memory change = world.changes.changeAt(id);
        bytes memory terms = change.terms;
        bool other = _roll(seed, "other") % 8 == 0;
        if (other) terms = abi.encodePacked(terms, uint256(0));
        Reasons memory reasons;
        bool pending = change.state == ICharter.ChangeState.Pending;
        bool first = change.lastRoundOwed && _isLastRound(change.firstEligibleRound);
        bool second = change.lastRoundOwed && _isLastRound(change.firstEligibleRound + 1);
        _require(reasons, pending, ICharter.NotPending.selector);
        _require(reasons, _now() >= change.noticeEndsAt, ICharter.NoticeRuns.selector);
        bool given = !change.lastRoundOwed || first || second;
        _require(reasons, given, ICharter.LastRoundOwed.selector);
        _require(reasons, !other, ICharter.WrongTerms.selector);
        if (change.target == address(world.buyback)) _requireCovered(reasons, change.terms);
        (bool taken, bytes memory answer) = _call(
            _person(_roll(seed, "caller")),
            address(world.charter),
            abi.encodeCall(ICharter.enact, (id, terms))
        );
        _judge(
            pending ? SetGuarantee.NoticeAndLastRoundAreKept : SetGuarantee.EndedChangesStayEnded,
            "enactment",
            reasons,
            taken,
            answer
        );
        if (taken) {
            _demand(
                _now() >= world.changes.earliestSeen(id),
                SetGuarantee.EarliestMomentIsMonotone,
                "enacted before what was named as the earliest moment"
            );
            world.changes.enact(id);
            world.rounds.oweNothing();
            _publish(change);
            if (first) _reach(SetState.EnactedAfterLastRound);
            else _reach(second ? SetState.EnactedAfterSecondRound : SetState.EnactedAfterNotice);
        } else _noteRefused(reasons);
        _endChange(id);
    }

    function release(uint256 seed) external inTime {
        if (world.changes.count() == 0) return;
        uint256 id = 1 + (_roll(seed, "id") % world.changes.count());
        uint256 pending = world.changes.pending();
        if (pending != 0 && _roll(seed, "pending") % 2 == 0) id = pending;
        address holder = _person(seed);
        // Mostly where there is something to release.
        for (uint256 i = 0; i < world.people.length && seed % 8 != 0; i++) {
            address other = world.people[i];
            if (world.changes.objectionOf(id, other) > 0) holder = other;
        }
        uint256 amount = world.changes.objectionOf(id, holder);
        Reasons memory reasons;
        _require(reasons, _isReleasable(id), ICharter.NoticeRuns.selector);
        _require(reasons, amount > 0, ICharter.NothingToRelease.selector);
        (bool taken, bytes memory answer) = _call(
            _person(_roll(seed, "caller")),
            address(world.charter),
            abi.encodeCall(ICharter.release, (id, holder))
        );
        _judge(SetGuarantee.ChangesStandWhereTheyShould, "release", reasons, taken, answer);
        if (taken) {
            _expectMove(address(world.charter), holder, amount);
            world.changes.release(id, holder);
        }
        if (taken) _reach(SetState.Released);
        else if (amount > 0) _reach(SetState.ReleaseRefused);
        _endChange(id);
    }

    function _burnAll(address holder) private {
        uint256 amount = token.balanceOf(holder);
        Reasons memory reasons;
        (bool taken, bytes memory answer) = _call(
            holder,
            address(token),
            abi.encodeCall(IPoints.burn, (amount))
        );
        _judge(SetGuarantee.CallsDoWhatTheySay, "burn", reasons, taken, answer);
        _expectMove(holder, address(0), amount);
        _end();
    }

    /// @dev Mostly the pending change.
    function _id(uint256 seed) private view returns (uint256) {
        uint256 pending = world.changes.pending();
        if (pending != 0 && _roll(seed, "any") % 8 != 0) return pending;
        return _roll(seed, "id") % (world.changes.count() + 1);
    }

    function _inNotice(uint256 id) private view returns (Reasons memory reasons) {
        ChangeBook.Change memory change = world.changes.changeAt(id);
        bool pending = change.state == ICharter.ChangeState.Pending;
        _require(reasons, pending, ICharter.NotPending.selector);
        _require(reasons, _now() < change.noticeEndsAt, ICharter.NoticeOver.selector);
    }

    function _noteRefused(Reasons memory reasons) private {
        if (reasons.count == 0) return;
        bytes4 selector = reasons.errors[0];
        if (selector == ICharter.NoticeRuns.selector) _reach(SetState.EnactRefusedNotice);
        else if (selector == ICharter.LastRoundOwed.selector)
            _reach(SetState.EnactRefusedLastRound);
        else if (selector == ICharter.NotPending.selector) _reach(SetState.EnactRefusedEnded);
        else _reach(SetState.EnactRefusedTerms);
    }
}
