// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IPoints} from "../../../src/interfaces/IPoints.sol";
import {Guarantee} from "../stores/Guarantees.sol";
import {State} from "../stores/Reached.sol";
import {CallKind, ProgramHandler, World} from "./ProgramHandler.sol";

/// @notice The operator rotates and revokes recorders, and others try to.
contract RecorderHandler is ProgramHandler {
    uint256 private fresh;

    constructor(World memory world_) ProgramHandler(world_) {}

    function rotate(uint256 seed) external inTime {
        _rotate(_roll(seed, "return") % 4 == 0 ? _known(seed) : _freshKey());
        if (_roll(seed, "twice") % 3 == 0) _rotate(_freshKey());
    }

    function revoke(uint256 seed) external inTime {
        uint256 kind = _roll(seed, "kind") % 4;
        uint256 current = world.recorders.keyOf(_now());
        // The current key may be named again: it is then current and pending at once.
        if (kind == 0 && _roll(seed, "again") % 3 == 0) _rotate(current);
        uint256 pending = world.recorders.pendingKey(_now());
        uint256 old = _known(seed);
        if (kind == 0) old = current;
        if (kind == 1 && pending != 0) old = pending;
        bool replaces = old == current || old == pending;
        // Needed for a key that is current or pending, and ignored for any other.
        uint256 next = _roll(seed, "next") % 8 == 0 ? 0 : _freshKey();
        bool allowed = !world.recorders.revoked(old) && (next != 0 || !replaces);
        _begin();
        vm.prank(world.operator);
        try points.revokeRecorder(vm.addr(old), next == 0 ? address(0) : vm.addr(next)) {
            _demand(allowed, Guarantee.RecordersFollowTheSchedule, "an impossible revocation");
            world.recorders.revoke(_now(), old, replaces ? next : 0);
            if (old == current && old == pending) _reach(State.CurrentAndPendingRevoked);
            else if (old == current) _reach(State.CurrentRevoked);
            else _reach(old == pending ? State.PendingRevoked : State.EarlierRevoked);
        } catch {
            _dropLogs();
            _demand(!allowed, Guarantee.RecordersFollowTheSchedule, "a revocation was refused");
        }
        _end(CallKind.Other, address(0), 0);
        _compare();
    }

    /// @notice Only the operator may, and never for a revoked key.
    function changeRefused(uint256 seed) external inTime {
        address[3] memory callers = [points.recorder(), _member(seed), world.charter];
        address caller = callers[_roll(seed, "caller") % 3];
        uint256 key = _known(seed);
        bool byOperator = world.recorders.revoked(key);
        _begin();
        vm.startPrank(byOperator ? world.operator : caller);
        try points.rotateRecorder(vm.addr(key)) {
            _broken(Guarantee.RecordersFollowTheSchedule, "a rotation that may not be");
        } catch (bytes memory reason) {
            _dropLogs();
            bytes4 expected =
                byOperator ? IPoints.InvalidRecorder.selector : IPoints.NotOperator.selector;
            _demand(
                _is(reason, expected),
                Guarantee.RecordersFollowTheSchedule,
                "another error for a rotation"
            );
        }
        vm.stopPrank();
        address old = points.recorder();
        address next = vm.addr(_freshKey());
        vm.prank(caller);
        try points.revokeRecorder(old, next) {
            _broken(Guarantee.RecordersFollowTheSchedule, "another account revoked");
        } catch (bytes memory reason) {
            _dropLogs();
            _demand(
                _is(reason, IPoints.NotOperator.selector),
                Guarantee.RecordersFollowTheSchedule,
                "another error for a revocation"
            );
        }
        _end(CallKind.Other, address(0), 0);
        _compare();
    }

    function _rotate(uint256 key) private {
        bool allowed = !world.recorders.revoked(key);
        _begin();
        vm.prank(world.operator);
        try points.rotateRecorder(vm.addr(key)) {
            _demand(allowed, Guarantee.RecordersFollowTheSchedule, "a revoked key came back");
            _reach(world.recorders.hasPending(_now()) ? State.RotatedTwice : State.Rotated);
            world.recorders.rotate(_now(), key);
        } catch {
            _dropLogs();
            _demand(!allowed, Guarantee.RecordersFollowTheSchedule, "a rotation was refused");
        }
        _end(CallKind.Other, address(0), 0);
        _compare();
    }

    function _compare() private {
        uint32 now_ = _now();
        _demand(
            points.recorder() == vm.addr(world.recorders.keyOf(now_)) &&
                points.nextRecorder() == vm.addr(world.recorders.keyOf(now_ + 1)),
            Guarantee.RecordersFollowTheSchedule,
            "the chain names another recorder"
        );
        uint256 key = world.recorders.anyKey(uint256(keccak256(abi.encode(now_, fresh))));
        for (uint32 epoch = now_ > 3 ? now_ - 3 : 0; epoch <= now_ + 1; epoch++) {
            _demand(
                points.vouchesFor(vm.addr(key), epoch) == world.recorders.signs(key, epoch, now_),
                Guarantee.RecordersFollowTheSchedule,
                "a key vouches for other epochs than those of its time"
            );
        }
    }

    function _known(uint256 seed) private view returns (uint256) {
        return world.recorders.anyKey(_roll(seed, "known"));
    }

    function _freshKey() private returns (uint256) {
        return uint256(keccak256(abi.encode("recorder", ++fresh)));
    }
}
