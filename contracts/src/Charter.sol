// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
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
/// OBJECTIONS ARE FREE AGAIN BEFORE THEY ARE NEEDED AGAIN. They are locked until the fixed end of the notice, whatever
/// becomes of the change. The last round opens no earlier, and no other hurtful change is announced earlier.
///
/// THE FORWARDER SPEAKS FOR MEMBERS ONLY. The operator is told by `msg.sender`, who objects by `_msgSender()`.
contract Charter is ICharter, Initializable, ERC2771Context {
    using SafeERC20 for IERC20;

    uint8 private constant HURTS_HOLDERS = 2;
    uint256 private constant BPS = 10_000;
    /// @dev Time to enact a change, by anybody, after all that it waits for is over. Long enough to notice that nobody
    /// has; short enough that members need not fear an old announcement.
    uint64 private constant TIME_TO_ENACT = 14 days;
    /// @dev A hurtful rule set may wait this long after its notice for its epoch; longer, and it would be in force long
    /// after anybody remembers its notice.
    uint64 private constant MAX_WAIT = 14 days;
    /// @dev One point: a supply of almost nothing still needs somebody who objects.
    uint256 private constant LEAST_NEEDED = 100;

    address private _points;
    uint32 private _noticePeriod;
    uint16 private _objectionThresholdBps;
    address private _buyback;
    /// @dev What the newest hurtful change that was struck down or withdrawn leaves; a dead one leaves its own by the
    /// clock.
    uint64 private _cooldownUntil;
    uint256 private _changeCount;
    /// @dev The newest hurtful change if it is neither enacted, struck down nor withdrawn: pending, or dead by the clock.
    uint256 private _unresolved;
    /// @dev Never of state `Dead`: the clock tells that.
    mapping(uint256 id => Change) private _changes;
    mapping(uint256 id => mapping(address holder => uint96)) private _objections;

    modifier onlyOperator() {
        // Not `_msgSender()`: the forwarder speaks for members only.
        if (msg.sender != IPoints(_points).operator()) revert NotOperator(msg.sender);
        _;
    }

    /// @param forwarder The ERC-2771 forwarder that every clone trusts for member functions.
    constructor(address forwarder) ERC2771Context(forwarder) {
        _disableInitializers();
    }

    /// @inheritdoc ICharter
    function initialize(CharterSettings calldata settings) external initializer {
        if (settings.points == address(0)) revert InvalidSetting("points");
        if (settings.buyback == address(0) || settings.buyback == settings.points)
            revert InvalidSetting("buyback");
        if (settings.noticePeriod == 0) revert InvalidSetting("noticePeriod");
        if (settings.objectionThresholdBps == 0 || settings.objectionThresholdBps > BPS)
            revert InvalidSetting("objectionThresholdBps");
        _points = settings.points;
        _buyback = settings.buyback;
        _noticePeriod = settings.noticePeriod;
        _objectionThresholdBps = settings.objectionThresholdBps;
    }

    /// @inheritdoc ICharter
    function announce(
        address target,
        bytes calldata terms
    ) external onlyOperator returns (uint256 id) {
        if (target != _points && target != _buyback) revert UnknownTarget(target);
        // Points and Buyback have the same functions for this.
        uint8 impact = IPoints(target).impact(terms);
        uint256 pending = pendingChange();
        id = ++_changeCount;
        if (impact == 0) {
            if (pending != 0 && _changes[pending].target == target) revert ChangePending(pending);
            _announceImprovement(id, target, terms);
        } else {
            if (pending != 0) revert ChangePending(pending);
            _announceHurtful(id, target, impact, terms);
        }
    }

    /// @inheritdoc ICharter
    function withdraw(uint256 id) external onlyOperator {
        Change storage change_ = _pending(id);
        change_.state = ChangeState.Withdrawn;
        _coolDown();
        emit ChangeWithdrawn(id);
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
            // Settling a round burns points and touches nothing of this contract's.
            IBuyback(_buyback).settle();
            if (_lastRoundOf(change_) == 0) revert LastRoundOwed(change_.firstEligibleRound);
        }
        change_.state = ChangeState.Enacted;
        _unresolved = 0;
        _apply(id, change_.target, change_.comparedVersion, terms);
    }

    /// @inheritdoc ICharter
    function object(uint256 id, uint96 amount) external {
        Change storage change_ = _inNotice(id);
        if (amount == 0) revert NothingToObject();
        address holder = _msgSender();
        uint96 held = _objections[id][holder] + amount;
        uint96 objections = change_.objections + amount;
        _objections[id][holder] = held;
        change_.objections = objections;
        emit Objected(id, holder, amount, held, objections);
        uint96 needed = _neededRoundedUp(change_);
        if (objections >= needed) _strike(id, change_, needed);
        IPoints(_points).pull(holder, amount);
    }

    /// @inheritdoc ICharter
    function strike(uint256 id) external {
        Change storage change_ = _inNotice(id);
        uint96 needed = _neededRoundedUp(change_);
        if (change_.objections < needed) revert ThresholdNotReached(change_.objections, needed);
        _strike(id, change_, needed);
    }

    /// @inheritdoc ICharter
    function release(uint256 id, address holder) external {
        uint64 noticeEndsAt = _changes[id].noticeEndsAt;
        if (block.timestamp < noticeEndsAt) revert NoticeRuns(noticeEndsAt);
        uint96 amount = _objections[id][holder];
        if (amount == 0) revert NothingToRelease(id, holder);
        delete _objections[id][holder];
        emit ObjectionReleased(id, holder, amount);
        IERC20(_points).safeTransfer(holder, amount);
    }

    /// @inheritdoc ICharter
    function points() external view returns (address) {
        return _points;
    }

    /// @inheritdoc ICharter
    function buyback() external view returns (address) {
        return _buyback;
    }

    /// @inheritdoc ICharter
    function noticePeriod() external view returns (uint32) {
        return _noticePeriod;
    }

    /// @inheritdoc ICharter
    function objectionThresholdBps() external view returns (uint16) {
        return _objectionThresholdBps;
    }

    /// @inheritdoc ICharter
    function changeCount() external view returns (uint256) {
        return _changeCount;
    }

    /// @inheritdoc ICharter
    function change(uint256 id) external view returns (Change memory found) {
        found = _changes[id];
        found.state = _stateOf(_changes[id]);
    }

    /// @inheritdoc ICharter
    function pendingChange() public view returns (uint256 id) {
        id = _unresolved;
        if (_stateOf(_changes[id]) != ChangeState.Pending) id = 0;
    }

    /// @inheritdoc ICharter
    function cooldownUntil() public view returns (uint64 until) {
        Change storage unresolved = _changes[_unresolved];
        if (_stateOf(unresolved) != ChangeState.Dead) return _cooldownUntil;
        return unresolved.diesAt + _noticePeriod;
    }

    /// @inheritdoc ICharter
    function earliestEnactment(uint256 id) external view returns (uint64) {
        Change storage change_ = _changes[id];
        if (!change_.lastRoundOwed) return change_.noticeEndsAt;
        IBuyback.Round memory first = IBuyback(_buyback).roundOf(change_.firstEligibleRound);
        if (_isCovered(first)) return first.closesAt;
        IBuyback.Round memory second = IBuyback(_buyback).roundOf(change_.firstEligibleRound + 1);
        if (_isCovered(second)) return second.closesAt;
        if (second.settled) return change_.diesAt;
        // Without tenders and not settled before the next one closed, it is skipped.
        bool skipped = block.timestamp >= second.closesAt && first.tendered == 0;
        return first.settled || skipped ? second.closesAt : first.closesAt;
    }

    /// @inheritdoc ICharter
    function objectionsNeeded(uint256 id) external view returns (uint96) {
        return _neededRoundedUp(_changes[id]);
    }

    /// @inheritdoc ICharter
    function objectionOf(uint256 id, address holder) external view returns (uint96) {
        return _objections[id][holder];
    }

    function _announceImprovement(uint256 id, address target, bytes calldata terms) private {
        Change storage change_ = _changes[id];
        _describe(change_, target, terms);
        change_.state = ChangeState.Enacted;
        change_.noticeEndsAt = change_.announcedAt;
        change_.diesAt = change_.announcedAt;
        _emitAnnounced(id, change_, terms);
        _apply(id, target, change_.comparedVersion, terms);
    }

    function _announceHurtful(
        uint256 id,
        address target,
        uint8 impact,
        bytes calldata terms
    ) private {
        uint64 until = cooldownUntil();
        if (block.timestamp < until) revert Cooldown(until);
        Change storage change_ = _changes[id];
        _describe(change_, target, terms);
        change_.impact = impact;
        change_.state = ChangeState.Pending;
        uint64 noticeEndsAt = change_.announcedAt + _noticePeriod;
        change_.noticeEndsAt = noticeEndsAt;
        if (target == _points) _requireSoonAfter(noticeEndsAt, terms);
        if (impact & HURTS_HOLDERS != 0 && _budgetPerRound() != 0) {
            uint32 round = IBuyback(_buyback).firstRoundFrom(noticeEndsAt);
            change_.lastRoundOwed = true;
            change_.firstEligibleRound = round;
            // One round without cover may be followed by one more.
            change_.diesAt = IBuyback(_buyback).roundOf(round + 1).closesAt + TIME_TO_ENACT;
        } else {
            change_.diesAt = noticeEndsAt + TIME_TO_ENACT;
        }
        _unresolved = id;
        _emitAnnounced(id, change_, terms);
    }

    /// @dev What all changes have.
    function _describe(Change storage change_, address target, bytes calldata terms) private {
        change_.target = target;
        change_.comparedVersion = _newestVersion(target);
        change_.announcedAt = uint64(block.timestamp);
        change_.supplyAtAnnouncement = _supply();
        change_.termsHash = keccak256(terms);
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
            change_.supplyAtAnnouncement,
            terms
        );
    }

    function _apply(
        uint256 id,
        address target,
        uint32 comparedVersion,
        bytes calldata terms
    ) private {
        emit ChangeEnacted(id, target, comparedVersion + 1);
        IPoints(target).applyTerms(terms);
    }

    function _strike(uint256 id, Change storage change_, uint96 needed) private {
        change_.state = ChangeState.StruckDown;
        _coolDown();
        emit ChangeStruckDown(id, change_.objections, needed);
    }

    /// @dev The pending change is no more, and the next hurtful one has to wait.
    function _coolDown() private {
        _unresolved = 0;
        _cooldownUntil = uint64(block.timestamp) + _noticePeriod;
    }

    function _pending(uint256 id) private view returns (Change storage change_) {
        change_ = _changes[id];
        ChangeState state = _stateOf(change_);
        if (state != ChangeState.Pending) revert NotPending(id, state);
    }

    function _inNotice(uint256 id) private view returns (Change storage change_) {
        change_ = _pending(id);
        if (block.timestamp >= change_.noticeEndsAt) revert NoticeOver(change_.noticeEndsAt);
    }

    function _stateOf(Change storage change_) private view returns (ChangeState state) {
        state = change_.state;
        if (state == ChangeState.Pending && block.timestamp >= change_.diesAt)
            state = ChangeState.Dead;
    }

    /// @dev The epoch that a rule set waits for starts soon after its notice.
    function _requireSoonAfter(uint64 noticeEndsAt, bytes calldata terms) private view {
        uint32 notBefore = abi.decode(terms, (RuleSetTerms)).notBefore;
        uint256 sinceStart = noticeEndsAt + MAX_WAIT - IPoints(_points).startsAt();
        uint32 latest = uint32(sinceStart / IPoints(_points).epochLength());
        if (notBefore > latest) revert NotBeforeTooLate(notBefore, latest);
    }

    /// @dev The close (unix seconds) of the last round that was owed; 0 while none has closed with its whole budget.
    function _lastRoundOf(Change storage change_) private view returns (uint64 closedAt) {
        uint32 round = change_.firstEligibleRound;
        for (uint32 tries = 0; tries < 2 && closedAt == 0; tries++) {
            IBuyback.Round memory candidate = IBuyback(_buyback).roundOf(round + tries);
            if (_isCovered(candidate)) closedAt = candidate.closesAt;
        }
    }

    function _isCovered(IBuyback.Round memory round) private pure returns (bool) {
        return round.settled && round.covered;
    }

    function _newestVersion(address target) private view returns (uint32) {
        if (target == _points) return IPoints(target).ruleSetCount() - 1;
        return IBuyback(target).termsCount() - 1;
    }

    /// @dev Base units of the settlement token, by the newest buyback terms: no round that is still to open has older ones.
    function _budgetPerRound() private view returns (uint128) {
        (, BuybackTerms memory terms) = IBuyback(_buyback).terms(_newestVersion(_buyback));
        return terms.budgetPerRound;
    }

    function _neededRoundedUp(Change storage change_) private view returns (uint96) {
        uint256 supply = Math.min(change_.supplyAtAnnouncement, _supply());
        uint256 share = Math.ceilDiv(supply * _objectionThresholdBps, BPS);
        return uint96(Math.max(share, LEAST_NEEDED));
    }

    /// @dev Balances and the supply are 96 bits.
    function _supply() private view returns (uint96) {
        return uint96(IERC20(_points).totalSupply());
    }
}
