// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ICharter} from "../interfaces/ICharter.sol";
import {IPoints} from "../interfaces/IPoints.sol";
import {Changes} from "./Changes.sol";

/// @title Objections: points that holders lock against a change, and what strikes it down
/// @dev Judged during the notice only, so that its verdict is final when the notice ends.
abstract contract Objections is Changes, ERC2771Context {
    using SafeERC20 for IERC20;

    /// @dev One point: a supply of almost nothing still needs a holder who objects.
    uint256 private constant LEAST_NEEDED = 100;

    mapping(uint256 id => mapping(address holder => uint96)) private _objections;

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
        IPoints(points()).pull(holder, amount);
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
        uint64 noticeEndsAt = _changeOf(id).noticeEndsAt;
        if (block.timestamp < noticeEndsAt) revert NoticeRuns(noticeEndsAt);
        uint96 amount = _objections[id][holder];
        if (amount == 0) revert NothingToRelease(id, holder);
        delete _objections[id][holder];
        emit ObjectionReleased(id, holder, amount);
        IERC20(points()).safeTransfer(holder, amount);
    }

    /// @inheritdoc ICharter
    function objectionsNeeded(uint256 id) external view returns (uint96) {
        return _neededRoundedUp(_changeOf(id));
    }

    /// @inheritdoc ICharter
    function objectionOf(uint256 id, address holder) external view returns (uint96) {
        return _objections[id][holder];
    }

    function _strike(uint256 id, Change storage change_, uint96 needed) private {
        _resolve(change_, ChangeState.StruckDown);
        emit ChangeStruckDown(id, change_.objections, needed);
    }

    function _neededRoundedUp(Change storage change_) private view returns (uint96) {
        uint256 supply = Math.min(change_.supplyAtAnnouncement, _supply());
        uint256 share = Math.ceilDiv(supply * objectionThresholdBps(), BPS);
        return uint96(Math.max(share, LEAST_NEEDED));
    }
}
