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

/// @notice Sends batches: fresh, late, repeated, out of order, mixed, malformed, and signed by keys that
/// may not.
contract SettlementHandler is StatementHandler {
    uint256 private constant MOST_STATEMENTS = 6;
    uint256 private constant MOST_LOOKED_AT = 40;

    constructor(World memory world_) StatementHandler(world_) {}

    function settle(uint256 seed) external inTime {
        _settleByRecorder(_drafts(seed, 1 + (_roll(seed, "size") % MOST_STATEMENTS)));
    }

    /// @notice Keeps sending for the epoch of the clock, as an app does all day.
    function settleToday(uint256 seed) external inTime {
        Draft[] memory drafts = _drafts(seed, 1 + (_roll(seed, "size") % 3));
        for (uint256 i = 0; i < drafts.length; i++) drafts[i].epoch = _now();
        _settleByRecorder(drafts);
    }

    /// @notice One member's statements of epochs in any order, or from the first one of a group on.
    function settleRow(uint256 seed) external inTime {
        Draft[] memory drafts = _drafts(seed, MOST_STATEMENTS);
        uint32 first = _epoch(seed);
        for (uint256 i = 0; i < drafts.length; i++) {
            drafts[i].member = _member(seed);
            uint32 back = uint32(_rollEach(seed, "back", i) % (points.settlementWindow() + 1));
            drafts[i].epoch = first > back ? first - back : first;
            if (_roll(seed, "group") % 2 == 0) drafts[i].epoch = first - (first % 4) + uint32(i);
        }
        _settleByRecorder(drafts);
    }

    /// @notice Sends statements again that were sent before, whatever has happened since.
    function settleAgain(uint256 seed) external inTime {
        uint256 count = world.mints.sentCount();
        if (count == 0) return;
        Draft[] memory drafts = new Draft[](1 + (_roll(seed, "size") % MOST_STATEMENTS));
        for (uint256 i = 0; i < drafts.length; i++) {
            uint256 reach = _roll(seed, "reach") % 2 == 0 ? count : 1 + (count - 1) / 8;
            drafts[i] = _sentBefore(count - 1 - (_rollEach(seed, "which", i) % reach));
        }
        _settleByRecorder(drafts);
    }

    /// @notice Sends again what a budget had delayed.
    function settleDelayed(uint256 seed) external inTime {
        uint256 count = world.mints.sentCount();
        for (uint256 i = 0; i < count && i < MOST_LOOKED_AT; i++) {
            Draft memory draft = _sentBefore(count - 1 - i);
            uint256 minted = world.mints.minted(draft.member, draft.epoch);
            if (minted >= world.mints.highest(draft.member, draft.epoch)) continue;
            if (uint256(draft.epoch) + points.settlementWindow() < _now()) continue;
            if (_rollEach(seed, "pass over", i) % 4 == 0) continue;
            Draft[] memory drafts = new Draft[](1);
            drafts[0] = draft;
            return _settleByRecorder(drafts);
        }
    }

    /// @notice What another key signed, or the recorder for other statements, is good for nothing, from any sender.
    function settleUnsigned(uint256 seed) external inTime {
        bytes memory batch = _pack(_drafts(seed, 1 + (_roll(seed, "size") % 3)));
        uint256 current = world.recorders.keyOf(_now());
        uint256 key = _otherKey(seed);
        bytes memory signature =
            key == current ? _sign(key, bytes.concat(batch, batch)) : _sign(key, batch);
        bool revoked = world.recorders.revoked(key);
        _begin();
        vm.prank(_sender(seed));
        try points.settle(batch, signature) {
            _broken(Guarantee.OnlyRecordersSettle, "a batch that nobody signed was taken");
            if (revoked)
                _broken(Guarantee.RevokedKeysNeverSettle, "a revoked key's batch was taken");
        } catch (bytes memory reason) {
            _dropLogs();
            bytes memory expected = abi.encodeWithSelector(
                IPoints.BadRecorderSignature.selector,
                vm.addr(current)
            );
            _demand(
                keccak256(reason) == keccak256(expected),
                Guarantee.OnlyRecordersSettle,
                "another error than BadRecorderSignature"
            );
            _reach(revoked ? State.BatchByRevoked : State.BatchByWrongKey);
        }
        _endSettling(0);
    }

    /// @notice Whole statements, then a torn one.
    function settleMalformed(uint256 seed) external inTime {
        bytes memory whole = _pack(_drafts(seed, _roll(seed, "size") % 3));
        bytes memory last = _pack(_drafts(_roll(seed, "last"), 1));
        bytes memory torn = new bytes(1 + (_roll(seed, "torn") % (last.length - 1)));
        for (uint256 i = 0; i < torn.length; i++) torn[i] = last[i];
        bytes memory batch = bytes.concat(whole, torn);
        bytes memory signature = _sign(world.recorders.keyOf(_now()), batch);
        _begin();
        try points.settle(batch, signature) {
            _broken(Guarantee.MalformedBatchesDoNothing, "a torn batch was taken");
        } catch (bytes memory reason) {
            _dropLogs();
            bytes memory expected = abi.encodeWithSelector(
                IPoints.MalformedBatch.selector,
                whole.length
            );
            _demand(
                keccak256(reason) == keccak256(expected),
                Guarantee.MalformedBatchesDoNothing,
                "another error than MalformedBatch at the torn statement"
            );
            _reach(State.MalformedBatch);
        }
        _endSettling(0);
    }

    /// @dev What the ghosts expect is worked out statement by statement before the call.
    function _settleByRecorder(Draft[] memory drafts) private {
        uint256 expected = 0;
        MintLedger.Verdict[] memory verdicts = new MintLedger.Verdict[](drafts.length);
        for (uint256 i = 0; i < drafts.length; i++) {
            verdicts[i] = _judgeAndBook(drafts[i]);
            expected += verdicts[i].delta;
        }
        bytes memory batch = _pack(drafts);
        bytes memory signature = _sign(world.recorders.keyOf(_now()), batch);
        _begin();
        vm.prank(_sender(uint256(keccak256(batch))));
        try points.settle(batch, signature) returns (uint256 minted) {
            _demand(
                minted == expected,
                Guarantee.StatementsHaveTheOutcomeOfTheirTerms,
                "a batch returned another sum"
            );
        } catch {
            _dropLogs();
            _broken(Guarantee.OnlyRecordersSettle, "a batch of the recorder was refused");
        }
        _compareLogs(_endSettling(expected), drafts, verdicts);
        for (uint256 i = 0; i < drafts.length; i++) _compareState(drafts[i], verdicts[i]);
    }

    function _sentBefore(uint256 index) private view returns (Draft memory draft) {
        MintLedger.Sent memory sent = world.mints.sentAt(index);
        draft.member = sent.member;
        draft.epoch = sent.epoch;
        draft.lines = StatementPacking.unpackLines(sent.lines);
    }

    function _sign(uint256 key, bytes memory batch) private view returns (bytes memory) {
        return ProgramSignatures.signBatch(key, address(points), batch);
    }

    /// @dev Anybody may send what the recorder signed, the forwarder for anybody too.
    function _sender(uint256 seed) private view returns (address) {
        address[5] memory senders = [
            points.recorder(),
            world.operator,
            world.forwarder,
            _member(seed),
            _stranger(seed)
        ];
        return senders[_roll(seed, "sender") % 5];
    }

    /// @dev A key that is not the recorder's, or now and then that one.
    function _otherKey(uint256 seed) private view returns (uint256) {
        uint256 kind = _roll(seed, "signer") % 8;
        if (kind == 0) return world.recorders.keyOf(_now());
        if (kind == 1) return _memberKey(seed);
        if (kind == 2) return uint256(keccak256("never a recorder"));
        return world.recorders.anyKey(_roll(seed, "key"));
    }
}
