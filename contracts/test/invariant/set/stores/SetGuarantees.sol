// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @notice The invariants of the whole set that a handler judges during its calls, since a state alone doesn't show them.
enum SetGuarantee {
    NoticeAndLastRoundAreKept,
    EarliestMomentIsMonotone,
    EndedChangesStayEnded,
    CooldownsAreKept,
    ImprovementsOnlyImprove,
    ImprovementsPayNobodyLess,
    ChangesStandWhereTheyShould,
    RoundsFollowTheirTerms,
    ResultsNeverChange,
    ReserveIsKept,
    NobodyLowersWhatOthersHave,
    DonationsChangeNothing,
    PriceRisesWaitForTheirNotice,
    OrdersStandWhereTheyShould,
    OnlyTheOperatorOperates,
    MovesAreAskedFor,
    CallsDoWhatTheySay
}

/// @notice Remembers how each was broken first.
contract SetGuarantees {
    mapping(SetGuarantee => string) public brokenBy;

    function broken(SetGuarantee guarantee, string calldata how) external {
        if (bytes(brokenBy[guarantee]).length == 0) brokenBy[guarantee] = how;
    }
}
