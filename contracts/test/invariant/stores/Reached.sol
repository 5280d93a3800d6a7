// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @notice The states that make settling hard. A test asserts that the handlers reach every one of
/// them, so that the invariants can't hold for want of anything happening.
enum State {
    Settled,
    RepeatedStatement,
    LowerStatement,
    RaisedStatement,
    EpochDropped,
    LateIntoWord,
    GroupSpilled,
    WholeWordSpilled,
    LateIntoRing,
    RingWrittenLate,
    RingReadLate,
    RingSlotTakenOver,
    LastEpochOfTheWindow,
    OlderVersion,
    LapsedRule,
    AbsentRule,
    PartialMint,
    DelayedMintCompleted,
    SkippedFuture,
    SkippedClosed,
    SkippedDisordered,
    SkippedUndefined,
    SkippedForbidden,
    SkippedBudget,
    SkippedNotBacked,
    MalformedBatch,
    SignedByCurrent,
    SignedByEarlier,
    SignedByStranger,
    SignedByRevoked,
    SignedForAnother,
    BatchByWrongKey,
    BatchByRevoked,
    Rotated,
    RotatedTwice,
    CurrentRevoked,
    PendingRevoked,
    CurrentAndPendingRevoked,
    EarlierRevoked,
    VersionPublished,
    VersionRepeated,
    BudgetOfZero,
    Transferred,
    TransferRefused,
    AllowanceSpent,
    Moved,
    Burned,
    Pulled,
    GivenBack,
    PullRefused
}

contract Reached {
    mapping(State => uint256) public times;

    function reach(State state) external {
        times[state]++;
    }
}
