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
    /// @notice Whether the program is: it never stops buying, and buys with all its money in a last round.
    bool public immutable backed;
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
    /// @notice Base units of points that closed rounds have bought, and that the chain has not burned yet.
    uint256 public unburned;
    /// @notice Whether terms became better for the rounds from this one on, until others begin.
    mapping(uint32 round => bool) public improved;
    Version[] private versions;
    mapping(uint32 round => Result) private results;
    mapping(uint32 round => bool) private lacked;
    /// @dev The newest change of the buyback terms that owes holders a last round, and was neither enacted, struck down nor
    /// withdrawn.
    bool private hasLastRounds;
    uint32 private firstLastRound;
    mapping(uint32 round => address[]) private tenderers;
    mapping(uint32 round => mapping(address holder => bool)) private isTenderer;
    uint32[] private tenderedRounds;

    constructor(IBuyback buyback_, BuybackTerms memory opening, bool backed_) {
        buyback = buyback_;
        backed = backed_;
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
        uint256 budget = terms.budgetPerRound;
        result.covered = free() >= budget && !lacked[round];
        if (free() < budget || (backed && isLast(round))) budget = free();
        // Whole base units of money for what is tendered, and the least points that are worth them.
        result.payout = (tendered[round] * terms.pricePerPoint) / UNITS_PER_POINT;
        if (result.payout > budget) result.payout = budget;
        result.filled = (result.payout * UNITS_PER_POINT) / terms.pricePerPoint;
        if (result.filled * terms.pricePerPoint < result.payout * UNITS_PER_POINT) result.filled++;
        unburned += result.filled;
        owed += result.payout;
    }

    /// @notice Base units of the settlement token that no closed round owes.
    function free() public view returns (uint256) {
        return reserve - owed;
    }

    /// @notice Whether holders may sell in this round before terms that hurt them.
    function isLast(uint32 round) public view returns (bool) {
        if (!hasLastRounds) return false;
        uint32 first = firstLastRound;
        if (round == first) return true;
        // One without tenders that nobody settled before the next one closed is as if it had not been.
        bool known = results[first].seenSettled || tendered[first] > 0;
        return round == first + 1 && !(known && results[first].covered);
    }

    /// @notice From this round on holders are owed a last round.
    function oweLastRound(uint32 first) external {
        (hasLastRounds, firstLastRound) = (true, first);
    }

    /// @notice Nobody is owed a last round of the buyback terms any more.
    function oweNothing() external {
        hasLastRounds = false;
    }

    function publish(uint32 fromRound, BuybackTerms calldata terms, bool improves) external {
        versions.push(Version(fromRound, terms));
        if (improves) improved[fromRound] = true;
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
        unburned -= filled;
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

    /// @notice Money comes in. A round that is open and lacked some of its budget is not covered by it.
    function add(uint256 now_, uint256 amount) external {
        (bool open, uint32 round) = openRound(now_);
        if (open && free() < versions[versionOf(round)].terms.budgetPerRound) lacked[round] = true;
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

    /// @notice What the operator may take: neither what is owed nor the budgets of the open and the next round; nor, of a
    /// backed program, what buys every point that there is or that may soon be minted.
    /// @param mintable Base units of points that may be minted in the epochs that a notice period touches.
    function withdrawable(
        uint256 now_,
        uint256 supply,
        uint256 mintable
    ) external view returns (uint256) {
        uint32 next = firstNotOpen(now_);
        uint256 kept = versions[versionOf(next)].terms.budgetPerRound;
        (bool open, uint32 round) = openRound(now_);
        if (open) kept += versions[versionOf(round)].terms.budgetPerRound;
        if (backed) {
            uint256 price = highestPrice(now_);
            uint256 needed =
                worthRoundedUp(supply - unburned, price) + worthRoundedUp(mintable, price);
            if (needed > kept) kept = needed;
        }
        return free() > kept ? free() - kept : 0;
    }

    /// @notice The highest price that is promised in rounds that are open or to come.
    function highestPrice(uint256 now_) public view returns (uint256 price) {
        price = newest().pricePerPoint;
        (bool open, uint32 round) = openRound(now_);
        if (!open) return price;
        uint256 old = versions[versionOf(round)].terms.pricePerPoint;
        if (old > price) price = old;
    }

    /// @notice Base units of the settlement token that buy these points at this price.
    function worthRoundedUp(uint256 amount, uint256 price) public pure returns (uint256) {
        return (amount * price + UNITS_PER_POINT - 1) / UNITS_PER_POINT;
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
    function openRound(uint256 now_) public view returns (bool open, uint32 round) {
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

    function newest() public view returns (BuybackTerms memory) {
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
