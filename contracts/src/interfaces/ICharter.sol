// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @notice What a charter is created with. Nothing of it ever changes.
/// @param points The program's Points contract, one of the two targets.
/// @param buyback The program's Buyback contract, the other one.
/// @param noticePeriod Seconds between the announcement of a hurtful change and the end of its notice.
/// @param objectionThresholdBps Basis points of the supply whose objection strikes a change down: 100 is 1 %.
/// @param objectionCap Base units of points whose objection strikes a change down, whatever the supply.
struct CharterSettings {
    address points;
    address buyback;
    uint32 noticePeriod;
    uint16 objectionThresholdBps;
    uint96 objectionCap;
}

/// @title Charter: the one door for every change of terms
/// @notice Applies a change of terms that hurts nobody as it is announced. What hurts members or holders waits for
/// its notice, during which holders may object, and where it hurts holders also for a last round on the old terms.
/// @dev A change is (target, terms): the target is this program's Points (a rule set) or Buyback (buyback terms),
/// and the terms are the bytes that its `applyTerms` takes. The target itself says whom they hurt (`impact`).
interface ICharter {
    /// @notice Where a change stands.
    /// @dev `Dead` is told by the clock: a pending change that was not enacted before `diesAt`.
    enum ChangeState {
        None,
        Pending,
        Enacted,
        StruckDown,
        Withdrawn,
        Dead
    }

    /// @notice One change of terms.
    /// @param target Points or Buyback of this program.
    /// @param impact 1: hurts members; 2: hurts holders; 3: both; 0: an improvement, enacted as it was announced.
    /// @param state Where it stands.
    /// @param lastRoundOwed Whether a covered last round must have closed before it is enacted.
    /// @param comparedVersion Version of the target's terms that it was compared with.
    /// @param firstEligibleRound First round that opens at or after the end of the notice; 0 where none is owed.
    /// @param announcedAt Unix seconds.
    /// @param noticeEndsAt Unix seconds; equal to `announcedAt` for an improvement.
    /// @param diesAt Unix seconds from which it can't be enacted any more; equal to `announcedAt` for an improvement.
    /// @param countedSupply Base units of points that the threshold is of, at most: the smaller of the supply at the
    /// announcement and the supply before the epoch one notice period earlier, the latter counted as a quarter of the former
    /// at least.
    /// @param objections Base units of points objected so far. Releasing them later does not lower this.
    /// @param termsHash keccak256 of the terms; the terms themselves are in `ChangeAnnounced`.
    struct Change {
        address target;
        uint8 impact;
        ChangeState state;
        bool lastRoundOwed;
        uint32 comparedVersion;
        uint32 firstEligibleRound;
        uint64 announcedAt;
        uint64 noticeEndsAt;
        uint64 diesAt;
        uint96 countedSupply;
        uint96 objections;
        bytes32 termsHash;
    }

    /// @notice A change was announced. An improvement is followed by `ChangeEnacted` in the same transaction.
    /// @param id Sequential, from 1.
    /// @param target Points or Buyback of this program.
    /// @param impact 1 members, 2 holders, OR-ed; 0 an improvement.
    /// @param comparedVersion Version of the target's terms that it was compared with.
    /// @param noticeEndsAt Unix seconds.
    /// @param diesAt Unix seconds.
    /// @param lastRoundOwed Whether a covered last round is owed.
    /// @param firstEligibleRound First round that can be it; 0 where none is owed.
    /// @param countedSupply Base units of points that the threshold is of, at most.
    /// @param terms What the target's `applyTerms` takes.
    event ChangeAnnounced(
        uint256 indexed id,
        address indexed target,
        uint8 impact,
        uint32 comparedVersion,
        uint64 noticeEndsAt,
        uint64 diesAt,
        bool lastRoundOwed,
        uint32 firstEligibleRound,
        uint96 countedSupply,
        bytes terms
    );

    /// @notice The terms are applied: the target's event about its new version is in the same transaction.
    /// @param version Version of the target's terms that the change became.
    event ChangeEnacted(uint256 indexed id, address indexed target, uint32 version);

    /// @notice Enough holders objected; final.
    /// @param objections Base units objected.
    /// @param needed Base units that were enough at that moment.
    event ChangeStruckDown(uint256 indexed id, uint96 objections, uint96 needed);

    /// @notice The operator took the change back.
    /// @param counted Whether objections had reached half of what was needed, so that it counts as struck down.
    event ChangeWithdrawn(uint256 indexed id, bool counted);

    /// @notice A holder locked points against a change.
    /// @param amount Base units added by this call.
    /// @param held Base units that the holder has locked against it in all.
    /// @param objections Base units objected by everybody.
    event Objected(
        uint256 indexed id,
        address indexed holder,
        uint96 amount,
        uint96 held,
        uint96 objections
    );

    /// @notice Objected points went back to their holder.
    event ObjectionReleased(uint256 indexed id, address indexed holder, uint96 amount);

