// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @notice The invariants that a handler judges during its calls, since a state alone doesn't show
/// them.
enum Guarantee {
    StatementsHaveTheOutcomeOfTheirTerms,
    StatementsMintAtMostOnce,
    DelayedMintsAreCompleted,
    MintsAreBacked,
    RevokedKeysNeverSettle,
    OnlyRecordersSettle,
    NothingMintsOutsideSettling,
    BalancesFallByTheirHoldersCall,
    PointsStayWhereTheyAre,
    MalformedBatchesDoNothing,
    RecordersFollowTheSchedule,
    CallsDoWhatTheySay
}

/// @notice Remembers how each was broken first.
contract Guarantees {
    mapping(Guarantee => string) public brokenBy;

    function broken(Guarantee guarantee, string calldata how) external {
        if (bytes(brokenBy[guarantee]).length == 0) brokenBy[guarantee] = how;
    }
}
