// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IPoints} from "../../../src/interfaces/IPoints.sol";
import {ProgramSignatures} from "../../model/signatures/ProgramSignatures.sol";
import {StatementPacking} from "../../model/signatures/StatementPacking.sol";
import {Guarantee} from "../stores/Guarantees.sol";
import {MintLedger} from "../stores/MintLedger.sol";
import {State} from "../stores/Reached.sol";
import {World} from "./ProgramHandler.sol";
import {Draft, StatementHandler} from "./StatementHandler.sol";

/// @notice Strangers and members send signed statements, signed by the current recorder, earlier
/// and coming ones, revoked ones and nobody's.
contract ReceiptHandler is StatementHandler {
    constructor(World memory world_) StatementHandler(world_) {}

    function settleSigned(uint256 seed) external inTime {
        Draft memory draft = _draft(seed);
        _send(seed, draft, _key(seed, draft.epoch));
    }

    /// @notice A receipt that was given out before, by the recorder of that time, is used now.
    function settleOldReceipt(uint256 seed) external inTime {
        uint256 count = world.mints.sentCount();
        if (count == 0) return;
        MintLedger.Sent memory sent = world.mints.sentAt(
            count - 1 - (_roll(seed, "which") % count)
        );
        Draft memory draft = Draft(
            sent.member,
            sent.epoch,
            StatementPacking.unpackLines(sent.lines)
        );
        _send(seed, draft, world.recorders.keyOf(draft.epoch));
    }

    /// @dev Mostly in the name of the key that signed, now and then in another one's.
    function _send(uint256 seed, Draft memory draft, uint256 key) private {
        uint256 named = _roll(seed, "named") % 6 == 0 ? world.recorders.keyOf(_now()) : key;
        bool vouches = world.recorders.signs(named, draft.epoch, _now());
        MintLedger.Verdict memory verdict;
        if (vouches && named == key) verdict = _judgeAndBook(draft);
        (bool taken, uint256 minted, bytes memory reason) = _call(seed, draft, key, named);
        if (!vouches || named != key) {
            _demand(!taken, Guarantee.OnlyRecordersSettle, "a signature of no recorder was taken");
            bytes4 expected =
                vouches ? IPoints.BadRecorderSignature.selector : IPoints.NotRecorder.selector;
            _demand(
                keccak256(reason) == keccak256(abi.encodeWithSelector(expected, vm.addr(named))),
                Guarantee.OnlyRecordersSettle,
                "another error than NotRecorder or BadRecorderSignature"
            );
            bool revoked = world.recorders.revoked(key);
            if (revoked && taken) {
                _broken(Guarantee.RevokedKeysNeverSettle, "a revoked key's signature was taken");
            }
            if (vouches) _reach(State.SignedForAnother);
            else _reach(revoked ? State.SignedByRevoked : State.SignedByStranger);
        } else if (verdict.reasons != 0) {
            _demand(
                !taken && _isRefusal(reason, verdict.reasons),
                Guarantee.StatementsHaveTheOutcomeOfTheirTerms,
                "a bad statement was not refused for its reason"
            );
        } else {
            _demand(
                taken && minted == verdict.delta,
                Guarantee.StatementsHaveTheOutcomeOfTheirTerms,
                "a signed statement did not mint what was due"
            );
            bool current = key == world.recorders.keyOf(_now());
            _reach(current ? State.SignedByCurrent : State.SignedByEarlier);
        }
        _compareState(draft, verdict);
    }

    function _call(
        uint256 seed,
        Draft memory draft,
        uint256 key,
        uint256 named
    ) private returns (bool taken, uint256 minted, bytes memory reason) {
        bytes memory lines = StatementPacking.packLines(draft.lines);
        bytes memory signature = ProgramSignatures.signStatement(
            key,
            address(points),
            draft.member,
            draft.epoch,
            lines
        );
        uint256 due = world.mints.minted(draft.member, draft.epoch);
        due -= world.logs.settledFor(draft.member, draft.epoch);
        address signer = vm.addr(named);
        _begin();
        vm.prank(_roll(seed, "caller") % 3 == 0 ? _member(seed) : _stranger(seed));
        try points.settleSigned(draft.member, draft.epoch, lines, signer, signature) returns (
            uint256 got
        ) {
            (taken, minted) = (true, got);
        } catch (bytes memory why) {
            _dropLogs();
            reason = why;
        }
        _endSettling(due);
    }

    function _isRefusal(bytes memory reason, uint256 reasons) private view returns (bool) {
        if (!_is(reason, IPoints.StatementRefused.selector) || reason.length != 36) return false;
        return world.mints.applies(IPoints.SkipReason(uint8(reason[35])), reasons);
    }

    function _key(uint256 seed, uint32 epoch) private view returns (uint256) {
        uint256 kind = _roll(seed, "signer") % 8;
        if (kind < 3) return world.recorders.keyOf(_now());
        if (kind == 3) return world.recorders.keyOf(epoch);
        if (kind < 7) return world.recorders.anyKey(_roll(seed, "any"));
        return uint256(keccak256("never a recorder"));
    }
}
