// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IBuyback} from "../interfaces/IBuyback.sol";
import {ICharter} from "../interfaces/ICharter.sol";
import {IPoints} from "../interfaces/IPoints.sol";
import {ResultWord} from "../libraries/ResultWord.sol";
import {RoundMath} from "../libraries/RoundMath.sol";
import {BuybackVersions} from "./BuybackVersions.sol";

/// @title Rounds: what was tendered, what is in the reserve, and how the one becomes the other
abstract contract Rounds is BuybackVersions {
    using ResultWord for uint256;

    /// @dev The newest round that anybody tendered in: at most this one is not settled and has tenders. Its count is
    /// here and not in the round's own word, so that the first tender of a round needs no new word but the holder's.
    /// `afterLacking` is the round after the newest one to which money came that it lacked while it was open; 0 if there was
    /// none. Such a round is the newest one that has closed, or is still open, when that counts.
    struct Tenders {
        uint32 round;
        uint32 version;
        uint96 tendered;
        uint32 termsCount;
        uint32 afterLacking;
        bool backed;
    }

    /// @dev Written as a round is settled, see `ResultWord`.
    struct Result {
        uint256 word;
    }

    struct Holding {
        uint96 amount;
        bool moneyClaimed;
        bool pointsClaimed;
    }

    Tenders internal _tenders;
    /// @dev The reserve above what settled rounds owe of it, 128 bits each, read and written at once: as two numbers they
    /// cost 250 gas more in every settlement.
    uint256 private _funds;
    mapping(uint256 round => Result) private _results;
    /// @dev By round << 160 | holder.
    // Buyback writes it, through pointers that slither does not follow.
    // slither-disable-next-line uninitialized-state
    mapping(uint256 key => Holding) internal _holdings;

    /// @inheritdoc IBuyback
    function reserve() public view returns (uint128) {
        return uint128(_funds >> 128);
    }

    /// @inheritdoc IBuyback
    function owed() public view returns (uint128) {
        return uint128(_funds);
    }

    /// @inheritdoc IBuyback
    function termsCount() public view override returns (uint32) {
        return _tenders.termsCount;
    }

    /// @inheritdoc IBuyback
    function roundOf(uint32 round) external view returns (Round memory) {
        uint256 result = _results[round].word;
        Round memory found = Round({
            opensAt: _opensAt(round),
            closesAt: _opensAt(round) + window(),
            version: result.version(),
            settled: result.isSettled(),
            covered: result.isCovered(),
            tendered: result.tendered(),
            filled: _filledOf(result),
            payout: result.payout()
        });
        if (!found.settled) {
            Tenders memory tenders = _tenders;
            found.version = _versionOf(round, tenders.termsCount);
            if (tenders.round == round) found.tendered = tenders.tendered;
        }
        return found;
    }

    /// @inheritdoc IBuyback
    function shareOf(uint32 round, address holder) external view returns (Share memory) {
        Holding memory holding = _holdings[_keyOf(round, holder)];
        uint256 result = _results[round].word;
        bool isSettled = result.isSettled();
        return
            Share({
                amount: holding.amount,
                paid: isSettled ? _paidOf(holding.amount, result) : 0,
                returned: isSettled ? _returnedOf(holding.amount, result) : 0,
                moneyClaimed: holding.moneyClaimed,
                pointsClaimed: holding.pointsClaimed
            });
    }

    /// @dev Settles the round with tenders that has closed, if it is not yet, and then the newest closed one: so whether
    /// a round was covered is told before any money comes or goes. Field by field: in memory they cost 200 gas more.
    function _settleDue() internal {
        (bool exists, uint32 closed) = _newestClosed();
        if (!exists) return;
        (uint32 round, uint32 version, uint96 tendered, uint32 afterLacking, bool backed) = (
            _tenders.round,
            _tenders.version,
            _tenders.tendered,
            _tenders.afterLacking,
            _tenders.backed
        );
        if (round <= closed && tendered != 0) {
            _settleTenders(round, version, tendered, afterLacking, backed);
            if (round == closed) return;
        }
        Result storage result = _results[closed];
        if (result.word.isSettled()) return;
        version = _versionOf(closed, _tenders.termsCount);
        _settle(result, closed, version, 0, afterLacking, backed);
    }

    /// @dev The round must have closed.
    function _settleTenders(
        uint32 round,
        uint32 version,
        uint96 tendered,
        uint32 afterLacking,
        bool backed
    ) internal {
        Result storage result = _results[round];
        if (result.word.isSettled()) return;
        IPoints points_ = IPoints(points());
        uint96 filled = _settle(result, round, version, tendered, afterLacking, backed);
        // The program's own token: burning calls nobody, so nothing can come in between.
        // slither-disable-next-line reentrancy-no-eth,reentrancy-events
        if (filled != 0) points_.burn(filled);
    }

    /// @dev Writes the result of a round; what it bought is still to be burned.
    function _settle(
        Result storage result,
        uint32 round,
        uint32 version,
        uint96 tendered,
        uint32 afterLacking,
        bool backed
    ) private returns (uint96 filled) {
        uint256 funds = _funds;
        bool isWhole;
        uint128 budget;
        uint128 payout;
        (isWhole, budget, filled, payout) = _buy(round, version, tendered, backed, _freeOf(funds));
        bool covered;
        // Can't overflow: the payout is at most what is in the reserve and not owed, and 32 bits of rounds last for a century.
        unchecked {
            _funds = funds + payout;
            covered = isWhole && afterLacking != round + 1;
        }
        result.word = ResultWord.pack(payout, tendered, version, covered);
        emit RoundSettled(round, version, covered, budget, tendered, filled, payout);
    }

    /// @dev What a round buys of what was tendered, given the money that is in the reserve and not owed.
    /// @return isWhole Whether that is the whole budget of its terms.
    function _buy(
        uint32 round,
        uint32 version,
        uint96 tendered,
        bool backed,
        uint128 free
    ) internal view returns (bool isWhole, uint128 budget, uint96 filled, uint128 payout) {
        uint128 price;
        (price, budget) = _pricingOf(version);
        isWhole = free >= budget;
        if (!isWhole || (backed && ICharter(charter()).isLastRound(round))) budget = free;
        payout = RoundMath.payoutRoundedDown(tendered, budget, price);
        filled = RoundMath.filledRoundedUp(payout, price);
    }

    function _setFunds(uint128 reserve_, uint128 owed_) internal {
        _funds = (uint256(reserve_) << 128) | owed_;
    }

    /// @dev Base units of the settlement token that are in the reserve and not owed.
    function _free() internal view returns (uint128) {
        return _freeOf(_funds);
    }

    function _freeOf(uint256 funds) private pure returns (uint128) {
        // What is owed is in the reserve.
        unchecked {
            return uint128(funds >> 128) - uint128(funds);
        }
    }

    /// @dev Whether the round of `tenders` has tenders and no result yet.
    function _isUnsettled(Tenders memory tenders) internal view returns (bool) {
        return tenders.tendered != 0 && !_results[tenders.round].word.isSettled();
    }

    /// @dev The result of a round that is settled, or is settled now if that is due.
    function _settledResult(uint32 round) internal returns (uint256 result) {
        result = _results[round].word;
        if (!result.isSettled()) {
            _settleDue();
            result = _results[round].word;
            if (!result.isSettled()) revert RoundNotSettled(round);
        }
    }

    function _filledOf(uint256 result) private view returns (uint96) {
        // Nothing was bought, or there is no result that a version could be of.
        if (result.payout() == 0) return 0;
        return RoundMath.filledRoundedUp(result.payout(), _priceOf(result.version()));
    }

    function _paidOf(uint96 amount, uint256 result) internal pure returns (uint128) {
        // A round without tenders has nobody to pay.
        if (amount == 0) return 0;
        return RoundMath.paidRoundedDown(amount, result.payout(), result.tendered());
    }

    function _returnedOf(uint96 amount, uint256 result) internal view returns (uint96) {
        if (amount == 0) return 0;
        return RoundMath.returnedRoundedDown(amount, result.tendered(), _filledOf(result));
    }

    function _keyOf(uint32 round, address holder) internal pure returns (uint256) {
        return (uint256(round) << 160) | uint160(holder);
    }
}
