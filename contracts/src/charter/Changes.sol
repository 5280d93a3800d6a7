// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {CharterSettings, ICharter} from "../interfaces/ICharter.sol";
import {IPoints} from "../interfaces/IPoints.sol";

/// @title Changes: what a charter is created with, the changes that were announced, and where each stands by the clock
abstract contract Changes is ICharter, ERC2771Context {
    uint256 internal constant BPS = 10_000;
    /// @dev Base units, one point: a supply of almost nothing still needs a holder who objects.
    uint256 internal constant LEAST_NEEDED = 100;
    /// @dev The first strike leaves a rest of one notice period; each later one in a row doubles it, up to three times.
    uint256 private constant MAX_DOUBLINGS = 3;
    /// @dev In notice periods: after so long a time without a hurtful change strikes are forgotten.
    uint64 private constant FORGIVEN_AFTER = 8;

    address private _points;
    uint32 private _noticePeriod;
    uint16 private _objectionThresholdBps;
    uint8 private _strikesInARow;
    address private _buyback;
    uint96 private _objectionCap;
    /// @dev What the newest hurtful change that was struck down or withdrawn leaves; a dead one leaves its own by the
    /// clock.
    uint64 private _cooldownUntil;
    uint256 private _changeCount;
    /// @dev The newest hurtful change if it is neither enacted, struck down nor withdrawn: pending, or dead by the clock.
    uint256 private _unresolved;
    /// @dev Never of state `Dead`: the clock tells that.
    mapping(uint256 id => Change) private _changes;

    modifier onlyOperator() {
        address caller = _msgSender();
        if (caller != IPoints(_points).operator()) revert NotOperator(caller);
        _;
    }

    /// @dev Points and Buyback may not be initialised yet: the factory initialises one after the other.
    function _initializeSettings(CharterSettings calldata settings) internal {
        if (settings.points == address(0)) revert InvalidSetting("points");
        if (settings.buyback == address(0) || settings.buyback == settings.points)
            revert InvalidSetting("buyback");
        if (settings.noticePeriod == 0) revert InvalidSetting("noticePeriod");
        if (settings.objectionThresholdBps == 0 || settings.objectionThresholdBps > BPS)
            revert InvalidSetting("objectionThresholdBps");
        if (settings.objectionCap < LEAST_NEEDED) revert InvalidSetting("objectionCap");
        _points = settings.points;
        _buyback = settings.buyback;
        _noticePeriod = settings.noticePeriod;
        _objectionThresholdBps = settings.objectionThresholdBps;
        _objectionCap = settings.objectionCap;
    }

    /// @inheritdoc ICharter
    function points() public view returns (address) {
        return _points;
    }

    /// @inheritdoc ICharter
    function buyback() public view returns (address) {
        return _buyback;
    }

    /// @inheritdoc ICharter
    function noticePeriod() public view returns (uint32) {
        return _noticePeriod;
    }

    /// @inheritdoc ICharter
    function objectionThresholdBps() public view returns (uint16) {
        return _objectionThresholdBps;
    }

    /// @inheritdoc ICharter
    function objectionCap() public view returns (uint96) {
        return _objectionCap;
    }

    /// @inheritdoc ICharter
    function strikesInARow() external view returns (uint8) {
        return _strikesInARow;
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
        return unresolved.diesAt + _rest();
    }

    /// @dev The next change; nothing of it is set.
    function _add() internal returns (uint256 id, Change storage added) {
        id = ++_changeCount;
        added = _changes[id];
    }

    /// @dev Makes a hurtful change the pending one. It must have been announced after the rest of the one before.
    function _suspend(uint256 id, Change storage change_) internal {
        uint64 forgivenFrom = cooldownUntil() + FORGIVEN_AFTER * _noticePeriod;
        if (block.timestamp >= forgivenFrom) _strikesInARow = 0;
        change_.state = ChangeState.Pending;
        _unresolved = id;
    }

    /// @dev Ends what `_suspend` began. Only an enacted change lets the next hurtful one follow at once.
    /// @param isStrike Whether it counts as struck down.
    function _resolve(Change storage change_, ChangeState state, bool isStrike) internal {
        change_.state = state;
        _unresolved = 0;
        if (state == ChangeState.Enacted) {
            _strikesInARow = 0;
            return;
        }
        if (isStrike && _strikesInARow != type(uint8).max) _strikesInARow++;
        _cooldownUntil = uint64(block.timestamp) + _rest();
    }

    /// @dev The newest hurtful change if it is pending or dead; else an empty one.
    function _unresolvedChange() internal view returns (Change storage) {
        return _changes[_unresolved];
    }

    function _changeOf(uint256 id) internal view returns (Change storage) {
        return _changes[id];
    }

    function _pending(uint256 id) internal view returns (Change storage change_) {
        change_ = _changes[id];
        ChangeState state = _stateOf(change_);
        if (state != ChangeState.Pending) revert NotPending(id, state);
    }

    function _inNotice(uint256 id) internal view returns (Change storage change_) {
        change_ = _pending(id);
        if (block.timestamp >= change_.noticeEndsAt) revert NoticeOver(change_.noticeEndsAt);
    }

    function _stateOf(Change storage change_) private view returns (ChangeState state) {
        state = change_.state;
        if (state == ChangeState.Pending && block.timestamp >= change_.diesAt)
            state = ChangeState.Dead;
    }

    /// @dev Seconds without a hurtful change after one that came to nothing.
    function _rest() private view returns (uint64) {
        uint256 strikes = _strikesInARow;
        uint256 doublings = strikes == 0 ? 0 : Math.min(strikes - 1, MAX_DOUBLINGS);
        return uint64(_noticePeriod) << uint8(doublings);
    }

    /// @dev Balances and the supply are 96 bits at most.
    function _supply() internal view returns (uint96) {
        return uint96(IERC20(_points).totalSupply());
    }
}
