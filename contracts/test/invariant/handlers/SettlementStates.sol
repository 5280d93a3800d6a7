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
    uint256 private constant SLOTS = 4;

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
        if (verdict.delta == 0) {
            if (inRing[member][epoch]) reached.reach(State.RingReadLate);
            return;
        }
        if (epoch + mints.window() == now_) reached.reach(State.LastEpochOfTheWindow);
        if (rules.versionOf(epoch) < rules.versionOf(now_)) reached.reach(State.OlderVersion);
        _notePlace(now_, member, epoch);
    }

    function _noteSkip(uint256 reasons) private {
        for (uint8 i = 0; i <= uint8(IPoints.SkipReason.NotBacked); i++) {
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

    /// @dev What the account's word should hold, in any order, and what went to the ring.
    mapping(address member => uint32[]) private inWord;
    mapping(address member => mapping(uint32 epoch => bool)) private inRing;
    mapping(address member => mapping(uint256 slot => uint256)) private inSlot;

    function _notePlace(uint32 now_, address member, uint32 epoch) private {
        uint32[] storage word = inWord[member];
        for (uint256 i = 0; i < word.length; i++) if (word[i] == epoch) return;
        if (inRing[member][epoch]) return reached.reach(State.RingWrittenLate);
        _dropClosed(now_, word);
        if (word.length > 0 && epoch < _newest(word)) reached.reach(State.LateIntoWord);
        word.push(epoch);
        if (word.length > SLOTS) _spill(member, word, epoch);
    }

    function _dropClosed(uint32 now_, uint32[] storage word) private {
        for (uint256 i = word.length; i > 0; i--) {
            if (word[i - 1] + mints.window() >= now_) continue;
            _remove(word, i - 1);
            reached.reach(State.EpochDropped);
        }
    }

    function _spill(address member, uint32[] storage word, uint32 epoch) private {
        uint32 oldest = word[0];
        for (uint256 i = 1; i < word.length; i++) if (word[i] < oldest) oldest = word[i];
        uint256 group = oldest / EPOCHS_PER_GROUP;
        for (uint256 i = word.length; i > 0; i--) {
            if (word[i - 1] / EPOCHS_PER_GROUP != group) continue;
            inRing[member][word[i - 1]] = true;
            _remove(word, i - 1);
        }
        if (inRing[member][epoch]) reached.reach(State.LateIntoRing);
        if (word.length == 1) reached.reach(State.WholeWordSpilled);
        reached.reach(State.GroupSpilled);
        uint256 slot = group % (mints.window() / EPOCHS_PER_GROUP + 1);
        uint256 other = inSlot[member][slot];
        if (other != 0 && other != group + 1) reached.reach(State.RingSlotTakenOver);
        inSlot[member][slot] = group + 1;
    }

    function _newest(uint32[] storage word) private view returns (uint32 newest) {
        for (uint256 i = 0; i < word.length; i++) if (word[i] > newest) newest = word[i];
    }

    function _remove(uint32[] storage word, uint256 index) private {
        word[index] = word[word.length - 1];
        word.pop();
    }
}
