// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Panic} from "@openzeppelin/contracts/utils/Panic.sol";
import {BuybackTerms, IBuyback} from "../interfaces/IBuyback.sol";
import {RoundMath} from "../libraries/RoundMath.sol";
import {RoundClock} from "./RoundClock.sol";

/// @title BuybackVersions: append-only versions of the terms
/// @dev A round keeps its version from its opening on: what is published later holds from a later round on. Until then
/// the newest one that is published in time holds, so several may have the same `fromRound`.
abstract contract BuybackVersions is RoundClock {
    uint8 private constant HURTS_HOLDERS = 2;
    /// @dev Base units of the settlement token that the least tender is worth, and base units of points that it has:
    /// rounding then costs a hundredth of either at most.
    uint256 private constant MIN_TENDER_UNITS = 100;
    /// @dev A better price or a lower minimum is a step of this factor at most; a larger one is given notice of.
    uint256 private constant LARGEST_STEP = 2;

    /// @dev Two words: settling a round reads the first one, tendering the second one. `improved` tells that this version
    /// or an older one with the same `fromRound` was an improvement.
    struct Version {
        uint128 pricePerPoint;
        uint128 budgetPerRound;
        uint96 minTender;
        uint32 fromRound;
        bool improved;
    }

    mapping(uint256 version => Version) private _versions;

    /// @inheritdoc IBuyback
    function termsCount() public view virtual returns (uint32);

    /// @inheritdoc IBuyback
    function terms(
        uint32 version
    ) external view returns (uint32 fromRound, BuybackTerms memory published) {
        if (version >= termsCount()) Panic.panic(Panic.ARRAY_OUT_OF_BOUNDS);
        Version memory found = _versions[version];
        published = BuybackTerms(found.pricePerPoint, found.budgetPerRound, found.minTender);
        return (found.fromRound, published);
    }

    /// @inheritdoc IBuyback
    function termsOf(uint32 round) external view returns (uint32 version) {
        return _versionOf(round, termsCount());
    }

    /// @dev Appends terms that are valid. An improvement of terms that hold from `fromRound` on is the only one for it.
    function _publish(
        BuybackTerms memory next,
        uint32 version,
        uint32 fromRound,
        bool improves
    ) internal {
        bool improved = false;
        if (version != 0) {
            Version storage newest = _versions[version - 1];
            improved = newest.improved && newest.fromRound == fromRound;
        }
        if (improves && improved) revert ImprovedAlready(fromRound);
        _versions[version] = Version(
            next.pricePerPoint,
            next.budgetPerRound,
            next.minTender,
            fromRound,
            improved || improves
        );
        emit TermsPublished(
            version,
            fromRound,
            next.pricePerPoint,
            next.budgetPerRound,
            next.minTender
        );
    }

    /// @dev Compares terms with a version, field by field. Where the budget was 0 nothing was bought at that price and from
    /// that minimum, so they may be made better by any step.
    function _impactOf(BuybackTerms memory next, uint32 version) internal view returns (uint8) {
        Version memory newest = _versions[version];
        if (
            next.pricePerPoint == newest.pricePerPoint &&
            next.budgetPerRound == newest.budgetPerRound &&
            next.minTender == newest.minTender
        ) revert NoChange();
        bool hurts =
            next.pricePerPoint < newest.pricePerPoint ||
                next.budgetPerRound < newest.budgetPerRound ||
                next.minTender > newest.minTender;
        bool leaps =
            newest.budgetPerRound != 0 &&
                (next.pricePerPoint > LARGEST_STEP * newest.pricePerPoint ||
                    LARGEST_STEP * next.minTender < newest.minTender);
        return hurts || leaps ? HURTS_HOLDERS : 0;
    }

    /// @dev The newest of `count` versions that hold for `round`.
    function _versionOf(uint32 round, uint32 count) internal view returns (uint32 version) {
        // Nearly always it is the newest one.
        uint32 end = count - 1;
        if (_versions[end].fromRound <= round) return end;
        // `version` holds for `round` or an earlier one, `end` for a later one.
        while (end - version > 1) {
            uint32 middle = (version + end) / 2;
            if (_versions[middle].fromRound <= round) version = middle;
            else end = middle;
        }
    }

    function _minTenderOf(uint32 version) internal view returns (uint96) {
        return _versions[version].minTender;
    }

    function _budgetOf(uint32 version) internal view returns (uint128) {
        return _versions[version].budgetPerRound;
    }

    function _pricingOf(uint32 version) internal view returns (uint128 price, uint128 budget) {
        Version storage found = _versions[version];
        (price, budget) = (found.pricePerPoint, found.budgetPerRound);
    }

    function _priceOf(uint32 version) internal view returns (uint128) {
        return _versions[version].pricePerPoint;
    }

    /// @param backed Whether the program is: it never stops buying.
    function _validate(BuybackTerms memory next, bool backed) internal pure {
        uint256 price = next.pricePerPoint;
        if (price == 0) revert TermsOutOfBounds("pricePerPoint", 1, type(uint128).max);
        uint256 lowest = Math.max(
            MIN_TENDER_UNITS,
            Math.ceilDiv(MIN_TENDER_UNITS * RoundMath.WHOLE_POINT, price)
        );
        if (next.minTender < lowest) {
            revert TermsOutOfBounds("minTender", lowest, type(uint96).max);
        }
        lowest = Math.ceilDiv(next.minTender * price, RoundMath.WHOLE_POINT);
        if ((backed || next.budgetPerRound != 0) && next.budgetPerRound < lowest) {
            revert TermsOutOfBounds("budgetPerRound", lowest, type(uint128).max);
        }
    }
}
