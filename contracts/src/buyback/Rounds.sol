// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IBuyback} from "../interfaces/IBuyback.sol";
import {IPoints} from "../interfaces/IPoints.sol";
import {ResultWord} from "../libraries/ResultWord.sol";
import {RoundMath} from "../libraries/RoundMath.sol";
import {BuybackVersions} from "./BuybackVersions.sol";

/// @title Rounds: what was tendered, what is in the reserve, and how the one becomes the other
abstract contract Rounds is BuybackVersions {
    using ResultWord for uint256;

    /// @dev The newest round that anybody tendered in: at most this one is not settled and has tenders. Its count is
    /// here and not in the round's own word, so that the first tender of a round needs no new word but the holder's.
    struct Tenders {
        uint32 round;
        uint32 version;
        uint96 tendered;
        uint32 termsCount;
    }

    /// @dev Written as a round is settled, see `ResultWord`. Its payout follows from what was bought and the price of its
    /// version.
    struct Result {
        uint256 word;
    }

    struct Holding {
        uint96 amount;
        bool moneyClaimed;
        bool pointsClaimed;
    }

    Tenders internal _tenders;
    uint128 internal _reserve;
    uint128 internal _owed;
    mapping(uint256 round => Result) private _results;
    /// @dev By round << 160 | holder.
    // Buyback writes it, through pointers that slither does not follow.
    // slither-disable-next-line uninitialized-state
    mapping(uint256 key => Holding) internal _holdings;

    /// @inheritdoc IBuyback
    function reserve() external view returns (uint128) {
        return _reserve;
    }

    /// @inheritdoc IBuyback
    function owed() external view returns (uint128) {
        return _owed;
    }

    /// @inheritdoc IBuyback
    function withdrawable() public view returns (uint128) {
        Tenders memory tenders = _tenders;
        uint256 free = _reserve - _owed;
        (bool exists, uint32 closed) = _newestClosed();
        bool mayBeDue = exists && tenders.round <= closed && tenders.tendered != 0;
        if (mayBeDue && !_results[tenders.round].word.isSettled()) {
            (, , , uint128 payout) = _buy(tenders.version, tenders.tendered, uint128(free));
            free -= payout;
        }
        (uint32 round, bool open) = currentRound();
        uint256 promised = _budgetOf(_versionOf(_nextRound(), tenders.termsCount));
        if (open) promised += _budgetOf(_versionOf(round, tenders.termsCount));
        // Fits: it is the reserve or less.
        return uint128(Math.saturatingSub(free, promised));
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
            filled: result.filled(),
            payout: _payoutOf(result)
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
    /// a round was covered is told before any money comes or goes.
    function _settleDue() internal {
        (bool exists, uint32 closed) = _newestClosed();
        if (!exists) return;
        (uint32 round, uint32 version, uint96 tendered, uint32 count) = (
            _tenders.round,
            _tenders.version,
            _tenders.tendered,
            _tenders.termsCount
        );
        if (round <= closed && tendered != 0) {
            _settleTenders(round, version, tendered);
            if (round == closed) return;
        }
        Result storage result = _results[closed];
        if (!result.word.isSettled()) _settle(result, closed, _versionOf(closed, count), 0);
    }

    /// @dev The round must have closed.
    function _settleTenders(uint32 round, uint32 version, uint96 tendered) internal {
        Result storage result = _results[round];
        if (result.word.isSettled()) return;
        IPoints points_ = IPoints(points());
        uint96 filled = _settle(result, round, version, tendered);
        // The program's own token: burning calls nobody, so nothing can come in between.
        // slither-disable-next-line reentrancy-no-eth,reentrancy-events
        if (filled != 0) points_.burn(filled);
    }

    /// @dev Writes the result of a round; what it bought is still to be burned.
    function _settle(
        Result storage result,
        uint32 round,
        uint32 version,
        uint96 tendered
    ) private returns (uint96 filled) {
        uint128 owed_ = _owed;
        bool covered;
        uint128 budget;
        uint128 payout;
        (covered, budget, filled, payout) = _buy(version, tendered, _reserve - owed_);
        // Can't overflow: the payout is at most what is in the reserve and not owed.
        unchecked {
            _owed = owed_ + payout;
        }
        result.word = ResultWord.pack(tendered, filled, version, covered);
        emit RoundSettled(round, version, covered, budget, tendered, filled, payout);
    }

    /// @dev What a round buys of what was tendered, given the money that is in the reserve and not owed.
    function _buy(
        uint32 version,
        uint96 tendered,
        uint128 free
    ) private view returns (bool covered, uint128 budget, uint96 filled, uint128 payout) {
        uint128 price;
        (price, budget) = _pricingOf(version);
        covered = free >= budget;
        if (!covered) budget = free;
        filled = RoundMath.filledRoundedDown(tendered, budget, price);
        payout = RoundMath.payoutRoundedDown(filled, price);
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

    function _payoutOf(uint256 result) private view returns (uint128) {
        return RoundMath.payoutRoundedDown(result.filled(), _priceOf(result.version()));
    }

    function _paidOf(uint96 amount, uint256 result) internal view returns (uint128) {
        // A round without tenders has nobody to pay.
        if (amount == 0) return 0;
        return RoundMath.paidRoundedDown(amount, _payoutOf(result), result.tendered());
    }

    function _returnedOf(uint96 amount, uint256 result) internal pure returns (uint96) {
        if (amount == 0) return 0;
        return RoundMath.returnedRoundedDown(amount, result.tendered(), result.filled());
    }

    function _keyOf(uint32 round, address holder) internal pure returns (uint256) {
        return (uint256(round) << 160) | uint160(holder);
    }
}
