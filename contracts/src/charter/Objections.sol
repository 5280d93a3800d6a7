// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ICharter} from "../interfaces/ICharter.sol";
import {IPoints} from "../interfaces/IPoints.sol";
import {Changes} from "./Changes.sol";

/// @title Objections: points that holders lock against a change, and what strikes it down
/// @dev Judged during the notice only, so that its verdict is final when the notice ends.
abstract contract Objections is Changes {
    using SafeERC20 for IERC20;

    /// @dev The supply that a threshold is of is a quarter of the supply at the announcement at least.
    uint256 private constant NEW_POINTS_DIVISOR = 4;

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
        Change storage change_ = _changeOf(id);
        uint64 noticeEndsAt = change_.noticeEndsAt;
        // Not at once when it was struck down: points that are borrowed for one transaction must not strike.
        if (change_.state != ChangeState.Withdrawn && block.timestamp < noticeEndsAt)
            revert NoticeRuns(noticeEndsAt);
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
        _resolve(change_, ChangeState.StruckDown, true);
        emit ChangeStruckDown(id, change_.objections, needed);
    }

    function _neededRoundedUp(Change storage change_) internal view returns (uint96) {
        uint256 supply = Math.min(change_.countedSupply, _supply());
        uint256 share = Math.ceilDiv(supply * objectionThresholdBps(), BPS);
        return uint96(Math.max(Math.min(share, objectionCap()), LEAST_NEEDED));
    }

    /// @dev Base units of points that the threshold is of, at most, for a change that is announced now. Points made since
    /// one notice period ago do not count, so that nobody can drown an objection in new ones; but three quarters of the
    /// supply at most, so that a young program is not in the hands of its first holders.
    function _countedSupply() internal view returns (uint96) {
        IPoints points_ = IPoints(points());
        uint256 supply = _supply();
        uint256 sinceStart = Math.saturatingSub(
            block.timestamp,
            uint256(points_.startsAt()) + noticePeriod()
        );
        uint256 before = points_.supplyBefore(uint32(sinceStart / points_.epochLength()));
        uint256 floor = Math.ceilDiv(supply, NEW_POINTS_DIVISOR);
        return uint96(Math.min(supply, Math.max(before, floor)));
    }
}