    /// @notice The caller is not the operator.
    error NotOperator(address caller);
    /// @notice A setting is impossible.
    /// @param field Name of the setting.
    error InvalidSetting(string field);
    /// @notice Changes are of this program's Points or Buyback only.
    error UnknownTarget(address target);
    /// @notice A hurtful change is pending; a second one, or an improvement of the same target, waits for it.
    error ChangePending(uint256 id);
    /// @notice No hurtful change may be announced before this moment (unix seconds).
    error Cooldown(uint64 until);
    /// @notice The newest rule set is not in force before this epoch; the next improvement waits for it.
    error NewestNotInForce(uint32 fromEpoch);
    /// @notice A rule set would wait for an epoch that starts more than 14 days after the end of its notice, or, where it
    /// hurts nobody, more than 14 days from now.
    /// @param notBefore The epoch that it names.
    /// @param latest Epoch that it may wait for at the latest.
    error NotBeforeTooLate(uint32 notBefore, uint32 latest);
    /// @notice The change does not stand where this call needs it.
    error NotPending(uint256 id, ChangeState state);
    /// @notice These are not the terms that were announced.
    error WrongTerms(uint256 id);
    /// @notice The notice ends at this moment (unix seconds); not before it.
    error NoticeRuns(uint64 noticeEndsAt);
    /// @notice The notice ended at this moment (unix seconds); its verdict is final.
    error NoticeOver(uint64 noticeEndsAt);
    /// @notice No round that counts as the last round has closed with its whole budget in the reserve.
    /// @param firstEligibleRound It, or the round after it, must have.
    error LastRoundOwed(uint32 firstEligibleRound);
    /// @notice The terms were compared with a version that is no longer the newest one.
    error Outdated(uint32 comparedVersion, uint32 newest);
    /// @notice Objections are below what strikes the change down.
    error ThresholdNotReached(uint96 objections, uint96 needed);
    /// @notice An objection locks at least one base unit.
    error NothingToObject();
    /// @notice This holder has nothing locked against this change.
    error NothingToRelease(uint256 id, address holder);

    /// @notice Initialises a clone. The factory calls it as it creates one; it works once.
    function initialize(CharterSettings calldata settings) external;

    /// @notice Announces a change of terms; an improvement is applied at once. Operator only.
    /// @param target Points or Buyback of this program.
    /// @param terms ABI-encoded `RuleSetTerms` or `BuybackTerms`.
    /// @return id Sequential number of the change, from 1.
    function announce(address target, bytes calldata terms) external returns (uint256 id);

    /// @notice Takes a pending change back. Operator only.
    /// @dev No hurtful change may follow for one notice period, or longer: see `cooldownUntil`. What is due of the buyback is
    /// settled first, where a last round was owed.
    function withdraw(uint256 id) external;

    /// @notice Applies a change whose notice, and last round where one is owed, is over. Anybody may call it.
    /// @dev Where a last round is owed, it settles the rounds that are due first.
    /// @param terms The announced terms, as in `ChangeAnnounced`.
    function enact(uint256 id, bytes calldata terms) external;

    /// @notice Locks points of the caller against a pending change until the end of its notice; strikes it down if that is
    /// enough.
    /// @param amount Base units.
    function object(uint256 id, uint96 amount) external;

    /// @notice Strikes a change down whose objections have reached the threshold, during its notice. Anybody may call it.
    function strike(uint256 id) external;

    /// @notice Returns the points that `holder` locked against a change, from the end of its notice on, however it
    /// ended; at once if the operator took it back. Anybody may call it.
    function release(uint256 id, address holder) external;

    /// @notice Returns the program's Points contract.
    function points() external view returns (address);

    /// @notice Returns the program's Buyback contract.
    function buyback() external view returns (address);

    /// @notice Returns the length of a notice in seconds.
    function noticePeriod() external view returns (uint32);

    /// @notice Returns the threshold of objections in basis points of the supply.
    function objectionThresholdBps() external view returns (uint16);

    /// @notice Returns the base units of points whose objection strikes a change down, whatever the supply.
    function objectionCap() external view returns (uint96);

    /// @notice Returns how many changes were struck down in a row, those counted that were withdrawn when objections had
    /// reached half of what was needed. Two or more make every rest longer: twice, four times, eight times a notice period.
    function strikesInARow() external view returns (uint8);

    /// @notice Tells whether a round is one that holders may sell in before a pending change of the buyback terms; a backed
    /// program buys with all of its money in it.
    function isLastRound(uint32 round) external view returns (bool);

    /// @notice Returns how many changes were announced; also the id of the newest one.
    function changeCount() external view returns (uint256);

    /// @notice Returns a change; of state None where there is none.
    function change(uint256 id) external view returns (Change memory);

    /// @notice Returns the hurtful change that is pending; 0 for none.
    function pendingChange() external view returns (uint256 id);

    /// @notice Returns the moment (unix seconds) before which no hurtful change may be announced; 0 or in the past for
    /// none.
    function cooldownUntil() external view returns (uint64);

    /// @notice Returns the moment (unix seconds) before which a pending change can't be enacted: the end of its notice,
    /// or the close of the round that is its last one unless that closes without cover; `diesAt` when both rounds that
    /// could be it closed without cover. It never becomes earlier.
    function earliestEnactment(uint256 id) external view returns (uint64);

    /// @notice Returns the base units whose objection strikes the change down now: the threshold of the smaller of its
    /// `countedSupply` and the supply now, rounded up; at most `objectionCap` and at least one point.
    function objectionsNeeded(uint256 id) external view returns (uint96);

    /// @notice Returns the base units that `holder` has locked against a change and that are not released.
    function objectionOf(uint256 id, address holder) external view returns (uint96);
}
