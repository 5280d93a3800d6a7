// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {Objections} from "./charter/Objections.sol";
import {BuybackTerms, IBuyback} from "./interfaces/IBuyback.sol";
import {CharterSettings, ICharter} from "./interfaces/ICharter.sol";
import {IPoints, RuleSetTerms} from "./interfaces/IPoints.sol";

/// @title Charter: the one door for every change of terms
/// @notice What anybody may rely on, and what it rests on:
///
/// THE TARGET SAYS WHOM A CHANGE HURTS. It compares with its newest version, in force or not. While a hurtful change is
/// pending, its target gets no other terms, so the comparison still holds when it is enacted.
///
/// EVERYTHING IS DATED AT THE ANNOUNCEMENT. The end of the notice, the rounds that can be the last one and the date of
/// death are fixed then; rounds run by the clock. So nothing that anybody does makes a change come earlier.
///
/// THE LAST ROUND IS NO PROMISE OF THE OPERATOR'S, BUT A FACT. The buyback settles a round with the money that was in the
/// reserve at its close, and a round whose budget was not all there does not count. While the change is pending, the
/// terms of the buyback get better at most, so the last round is on the old terms or better.
///
/// OBJECTIONS ARE FREE AGAIN BEFORE THEY ARE NEEDED AGAIN. They are locked until the fixed end of the notice at most. The
/// last round opens no earlier, and no other hurtful change is announced earlier.
///
/// OBJECTIONS CAN'T BE DROWNED NOR WORN OUT. The threshold is of points that were there one notice period before the
/// announcement, and never above a cap; and who is struck down again and again, or withdraws to escape it, waits longer.
///
/// THE FORWARDER SPEAKS FOR MEMBERS AND FOR THE OPERATOR.
contract Charter is Initializable, Objections {
    uint8 private constant HURTS_HOLDERS = 2;
    /// @dev Time to enact a change, by anybody, after all that it waits for is over. Long enough to notice that nobody
    /// has; short enough that members need not fear an old announcement.
    uint64 private constant TIME_TO_ENACT = 14 days;
    /// @dev A rule set may wait this long for its epoch after its notice, or its announcement where it has none. A hurtful one
    /// would else be in force long after anybody remembers its notice; an improvement would push every later one away.
    uint64 private constant MAX_WAIT = 14 days;

    /// @param forwarder The ERC-2771 forwarder that every clone trusts.
    constructor(address forwarder) ERC2771Context(forwarder) {
        _disableInitializers();
    }

    /// @inheritdoc ICharter
    function initialize(CharterSettings calldata settings) external initializer {
        _initializeSettings(settings);
    }

    /// @inheritdoc ICharter
    function announce(
        address target,
        bytes calldata terms
    ) external onlyOperator returns (uint256 id) {
        if (target != points() && target != buyback()) revert UnknownTarget(target);
        // Points and Buyback have the same functions for this.
        uint8 impact = IPoints(target).impact(terms);
        uint256 pending = pendingChange();
        // A hurtful change keeps others of its own target out, since it is compared with the newest terms, and hurtful
        // ones of both targets.
        if (pending != 0 && (impact != 0 || _changeOf(pending).target == target))
            revert ChangePending(pending);
        Change storage change_;
        (id, change_) = _add();
        change_.target = target;
        change_.impact = impact;
        change_.comparedVersion = _newestVersion(target);
        change_.announcedAt = uint64(block.timestamp);
        change_.countedSupply = _countedSupply();
        change_.termsHash = keccak256(terms);
        if (impact == 0) _improve(id, change_, terms);
        else _giveNotice(id, change_, terms);
    }

    /// @inheritdoc ICharter
    function withdraw(uint256 id) external onlyOperator {
        Change storage change_ = _pending(id);
        // A round that has closed is settled as what it was while it was open: the last one, if it was.
        if (change_.lastRoundOwed) _settleRounds();
        // At half of what is needed it looks like flight.
        bool counted = 2 * uint256(change_.objections) >= _neededRoundedUp(change_);
        _resolve(change_, ChangeState.Withdrawn, counted);
        emit ChangeWithdrawn(id, counted);
    }

    /// @inheritdoc ICharter
    function enact(uint256 id, bytes calldata terms) external {
        Change storage change_ = _pending(id);
        if (block.timestamp < change_.noticeEndsAt) revert NoticeRuns(change_.noticeEndsAt);
        if (keccak256(terms) != change_.termsHash) revert WrongTerms(id);
        // Nobody but the charter gives a target new terms, so this never happens; but the impact rests on it.
        uint32 newest = _newestVersion(change_.target);
        if (newest != change_.comparedVersion) revert Outdated(change_.comparedVersion, newest);
        if (change_.lastRoundOwed) {
            _settleRounds();
            if (!_hadLastRound(change_)) revert LastRoundOwed(change_.firstEligibleRound);
        }
        _resolve(change_, ChangeState.Enacted, false);
        _apply(id, change_, terms);
    }

    /// @inheritdoc ICharter
    function earliestEnactment(uint256 id) external view returns (uint64) {
        Change storage change_ = _changeOf(id);
        if (!change_.lastRoundOwed) return change_.noticeEndsAt;
        IBuyback.Round memory first = _roundOf(change_.firstEligibleRound);
        if (_isCovered(first)) return first.closesAt;
        IBuyback.Round memory second = _roundOf(change_.firstEligibleRound + 1);
        if (_isCovered(second)) return second.closesAt;
        if (second.settled) return change_.diesAt;
        // Without tenders and not settled before the next one closed, it is skipped.
        bool skipped = block.timestamp >= second.closesAt && first.tendered == 0;
        return first.settled || skipped ? second.closesAt : first.closesAt;
    }

    /// @inheritdoc ICharter
    /// @dev A dead change still tells: a round of its time may be settled later.
    function isLastRound(uint32 round) external view returns (bool) {
        Change storage change_ = _unresolvedChange();
        if (!change_.lastRoundOwed || change_.target != buyback()) return false;
        uint32 first = change_.firstEligibleRound;
        return round == first || (round == first + 1 && !_isCovered(_roundOf(first)));
    }

    function _improve(uint256 id, Change storage change_, bytes calldata terms) private {
        if (change_.target == points()) {
            _requireInForce(change_.comparedVersion);
            _requireSoonAfter(change_.announcedAt, terms);
        }
        change_.state = ChangeState.Enacted;
        change_.noticeEndsAt = change_.announcedAt;
        change_.diesAt = change_.announcedAt;
        _emitAnnounced(id, change_, terms);
        _apply(id, change_, terms);
    }

    function _giveNotice(uint256 id, Change storage change_, bytes calldata terms) private {
        uint64 until = cooldownUntil();
        if (block.timestamp < until) revert Cooldown(until);
        // The one before it is forgotten now, and may be dead with a last round that nobody has settled.
        if (_unresolvedChange().lastRoundOwed) _settleRounds();
        uint64 noticeEndsAt = change_.announcedAt + noticePeriod();
        if (change_.target == points()) _requireSoonAfter(noticeEndsAt, terms);
        change_.noticeEndsAt = noticeEndsAt;
        if (change_.impact & HURTS_HOLDERS != 0 && _budgetPerRound() != 0) {
            uint32 round = IBuyback(buyback()).firstRoundFrom(noticeEndsAt);
            change_.lastRoundOwed = true;
            change_.firstEligibleRound = round;
            // One round without cover may be followed by one more.
            change_.diesAt = _roundOf(round + 1).closesAt + TIME_TO_ENACT;
        } else {
            change_.diesAt = noticeEndsAt + TIME_TO_ENACT;
        }
        _suspend(id, change_);
        _emitAnnounced(id, change_, terms);
    }

    function _emitAnnounced(uint256 id, Change memory change_, bytes calldata terms) private {
        emit ChangeAnnounced(
            id,
            change_.target,
            change_.impact,
            change_.comparedVersion,
            change_.noticeEndsAt,
            change_.diesAt,
            change_.lastRoundOwed,
            change_.firstEligibleRound,
            change_.countedSupply,
            terms
        );
    }

    function _apply(uint256 id, Change storage change_, bytes calldata terms) private {
        address target = change_.target;
        emit ChangeEnacted(id, target, change_.comparedVersion + 1);
        IPoints(target).applyTerms(terms);
    }

    /// @dev Rounds that are due.
    function _settleRounds() private {
        // Settling a round burns points and touches nothing of this contract's.
        // slither-disable-next-line reentrancy-benign,reentrancy-events,reentrancy-no-eth
        IBuyback(buyback()).settle();
    }

    /// @dev An improvement takes its turn: else a row of them, an epoch each, would push every later change away.
    function _requireInForce(uint32 version) private view {
        IPoints target = IPoints(points());
        // Nothing else of the version counts here.
        // slither-disable-next-line unused-return
        (uint32 fromEpoch, , , ) = target.ruleSet(version);
        if (fromEpoch > target.currentEpoch()) revert NewestNotInForce(fromEpoch);
    }

    /// @dev The epoch that a rule set names starts soon after a moment. It never waits longer for the newest version, which
    /// was bounded in the same way, and is in force or was applied before the notice of this one began.
    function _requireSoonAfter(uint64 moment, bytes calldata terms) private view {
        IPoints target = IPoints(points());
        uint32 notBefore = abi.decode(terms, (RuleSetTerms)).notBefore;
        uint256 sinceStart = moment + MAX_WAIT - target.startsAt();
        uint32 latest = uint32(sinceStart / target.epochLength());
        if (notBefore > latest) revert NotBeforeTooLate(notBefore, latest);
    }

    /// @dev What is due is settled.
    function _hadLastRound(Change storage change_) private view returns (bool) {
        uint32 round = change_.firstEligibleRound;
        return _isCovered(_roundOf(round)) || _isCovered(_roundOf(round + 1));
    }

    function _roundOf(uint32 round) private view returns (IBuyback.Round memory) {
        return IBuyback(buyback()).roundOf(round);
    }

    function _isCovered(IBuyback.Round memory round) private pure returns (bool) {
        return round.settled && round.covered;
    }

    function _newestVersion(address target) private view returns (uint32) {
        if (target == points()) return IPoints(target).ruleSetCount() - 1;
        return IBuyback(target).termsCount() - 1;
    }

    /// @dev Base units of the settlement token, by the newest buyback terms: no round that is still to open has older ones.
    function _budgetPerRound() private view returns (uint128) {
        // From which round on they hold is of no account here.
        // slither-disable-next-line unused-return
        (, BuybackTerms memory terms) = IBuyback(buyback()).terms(_newestVersion(buyback()));
        return terms.budgetPerRound;
    }
}
