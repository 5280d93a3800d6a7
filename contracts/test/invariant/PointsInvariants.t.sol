// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {PointsPromises} from "./PointsPromises.sol";
import {Guarantee} from "./stores/Guarantees.sol";

/// @notice Each promise of Points by its name; README.md says them in words.
abstract contract PointsInvariants is PointsPromises {
    function invariant_supplyIsSettledLessBurnedAndTheSumOfBalances() public view {
        _assertSupply();
    }

    function invariant_theSupplyBeforeAnEpochNeverChangesOnceItHasMinted() public view {
        _assertSupplyBefore();
    }

    function invariant_mintedDuringAnEpochOfTheClockStaysWithinItsBudget() public {
        _assertBudget();
    }

    function invariant_whatABudgetDelayedIsMintedByALaterSettleInsideTheWindow() public view {
        _assertKept(Guarantee.DelayedMintsAreCompleted);
    }

    function invariant_aBackedProgramMintsNothingThatIsNotBacked() public view {
        _assertKept(Guarantee.MintsAreBacked);
    }

    function invariant_aStatementMintsAtMostOnce() public view {
        _assertKept(Guarantee.StatementsMintAtMostOnce);
    }

    function invariant_everyStatementHasTheOutcomeOfItsTerms() public view {
        _assertKept(Guarantee.StatementsHaveTheOutcomeOfTheirTerms);
    }

    function invariant_aPublishedVersionNeverChanges() public view {
        _assertPublishedVersions();
    }

    function invariant_anEpochThatHasBegunNeverChangesItsVersion() public view {
        _assertEpochVersions();
    }

    function invariant_aBalanceFallsOnlyByItsHoldersOwnCall() public view {
        _assertKept(Guarantee.BalancesFallByTheirHoldersCall);
    }

    function invariant_aRevokedKeyNeverSettlesAgain() public view {
        _assertKept(Guarantee.RevokedKeysNeverSettle);
    }

    function invariant_onlyRecordersSettle() public view {
        _assertKept(Guarantee.OnlyRecordersSettle);
    }

    function invariant_recordersFollowTheSchedule() public view {
        _assertKept(Guarantee.RecordersFollowTheSchedule);
    }

    function invariant_nothingMintsOutsideSettling() public view {
        _assertKept(Guarantee.NothingMintsOutsideSettling);
    }

    function invariant_pointsThatMayNotMoveMoveOnlyWithTheirAccount() public view {
        _assertKept(Guarantee.PointsStayWhereTheyAre);
    }

    function invariant_aMalformedBatchDoesNothing() public view {
        _assertKept(Guarantee.MalformedBatchesDoNothing);
    }

    function invariant_callsDoWhatTheySay() public view {
        _assertKept(Guarantee.CallsDoWhatTheySay);
    }
}

/// @notice All promises after every call, in the long run: forge gives all campaigns of a contract
/// the same random calls, so that many short ones would look at little.
abstract contract PointsCampaign is PointsPromises {
    function invariant_allPromisesAtOnce() public {
        _assertAllPromises();
    }
}

/// forge-config: default.invariant.runs = 2
/// forge-config: deep.invariant.runs = 8
contract TransferableInvariants is PointsInvariants {
    function _settlementWindow() internal pure override returns (uint32) {
        return 8;
    }

    function _transferable() internal pure override returns (bool) {
        return true;
    }
}

/// forge-config: default.invariant.runs = 2
/// forge-config: deep.invariant.runs = 8
contract NonTransferableInvariants is PointsInvariants {
    function _settlementWindow() internal pure override returns (uint32) {
        return 40;
    }

    function _transferable() internal pure override returns (bool) {
        return false;
    }
}

contract TransferableShortWindowCampaign is PointsCampaign {
    function _settlementWindow() internal pure override returns (uint32) {
        return 8;
    }

    function _transferable() internal pure override returns (bool) {
        return true;
    }
}

contract TransferableLongWindowCampaign is PointsCampaign {
    function _settlementWindow() internal pure override returns (uint32) {
        return 40;
    }

    function _transferable() internal pure override returns (bool) {
        return true;
    }
}

contract NonTransferableShortWindowCampaign is PointsCampaign {
    function _settlementWindow() internal pure override returns (uint32) {
        return 8;
    }

    function _transferable() internal pure override returns (bool) {
        return false;
    }
}

contract NonTransferableLongWindowCampaign is PointsCampaign {
    function _settlementWindow() internal pure override returns (uint32) {
        return 40;
    }

    function _transferable() internal pure override returns (bool) {
        return false;
    }
}

contract BackedCampaign is PointsCampaign {
    function _settlementWindow() internal pure override returns (uint32) {
        return 12;
    }

    function _transferable() internal pure override returns (bool) {
        return true;
    }

    function _backed() internal pure override returns (bool) {
        return true;
    }
}
