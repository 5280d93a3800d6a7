// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {BuybackTerms, IBuyback} from "../interfaces/IBuyback.sol";
import {ICharter} from "../interfaces/ICharter.sol";
import {IPoints} from "../interfaces/IPoints.sol";
import {RoundMath} from "../libraries/RoundMath.sol";
import {Rounds} from "./Rounds.sol";

/// @title Cover: what the free money (in the reserve and not owed) is promised for
/// @dev A backed program keeps supply * price <= free money * 100 in every state, with the highest price that is promised.
/// A mint asks `backing`, a withdrawal leaves it, a higher price is refused without it. Settling keeps it: what a round pays
/// is at most what it burns is worth.
abstract contract Cover is Rounds {
    /// @inheritdoc IBuyback
    function impact(bytes calldata terms_) external view returns (uint8) {
        return _judge(abi.decode(terms_, (BuybackTerms)), _tenders);
    }

    /// @inheritdoc IBuyback
    function backing() external view returns (uint96) {
        Tenders memory tenders = _tenders;
        uint256 price = _highestPrice(tenders);
        if (_isUnsettled(tenders)) price = Math.max(price, _priceOf(tenders.version));
        uint256 affordable = (uint256(_free()) * RoundMath.WHOLE_POINT) / price;
        return uint96(Math.min(affordable, type(uint96).max));
    }

    /// @inheritdoc IBuyback
    function withdrawable() public view returns (uint128) {
        Tenders memory tenders = _tenders;
        (uint128 free, uint256 burned) = _freeAfterDue(tenders);
        uint256 promised = _budgetOf(_versionOf(_nextRound(), tenders.termsCount));
        (uint32 round, bool open) = currentRound();
        if (open) promised += _budgetOf(_versionOf(round, tenders.termsCount));
        if (tenders.backed)
            promised = Math.max(promised, _backedRoundedUp(_highestPrice(tenders), burned));
        // Fits: it is the reserve or less.
        return uint128(Math.saturatingSub(free, promised));
    }

    /// @dev Whom the terms hurt; refuses them if the money for what gets better is not there. What is due counts as settled.
    function _judge(
        BuybackTerms memory next,
        Tenders memory tenders
    ) internal view returns (uint8 flags) {
        _validate(next, tenders.backed);
        uint32 newest = tenders.termsCount - 1;
        flags = _impactOf(next, newest);
        (uint128 price, uint128 budget) = _pricingOf(newest);
        (uint128 free, uint256 burned) = _freeAfterDue(tenders);
        if (next.budgetPerRound > budget && next.budgetPerRound > free)
            revert NotCovered(next.budgetPerRound, free);
        if (tenders.backed && next.pricePerPoint > price) {
            uint256 needed = _worthRoundedUp(_supply() - burned, next.pricePerPoint);
            if (needed > free) revert NotCovered(needed, free);
        }
    }

    /// @dev Call it before money comes in, when what is due is settled: a round that is open and lacks money is not covered,
    /// whatever comes.
    function _markIfLacking() internal {
        (uint32 round, bool open) = currentRound();
        if (!open) return;
        uint128 budget = _budgetOf(_versionOf(round, _tenders.termsCount));
        if (_free() < budget) _tenders.afterLacking = round + 1;
    }

    /// @dev The free money, and the base units of points that are burned, once what is due is settled.
    function _freeAfterDue(
        Tenders memory tenders
    ) private view returns (uint128 free, uint256 burned) {
        free = _free();
        (bool exists, uint32 closed) = _newestClosed();
        if (!exists || tenders.round > closed || !_isUnsettled(tenders)) return (free, 0);
        // What its budget was is of no account here.
        // slither-disable-next-line unused-return
        (, , uint96 filled, uint128 payout) = _buy(
            tenders.round,
            tenders.version,
            tenders.tendered,
            tenders.backed,
            free
        );
        return (free - payout, filled);
    }

    /// @dev The highest price of a round that is open or to come: later rounds have the newest version.
    function _highestPrice(Tenders memory tenders) private view returns (uint256 price) {
        price = _priceOf(tenders.termsCount - 1);
        (uint32 round, bool open) = currentRound();
        if (open) price = Math.max(price, _priceOf(_versionOf(round, tenders.termsCount)));
    }

    /// @dev Base units of the settlement token that buy all points that there are without the `burned` ones, and all that
    /// may be minted in the epochs that a notice period touches.
    function _backedRoundedUp(uint256 price, uint256 burned) private view returns (uint256) {
        IPoints points_ = IPoints(points());
        uint256 budget = _highestBudget(points_);
        uint256 epochs =
            Math.ceilDiv(ICharter(charter()).noticePeriod(), points_.epochLength()) + 1;
        return _worthRoundedUp(_supply() - burned, price) + _worthRoundedUp(budget * epochs, price);
    }

    /// @dev The highest budget of an epoch that is not over. Few versions are not in force yet: an improvement waits until the
    /// newest one is, and a hurtful change has had its notice.
    function _highestBudget(IPoints points_) private view returns (uint256 highest) {
        uint32 count = points_.ruleSetCount();
        uint32 version = points_.ruleSetOf(points_.currentEpoch());
        for (; version < count; version++) {
            highest = Math.max(highest, _budgetPerEpoch(points_, version));
        }
    }

    function _budgetPerEpoch(IPoints points_, uint32 version) private view returns (uint96 budget) {
        // Nothing else of the version counts here; and few versions are asked.
        // slither-disable-next-line unused-return,calls-loop
        (, budget, , ) = points_.ruleSet(version);
    }

    function _supply() private view returns (uint256) {
        return IERC20(points()).totalSupply();
    }

    /// @dev Base units of the settlement token. Can't overflow: 96 bits of points, or of a budget times the epochs of 60
    /// days, at a price of 128 bits.
    function _worthRoundedUp(uint256 amount, uint256 price) private pure returns (uint256) {
        return Math.ceilDiv(amount * price, RoundMath.WHOLE_POINT);
    }
}
