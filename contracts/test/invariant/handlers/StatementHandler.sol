// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Vm} from "forge-std/Vm.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IPoints} from "../../../src/interfaces/IPoints.sol";
import {RandomTerms} from "../../model/terms/RandomTerms.sol";
import {Line, StatementPacking} from "../../model/signatures/StatementPacking.sol";
import {Guarantee} from "../stores/Guarantees.sol";
import {MintLedger} from "../stores/MintLedger.sol";
import {CallKind, ProgramHandler, World} from "./ProgramHandler.sol";
import {SettlementStates} from "./SettlementStates.sol";

struct Draft {
    address member;
    uint32 epoch;
    Line[] lines;
}

/// @notice What batches and signed statements have in common: drawing them, and comparing what
/// happened with what the ghosts expected.
abstract contract StatementHandler is ProgramHandler {
    SettlementStates private states;

    constructor(World memory world_) ProgramHandler(world_) {
        states = new SettlementStates(world_.mints, world_.rules, world_.reached);
    }

    function _drafts(uint256 seed, uint256 count) internal view returns (Draft[] memory drafts) {
        drafts = new Draft[](count);
        for (uint256 i = 0; i < count; i++) drafts[i] = _draft(_rollEach(seed, "draft", i));
    }

    function _draft(uint256 seed) internal view returns (Draft memory draft) {
        draft.member =
            _roll(seed, "forbidden") % 32 == 0
                ? world.mints.anyForbidden(_roll(seed, "which"))
                : _member(_roll(seed, "member"));
        draft.epoch = _epoch(_roll(seed, "epoch"));
        draft.lines = RandomTerms.drawLines(seed);
    }

    /// @dev Any epoch of the window, its ends more often than the rest, and now and then one beyond
    /// them.
    function _epoch(uint256 seed) internal view returns (uint32) {
        uint32 now_ = _now();
        uint32 window = points.settlementWindow();
        uint256 kind = seed % 16;
        if (kind == 0) return now_ + 1 + uint32(_roll(seed, "ahead") % 3);
        uint256 back = _roll(seed, "back") % (window + 1);
        if (kind == 1) back = window;
        if (kind == 2) back = window + 1 + (_roll(seed, "beyond") % 3);
        if (kind > 2 && kind < 7) back = 0;
        if (kind > 6 && kind < 10) back = _roll(seed, "near") % 4;
        return back > now_ ? 0 : now_ - uint32(back);
    }

    function _judgeAndBook(
        Draft memory draft
    ) internal returns (MintLedger.Verdict memory verdict) {
        verdict = world.mints.judge(_now(), draft.member, draft.epoch, draft.lines);
        states.note(_now(), draft.member, draft.epoch, draft.lines, verdict);
        bytes memory lines = StatementPacking.packLines(draft.lines);
        world.mints.book(_now(), draft.member, draft.epoch, lines, verdict);
    }

    function _endSettling(uint256 expected) internal returns (Vm.Log[] memory logs) {
        uint256 minted;
        (logs, minted) = _end(CallKind.Settling, address(0), 0);
        _demand(
            minted == expected,
            Guarantee.StatementsMintAtMostOnce,
            "a call minted another sum than its statements were short of"
        );
        _demand(
            minted == 0 || !points.backed() || token.totalSupply() <= world.module.backing(),
            Guarantee.MintsAreBacked,
            "points were minted that are not backed"
        );
    }

    /// @dev The program's logs must be the batch, and then one `Skipped` or a mint for each statement that is due one, in the
    /// order of the statements.
    function _compareLogs(
        Vm.Log[] memory logs,
        Draft[] memory drafts,
        MintLedger.Verdict[] memory verdicts
    ) internal {
        Guarantee guarantee = Guarantee.StatementsHaveTheOutcomeOfTheirTerms;
        if (logs.length == 0 || !_isBatch(logs[0], drafts)) return _broken(guarantee, "not told");
        uint256 next = 1;
        for (uint256 i = 0; i < drafts.length; i++) {
            bool isSkip = verdicts[i].reasons != 0;
            if (!isSkip && verdicts[i].delta == 0) continue;
            if (next == logs.length) return _broken(guarantee, "less was told");
            if (isSkip) _demand(_isSkip(logs[next++], i, verdicts[i]), guarantee, "not skipped");
            else
                _demand(
                    _isMint(logs[next++], drafts[i], verdicts[i].delta),
                    guarantee,
                    "not minted"
                );
        }
        _demand(next == logs.length, guarantee, "more was told");
    }

    function _isBatch(Vm.Log memory log, Draft[] memory drafts) private pure returns (bool) {
        return
            log.topics[0] == IPoints.BatchSettled.selector &&
            keccak256(abi.decode(log.data, (bytes))) == keccak256(_pack(drafts));
    }

    function _isSkip(
        Vm.Log memory log,
        uint256 index,
        MintLedger.Verdict memory verdict
    ) private view returns (bool) {
        if (log.topics[0] != IPoints.Skipped.selector) return false;
        (uint16 skipped, IPoints.SkipReason reason) = abi.decode(
            log.data,
            (uint16, IPoints.SkipReason)
        );
        return skipped == index && world.mints.applies(reason, verdict.reasons);
    }

    function _isMint(
        Vm.Log memory log,
        Draft memory draft,
        uint256 amount
    ) private pure returns (bool) {
        return
            log.topics[0] == IERC20.Transfer.selector &&
            log.topics[1] == 0 &&
            log.topics[2] == bytes32(uint256(uint160(draft.member))) &&
            abi.decode(log.data, (uint256)) == amount;
    }

    function _pack(Draft[] memory drafts) internal pure returns (bytes memory batch) {
        for (uint256 i = 0; i < drafts.length; i++) {
            batch = bytes.concat(
                batch,
                StatementPacking.packStatement(drafts[i].member, drafts[i].epoch, drafts[i].lines)
            );
        }
    }

    /// @dev What the call left behind for the member of a statement that a recorder vouched for.
    function _compareState(Draft memory draft, MintLedger.Verdict memory verdict) internal {
        _compareRecord(draft.member);
        if (points.mintedFor(draft.member, draft.epoch) >= verdict.points) return;
        (, uint96 left) = points.budget();
        _demand(
            left == 0 || (points.backed() && token.totalSupply() >= world.module.backing()),
            Guarantee.DelayedMintsAreCompleted,
            "points were held back although the budget and the backing had some left"
        );
    }

    /// @dev Every epoch of the member's window: on chain, by the logs and by the ghost the same was
    /// minted.
    function _compareRecord(address member) private {
        uint32 now_ = _now();
        uint32 window = points.settlementWindow();
        for (uint32 epoch = now_ > window ? now_ - window : 0; epoch <= now_; epoch++) {
            uint256 expected = world.mints.minted(member, epoch);
            if (points.mintedFor(member, epoch) != expected) {
                _broken(
                    Guarantee.StatementsMintAtMostOnce,
                    "the chain's record of an epoch is wrong"
                );
            }
            if (world.logs.settledFor(member, epoch) != expected) {
                _broken(
                    Guarantee.StatementsMintAtMostOnce,
                    "the logged total of an epoch is wrong"
                );
            }
        }
    }
}
