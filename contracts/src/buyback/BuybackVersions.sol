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
    /// @dev Base units of the settlement token that the least tender is worth: rounding then costs a hundredth at most.
    uint256 private constant MIN_TENDER_WORTH = 100;

    /// @dev Two words: settling a round reads the first one, tendering the second one.
    struct Version {
        uint128 pricePerPoint;
        uint128 budgetPerRound;
        uint96 minTender;
        uint32 fromRound;
    }

    mapping(uint256 version => Version) private _versions;

    /// @inheritdoc IBuyback
    function termsCount() public view virtual returns (uint32);

    /// @inheritdoc IBuyback
    function impact(bytes calldata terms_) external view returns (uint8 flags) {
        BuybackTerms memory next = abi.decode(terms_, (BuybackTerms));
        _validate(next);
        Version memory newest = _versions[termsCount() - 1];
        bool hurts =
            next.pricePerPoint < newest.pricePerPoint ||
                next.budgetPerRound < newest.budgetPerRound ||
                next.minTender > newest.minTender;
        return hurts ? HURTS_HOLDERS : 0;
    }

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

    function _publish(BuybackTerms memory next, uint32 version, uint32 fromRound) internal {
        _validate(next);
        _versions[version] = Version(
            next.pricePerPoint,
            next.budgetPerRound,
            next.minTender,
            fromRound
        );
        emit TermsPublished(
            version,
            fromRound,
            next.pricePerPoint,
            next.budgetPerRound,
            next.minTender
        );
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

    function _validate(BuybackTerms memory next) private pure {
        uint256 price = next.pricePerPoint;
        if (price == 0) revert TermsOutOfBounds("pricePerPoint", 1, type(uint128).max);
        uint256 lowest = Math.ceilDiv(MIN_TENDER_WORTH * RoundMath.WHOLE_POINT, price);
        if (next.minTender < lowest) {
            revert TermsOutOfBounds("minTender", lowest, type(uint96).max);
        }
        lowest = Math.ceilDiv(next.minTender * price, RoundMath.WHOLE_POINT);
        if (next.budgetPerRound != 0 && next.budgetPerRound < lowest) {
            revert TermsOutOfBounds("budgetPerRound", lowest, type(uint128).max);
        }
    }
}
