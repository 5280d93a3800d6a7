// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ProgramSettings} from "../../../src/interfaces/IPrograms.sol";
import {SetPromises} from "./SetPromises.sol";
import {SetGuarantee} from "./stores/SetGuarantees.sol";

/// @notice Each promise of the whole set by its name; README.md of the folder above says them in words. Every run ends
/// with everybody getting everything out.
abstract contract SetInvariants is SetPromises {
    function invariant_supplyIsSettledLessBurnedAndTheSumOfBalances() public view {
        _assertSupply();
    }

    function invariant_mintedDuringAnEpochOfTheClockStaysWithinItsBudget() public {
        _assertBudget();
    }

    function invariant_noHurtfulChangeTakesEffectBeforeItsNoticeAndItsLastRound() public view {
        _assertKept(SetGuarantee.NoticeAndLastRoundAreKept);
        _assertPublishedVersions();
    }

    function invariant_atMostOneHurtfulChangeIsPending() public {
        _assertAtMostOnePending();
    }

    function invariant_theEarliestMomentNeverBecomesEarlier() public view {
        _assertKept(SetGuarantee.EarliestMomentIsMonotone);
    }

    function invariant_aChangeThatHasEndedNeverTakesEffect() public view {
        _assertKept(SetGuarantee.EndedChangesStayEnded);
        _assertPublishedVersions();
    }

    function invariant_theCooldownIsKept() public view {
        _assertKept(SetGuarantee.CooldownsAreKept);
    }

    function invariant_everyChangeStandsWhereItsHoldersAndItsDatesPutIt() public view {
        _assertKept(SetGuarantee.ChangesStandWhereTheyShould);
    }

    function invariant_anImprovementOnlyImproves() public view {
        _assertKept(SetGuarantee.ImprovementsOnlyImprove);
    }

    function invariant_anImprovementPaysNoHolderLess() public view {
        _assertKept(SetGuarantee.ImprovementsPayNobodyLess);
    }

    function invariant_aPublishedVersionNeverChanges() public view {
        _assertPublishedVersions();
    }

    function invariant_escrowCoversAllPointsThatAreOwed() public view {
        _assertPointsInEscrow(type(uint256).max);
    }

    function invariant_theReserveCoversAllMoneyThatIsOwed() public {
        _assertMoneyInReserve();
    }

    function invariant_theOperatorNeverTakesWhatIsOwedOrPromised() public {
        _assertKept(SetGuarantee.ReserveIsKept);
        _assertMoneyInReserve();
    }

    function invariant_sharesNeverExceedTheResultAndDustStaysBelowTheTenders() public view {
        _assertRounds(type(uint256).max);
    }

    function invariant_aRoundIsSettledAsItStoodAtItsCloseAndACoveredOneHadItsWholeBudget()
        public
        view
    {
        _assertKept(SetGuarantee.RoundsFollowTheirTerms);
    }

    function invariant_nobodyLowersWhatAnotherHas() public view {
        _assertKept(SetGuarantee.NobodyLowersWhatOthersHave);
        _assertKept(SetGuarantee.MovesAreAskedFor);
    }

    function invariant_donationsChangeNobodysEntitlement() public view {
        _assertKept(SetGuarantee.DonationsChangeNothing);
    }

    function invariant_aPriceRiseWaitsForItsNotice() public view {
        _assertKept(SetGuarantee.PriceRisesWaitForTheirNotice);
    }

    function invariant_everyOrderStandsWhereItShould() public view {
        _assertKept(SetGuarantee.OrdersStandWhereTheyShould);
        _assertOrders(type(uint256).max);
    }

    function invariant_onlyTheOperatorOperates() public view {
        _assertKept(SetGuarantee.OnlyTheOperatorOperates);
    }

    function invariant_callsDoWhatTheySay() public view {
        _assertKept(SetGuarantee.CallsDoWhatTheySay);
    }
}

/// @notice What a backed program promises on top of that, each by its name.
/// forge-config: default.invariant.runs = 4
/// forge-config: default.invariant.depth = 120
/// forge-config: deep.invariant.runs = 64
/// forge-config: deep.invariant.depth = 500
contract BackedProgramInvariants is SetPromises {
    function _adjust(ProgramSettings memory settings) internal pure override {
        settings.backed = true;
    }

    function invariant_theFreeMoneyBuysEveryPointAtTheHighestPriceThatIsPromised() public {
        _assertBacked();
    }

    function invariant_withdrawalsAndBetterPricesKeepEveryPointBacked() public {
        _assertKept(SetGuarantee.ReserveIsKept);
        _assertKept(SetGuarantee.ChangesStandWhereTheyShould);
        _assertMoneyInReserve();
    }

    function invariant_aLastRoundBuysWithAllMoneyThatIsNotOwed() public view {
        _assertKept(SetGuarantee.RoundsFollowTheirTerms);
        _assertRounds(type(uint256).max);
    }

    function invariant_allPromisesAtOnce() public {
        _assertAllPromises();
    }
}

/// @notice All promises after every call, in the long run: forge gives all campaigns of a contract the same random
/// calls, so that many short ones would look at little.
abstract contract SetCampaign is SetPromises {
    function invariant_allPromisesAtOnce() public {
        _assertAllPromises();
    }
}

/// forge-config: default.invariant.runs = 1
/// forge-config: deep.invariant.runs = 2
contract WholeProgramInvariants is SetInvariants {
    function _adjust(ProgramSettings memory) internal pure override {}
}

/// forge-config: default.invariant.runs = 4
/// forge-config: default.invariant.depth = 120
/// forge-config: deep.invariant.runs = 64
/// forge-config: deep.invariant.depth = 500
contract OftenBuyingCampaign is SetCampaign {
    function _adjust(ProgramSettings memory) internal pure override {}
}

/// @notice Rounds that follow each other without a break, points that may not move, and money without decimals.
/// forge-config: default.invariant.runs = 4
/// forge-config: default.invariant.depth = 120
/// forge-config: deep.invariant.runs = 64
/// forge-config: deep.invariant.depth = 500
contract AlwaysOpenCampaign is SetCampaign {
    function _adjust(ProgramSettings memory settings) internal pure override {
        settings.roundWindow = 3 days;
        settings.roundPeriod = 3 days;
        settings.transferable = false;
        settings.objectionThresholdBps = 2_000;
    }

    function _decimals() internal pure override returns (uint8) {
        return 0;
    }
}

/// @notice Rounds further apart than notices are long, short epochs, and a deadline longer than the notice.
/// forge-config: default.invariant.runs = 4
/// forge-config: default.invariant.depth = 120
/// forge-config: deep.invariant.runs = 64
/// forge-config: deep.invariant.depth = 500
contract SeldomBuyingCampaign is SetCampaign {
    function _adjust(ProgramSettings memory settings) internal pure override {
        settings.roundPeriod = 20 days;
        settings.roundWindow = 6 days;
        settings.epochLength = 12 hours;
        settings.orderDeadline = 10 days;
        settings.objectionThresholdBps = 100;
    }

    function _decimals() internal pure override returns (uint8) {
        return 18;
    }
}

/// @notice Nothing is bought at first; what is announced then owes no last round.
/// forge-config: default.invariant.runs = 2
/// forge-config: default.invariant.depth = 120
/// forge-config: deep.invariant.runs = 64
/// forge-config: deep.invariant.depth = 500
contract NothingBoughtAtFirstCampaign is SetCampaign {
    function _adjust(ProgramSettings memory settings) internal pure override {
        settings.buyback.budgetPerRound = 0;
    }
}
