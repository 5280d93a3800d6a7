// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IPoints} from "../../../src/interfaces/IPoints.sol";
import {Line} from "../../model/signatures/StatementPacking.sol";
import {MintLedger} from "../stores/MintLedger.sol";
import {Reached, State} from "../stores/Reached.sol";
import {RuleBook} from "../stores/RuleBook.sol";

/// @notice Tells which of the states that make settling hard a statement meets. Judges nothing.
contract SettlementStates {
    uint32 private constant EPOCHS_PER_GROUP = 4;

    MintLedger private immutable mints;
    RuleBook private immutable rules;
    Reached private immutable reached;

    constructor(MintLedger mints_, RuleBook rules_, Reached reached_) {
        mints = mints_;
        rules = rules_;
        reached = reached_;
    }

    /// @notice Called before the statement is booked.
    function note(
        uint32 now_,
        address member,
        uint32 epoch,
        Line[] memory lines,
        MintLedger.Verdict memory verdict
    ) external {
        if (verdict.reasons != 0) return _noteSkip(verdict.reasons);
        if (verdict.points == 0) return;
        (bool lapsed, bool absent) = rules.gaps(epoch, lines);
        if (lapsed) reached.reach(State.LapsedRule);
        if (absent) reached.reach(State.AbsentRule);
        _noteAmount(member, epoch, verdict);
        bool older = epoch / EPOCHS_PER_GROUP < _groupOf(member);
        if (verdict.delta == 0) {
            if (older) reached.reach(State.RingReadLate);
            return;
        }
        if (epoch + mints.window() == now_) reached.reach(State.LastEpochOfTheWindow);
        if (rules.versionOf(epoch) < rules.versionOf(now_)) reached.reach(State.OlderVersion);
        if (older) _noteRing(member, epoch, State.RingWrittenLate);
        else _noteTurnover(now_, member, epoch);
    }

    function _noteSkip(uint256 reasons) private {
        for (uint8 i = 0; i <= uint8(IPoints.SkipReason.BudgetUsedUp); i++) {
            if ((reasons >> i) & 1 == 0) continue;
            reached.reach(State(uint8(State.SkippedFuture) + i));
        }
    }

    function _noteAmount(address member, uint32 epoch, MintLedger.Verdict memory verdict) private {
        uint256 minted = mints.minted(member, epoch);
        if (verdict.delta == 0) {
            reached.reach(
                minted == verdict.points ? State.RepeatedStatement : State.LowerStatement
            );
            return;
        }
        reached.reach(minted > 0 ? State.RaisedStatement : State.Settled);
        if (minted + verdict.delta < verdict.points) reached.reach(State.PartialMint);
        else if (mints.wasDelayed(member, epoch)) reached.reach(State.DelayedMintCompleted);
    }

    /// @dev The account's word belongs to the newest group that anything was minted for, plus one;
    /// 0 for none.
    mapping(address member => uint256) private newestGroup;
    mapping(address member => mapping(uint256 slot => uint256)) private inSlot;

    function _groupOf(address member) private view returns (uint256) {
        return newestGroup[member] == 0 ? 0 : newestGroup[member] - 1;
    }

    function _noteTurnover(uint32 now_, address member, uint32 epoch) private {
        uint256 group = epoch / EPOCHS_PER_GROUP;
        uint256 old = newestGroup[member];
        newestGroup[member] = group + 1;
        if (old == 0 || old - 1 == group) return;
        uint256 lastEpoch = (old - 1) * EPOCHS_PER_GROUP + EPOCHS_PER_GROUP - 1;
        if (lastEpoch + mints.window() >= now_)
            _noteRing(member, uint32(lastEpoch), State.GroupSpilled);
        else reached.reach(State.GroupDropped);
    }

    function _noteRing(address member, uint32 epoch, State state) private {
        uint256 group = epoch / EPOCHS_PER_GROUP;
        uint256 slot = group % (mints.window() / EPOCHS_PER_GROUP);
        uint256 other = inSlot[member][slot];
        if (other != 0 && other != group + 1) reached.reach(State.RingSlotTakenOver);
        inSlot[member][slot] = group + 1;
        reached.reach(state);
    }
}
