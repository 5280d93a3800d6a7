// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {BuybackTerms, IBuyback} from "../../../../src/interfaces/IBuyback.sol";

/// @notice Ghost of the buyback: judges every round at the very moment of its close, with the money that was there then,
/// whenever the chain gets to it.
contract RoundBook {
    struct Version {
        uint32 fromRound;
        BuybackTerms terms;
    }

    /// @notice What a round must come to.
    struct Result {
        bool covered;
        bool seenSettled;
        uint32 version;
        uint256 filled;
        uint256 payout;
    }

    uint256 public constant UNITS_PER_POINT = 100;

    IBuyback public immutable buyback;
    uint256 public immutable firstRoundAt;
    uint256 public immutable period;
    uint256 public immutable window;

    uint256 public reserve;
    /// @notice Owed by closed rounds, settled or not.
    uint256 public owed;
    /// @notice Rounds below this one are closed.
    uint32 public closed;
    mapping(uint32 round => uint256) public tendered;
    mapping(uint32 round => mapping(address holder => uint256)) public amountOf;
    mapping(uint32 round => mapping(address holder => bool)) public moneyClaimed;
    mapping(uint32 round => mapping(address holder => bool)) public pointsClaimed;
    /// @notice Base units of points in escrow.
    uint256 public escrow;
    /// @notice Base units of points bought and burned.
    uint256 public burned;
    Version[] private versions;
    mapping(uint32 round => Result) private results;
    mapping(uint32 round => address[]) private tenderers;
    mapping(uint32 round => mapping(address holder => bool)) private isTenderer;
    uint32[] private tenderedRounds;

    constructor(IBuyback buyback_, BuybackTerms memory opening) {
        buyback = buyback_;
        firstRoundAt = buyback_.firstRoundAt();
        period = buyback_.period();
        window = buyback_.window();
        versions.push(Version(0, opening));
    }

    /// @notice Judges the rounds that have closed by `now_`; nothing has changed since the last call.
    function passTo(uint256 now_) external {
        while (closesAt(closed) <= now_) {
            _judge(closed);
            closed++;
        }
    }

    function _judge(uint32 round) private {
        Result storage result = results[round];
        result.version = versionOf(round);
        BuybackTerms memory terms = versions[result.version].terms;
        uint256 free = reserve - owed;
        result.covered = free >= terms.budgetPerRound;
        uint256 budget = result.covered ? terms.budgetPerRound : free;
        uint256 affordable = (budget * UNITS_PER_POINT) / terms.pricePerPoint;
        result.filled = tendered[round] < affordable ? tendered[round] : affordable;
        result.payout = (result.filled * terms.pricePerPoint) / UNITS_PER_POINT;
        owed += result.payout;
    }

    function publish(uint32 fromRound, BuybackTerms calldata terms) external {
        versions.push(Version(fromRound, terms));
    }

    function tender(uint32 round, address holder, uint256 amount) external {
        if (!isTenderer[round][holder]) {
            if (tenderers[round].length == 0) tenderedRounds.push(round);
            isTenderer[round][holder] = true;
            tenderers[round].push(holder);
        }
        tendered[round] += amount;
        amountOf[round][holder] += amount;
        escrow += amount;
    }

    function untender(uint32 round, address holder, uint256 amount) external {
        tendered[round] -= amount;
        amountOf[round][holder] -= amount;
        escrow -= amount;
    }

    /// @notice The chain has settled this round.
    /// @return filled Base units of points that it must have burned.
    function seeSettled(uint32 round) external returns (uint256 filled) {
        results[round].seenSettled = true;
        filled = results[round].filled;
        escrow -= filled;
        burned += filled;
    }

    function claimPoints(uint32 round, address holder) external {
        pointsClaimed[round][holder] = true;
        escrow -= returnedOf(round, holder);
    }

    function claimMoney(uint32 round, address holder) external {
        moneyClaimed[round][holder] = true;
        owed -= paidOf(round, holder);
        reserve -= paidOf(round, holder);
    }

    function add(uint256 amount) external {
        reserve += amount;
    }

    function take(uint256 amount) external {
        reserve -= amount;
    }

    /// @notice Base units of the settlement token for the holder's points in a closed round.
    function paidOf(uint32 round, address holder) public view returns (uint256) {
        if (round >= closed || tendered[round] == 0) return 0;
        return (amountOf[round][holder] * results[round].payout) / tendered[round];
    }

    /// @notice Base units of points that come back to the holder from a closed round.
    function returnedOf(uint32 round, address holder) public view returns (uint256) {
        if (round >= closed || tendered[round] == 0) return 0;
        uint256 left = tendered[round] - results[round].filled;
        return (amountOf[round][holder] * left) / tendered[round];
    }

    /// @notice What the operator may take: neither what is owed nor the budgets of the open and the next round.
    function withdrawable(uint256 now_) external view returns (uint256) {
        uint256 kept = owed;
        uint32 next = firstNotOpen(now_);
        kept += versions[versionOf(next)].terms.budgetPerRound;
        if (next > 0 && closesAt(next - 1) > now_) {
            kept += versions[versionOf(next - 1)].terms.budgetPerRound;
        }
        return reserve > kept ? reserve - kept : 0;
    }

    /// @notice The first round that has not opened.
    function firstNotOpen(uint256 now_) public view returns (uint32) {
        return now_ < firstRoundAt ? 0 : uint32((now_ - firstRoundAt) / period + 1);
    }

    /// @notice The first round that opens at or after a moment, found step by step.
    function firstRoundFrom(uint256 moment) external view returns (uint32 round) {
        while (opensAt(round) < moment) round++;
    }

    /// @notice The round that is open, if there is one.
    function openRound(uint256 now_) external view returns (bool open, uint32 round) {
        if (now_ < firstRoundAt) return (false, 0);
        round = firstNotOpen(now_) - 1;
        open = closesAt(round) > now_;
    }

    function opensAt(uint256 round) public view returns (uint256) {
        return firstRoundAt + round * period;
    }

    function closesAt(uint256 round) public view returns (uint256) {
        return opensAt(round) + window;
    }

    function versionOf(uint32 round) public view returns (uint32 version) {
        for (uint256 i = 0; i < versions.length; i++) {
            if (versions[i].fromRound <= round) version = uint32(i);
        }
    }

    function versionCount() external view returns (uint256) {
        return versions.length;
    }

    function versionAt(uint256 index) external view returns (Version memory) {
        return versions[index];
    }

    function newest() external view returns (BuybackTerms memory) {
        return versions[versions.length - 1].terms;
    }

    function resultOf(uint32 round) external view returns (Result memory) {
        return results[round];
    }

    function tendererCount(uint32 round) external view returns (uint256) {
        return tenderers[round].length;
    }

    function tendererAt(uint32 round, uint256 index) external view returns (address) {
        return tenderers[round][index];
    }

    /// @notice How many rounds have, or had, tenders.
    function tenderedCount() external view returns (uint256) {
        return tenderedRounds.length;
    }

    function tenderedAt(uint256 index) external view returns (uint32) {
        return tenderedRounds[index];
    }
}
