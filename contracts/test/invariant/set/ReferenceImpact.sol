// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {BuybackTerms} from "../../../src/interfaces/IBuyback.sol";
import {Rule, RuleSetTerms} from "../../../src/interfaces/IPoints.sol";

/// @notice Whom terms hurt, compared field by field on whole structs, as the table in the design says; no code of the
/// contracts.
library ReferenceImpact {
    uint8 internal constant MEMBERS = 1;
    uint8 internal constant HOLDERS = 2;

    /// @param fromEpoch First epoch of the next terms if they were applied now.
    function ofRules(
        RuleSetTerms memory old,
        RuleSetTerms memory next,
        uint32 fromEpoch
    ) internal pure returns (uint8 flags) {
        if (next.budgetPerEpoch > old.budgetPerEpoch) flags = HOLDERS;
        bool worse =
            next.budgetPerEpoch < old.budgetPerEpoch || next.documentHash != old.documentHash;
        for (uint256 i = 0; i < old.rules.length; i++) {
            if (old.rules[i].untilEpoch <= fromEpoch) continue;
            bool kept = false;
            for (uint256 j = 0; j < next.rules.length; j++) {
                if (next.rules[j].id != old.rules[i].id) continue;
                kept = !_isWorse(next.rules[j], old.rules[i]);
            }
            if (!kept) worse = true;
        }
        if (worse) flags |= MEMBERS;
    }

    function ofBuyback(
        BuybackTerms memory old,
        BuybackTerms memory next
    ) internal pure returns (uint8) {
        bool better =
            next.pricePerPoint >= old.pricePerPoint &&
                next.budgetPerRound >= old.budgetPerRound &&
                next.minTender <= old.minTender;
        bool steady =
            uint256(next.pricePerPoint) <= uint256(old.pricePerPoint) * 2 &&
                uint256(next.minTender) * 2 >= old.minTender;
        return better && (steady || old.budgetPerRound == 0) ? 0 : HOLDERS;
    }

    /// @notice Whether these terms are within the bounds that every version keeps.
    function isPossible(BuybackTerms memory terms, bool backed) internal pure returns (bool) {
        uint256 price = terms.pricePerPoint;
        if (price == 0 || uint256(terms.minTender) * price < 100 * 100) return false;
        if (terms.minTender < 100) return false;
        if (terms.budgetPerRound == 0) return !backed;
        return (uint256(terms.budgetPerRound) * 100) / price >= terms.minTender;
    }

    function _isWorse(Rule memory next, Rule memory old) private pure returns (bool) {
        return
            next.perAction < old.perAction ||
            next.perUnit < old.perUnit ||
            next.maxCount < old.maxCount ||
            next.maxPoints < old.maxPoints ||
            next.untilEpoch < old.untilEpoch;
    }
}
