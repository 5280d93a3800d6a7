// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ICharter} from "../../../../src/interfaces/ICharter.sol";

/// @notice Ghost of the charter: every change with its obligations, worked out when it was announced.
contract ChangeBook {
    struct Change {
        address target;
        uint8 impact;
        ICharter.ChangeState state;
        bool lastRoundOwed;
        uint32 comparedVersion;
        uint32 firstEligibleRound;
        uint256 announcedAt;
        uint256 noticeEndsAt;
        uint256 diesAt;
        uint256 supply;
        uint256 objections;
        bytes terms;
    }

    uint256 private constant LEAST_THRESHOLD = 100;

    uint256 public immutable noticePeriod;
    uint256 public immutable thresholdBps;
    uint256 public immutable objectionCap;
    /// @notice The hurtful change that is pending; 0 for none.
    uint256 public pending;
    uint256 public cooldownUntil;
    uint256 public strikesInARow;
    /// @notice Base units locked by objections.
    uint256 public escrow;
    mapping(uint256 id => mapping(address holder => uint256)) public objectionOf;
    /// @notice The latest moment that the chain ever named as the earliest one of a change.
    mapping(uint256 id => uint256) public earliestSeen;
    Change[] private changes;

    constructor(uint256 noticePeriod_, uint256 thresholdBps_, uint256 objectionCap_) {
        noticePeriod = noticePeriod_;
        thresholdBps = thresholdBps_;
        objectionCap = objectionCap_;
        changes.push();
    }

    /// @notice Lets a pending change die when its time is over.
    /// @return died Its id; 0 for none.
    function passTo(uint256 now_) external returns (uint256 died) {
        if (pending == 0 || now_ < changes[pending].diesAt) return 0;
        died = pending;
        _end(ICharter.ChangeState.Dead, changes[pending].diesAt, false);
    }

    function announce(Change calldata change_) external {
        changes.push(change_);
        if (change_.state != ICharter.ChangeState.Pending) return;
        pending = changes.length - 1;
        if (change_.announcedAt >= cooldownUntil + 8 * noticePeriod) strikesInARow = 0;
    }

    function object(
        uint256 now_,
        uint256 id,
        address holder,
        uint256 amount,
        uint256 supply
    ) external returns (bool struckDown) {
        objectionOf[id][holder] += amount;
        changes[id].objections += amount;
        escrow += amount;
        return strike(now_, id, supply);
    }

    function strike(uint256 now_, uint256 id, uint256 supply) public returns (bool struckDown) {
        if (changes[id].objections < needed(id, supply)) return false;
        _end(ICharter.ChangeState.StruckDown, now_, true);
        return true;
    }

    /// @return counted Whether it counts as struck down.
    function withdraw(uint256 now_, uint256 supply) external returns (bool counted) {
        counted = changes[pending].objections * 2 >= needed(pending, supply);
        _end(ICharter.ChangeState.Withdrawn, now_, counted);
    }

    function enact(uint256 id) external {
        changes[id].state = ICharter.ChangeState.Enacted;
        pending = 0;
        strikesInARow = 0;
    }

    function release(uint256 id, address holder) external {
        escrow -= objectionOf[id][holder];
        objectionOf[id][holder] = 0;
    }

    /// @notice Notes what the chain names as the earliest moment.
    /// @return kept Whether it has not become earlier.
    function see(uint256 id, uint256 earliest) external returns (bool kept) {
        kept = earliest >= earliestSeen[id];
        if (kept) earliestSeen[id] = earliest;
    }

    /// @notice Base units that strike the change down while the supply is this.
    function needed(uint256 id, uint256 supply) public view returns (uint256) {
        uint256 base = changes[id].supply < supply ? changes[id].supply : supply;
        uint256 share = base * thresholdBps;
        share = share / 10_000 + (share % 10_000 == 0 ? 0 : 1);
        if (share > objectionCap) share = objectionCap;
        return share < LEAST_THRESHOLD ? LEAST_THRESHOLD : share;
    }

    function count() external view returns (uint256) {
        return changes.length - 1;
    }

    function changeAt(uint256 id) external view returns (Change memory) {
        return changes[id];
    }

    function _end(ICharter.ChangeState state, uint256 moment, bool strikes) private {
        changes[pending].state = state;
        pending = 0;
        if (strikes) strikesInARow++;
        uint256 rest = noticePeriod;
        for (uint256 i = 2; i <= strikesInARow && i <= 4; i++) rest *= 2;
        cooldownUntil = moment + rest;
    }
}
