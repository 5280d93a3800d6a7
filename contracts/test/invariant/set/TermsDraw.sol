// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {BuybackTerms} from "../../../src/interfaces/IBuyback.sol";
import {Rule, RuleSetTerms} from "../../../src/interfaces/IPoints.sol";

/// @notice Terms that differ from the newest ones in a field or two, so that each row of the table is met.
library TermsDraw {
    uint256 private constant MOST_RULES = 4;
    uint32 private constant LONGEST_LEAD = 60;
    uint128 private constant LEAST_PRICE = 20;
    uint128 private constant MOST_PRICE = 5_000;

    function rules(
        uint256 seed,
        RuleSetTerms memory newest,
        uint32 now_
    ) internal pure returns (RuleSetTerms memory next) {
        next = newest;
        next.notBefore = 0;
        if (_roll(seed, "later") % 3 == 0) {
            next.notBefore = now_ + uint32(_roll(seed, "lead") % LONGEST_LEAD);
        }
        uint256 kind = _roll(seed, "kind") % 11;
        if (kind == 10) {
            next.documentHash = bytes32(_roll(seed, "document") % 3);
            return next;
        }
        if (kind == 8) {
            _budget(next, _roll(seed, "budget"));
            kind = 3;
        }
        Rule memory rule = next.rules[_roll(seed, "rule") % next.rules.length];
        if (kind < 2) rule.perAction += uint64(1 + (_roll(seed, "more") % 3));
        else if (kind < 4) rule.perAction -= rule.perAction > 1 ? rule.perAction / 2 : 0;
        else if (kind == 4) _drop(next);
        else if (kind == 5) _add(next, seed);
        else if (kind == 6) _budget(next, _roll(seed, "budget"));
        else if (kind == 7) rule.maxPoints = uint64(1_000 + (_roll(seed, "cap") % 100_000));
        else rule.untilEpoch = now_ + 1 + uint32(_roll(seed, "until") % 30);
        // Something must be worth recording for as long as the run lasts.
        next.rules[0].untilEpoch = type(uint32).max;
        if (next.rules[0].maxPoints < 1_000) next.rules[0].maxPoints = 1_000;
    }

    function buyback(
        uint256 seed,
        BuybackTerms memory newest
    ) internal pure returns (BuybackTerms memory next) {
        next = newest;
        uint256 kind = _roll(seed, "kind") % 12;
        if (kind == 0) next.pricePerPoint = 0;
        else if (kind < 3) next.pricePerPoint += uint128(1 + (_roll(seed, "price") % 50));
        else if (kind < 5) next.pricePerPoint -= uint128(next.pricePerPoint / 4);
        else if (kind < 7) _money(next, _roll(seed, "budget"));
        else if (kind == 7) next.minTender = next.minTender / 2;
        else if (kind == 8) next.minTender += 1 + uint96(_roll(seed, "min") % 100);
        else if (kind == 9) next.pricePerPoint *= uint128(2 + (_roll(seed, "leap") % 2));
        else if (kind == 10) next.minTender = next.minTender / 3;
        if (_roll(seed, "as it is") % 8 == 0 || kind == 0) return next;
        _repair(next);
    }

    /// @dev Into what the contract takes.
    function _repair(BuybackTerms memory next) private pure {
        if (next.pricePerPoint < LEAST_PRICE) next.pricePerPoint = LEAST_PRICE;
        if (next.pricePerPoint > MOST_PRICE) next.pricePerPoint = MOST_PRICE;
        uint256 least = (100 * 100) / next.pricePerPoint + 1;
        if (least < 100) least = 100;
        if (next.minTender < least) next.minTender = uint96(least);
        uint256 cost = (uint256(next.minTender) * next.pricePerPoint) / 100 + 1;
        if (next.budgetPerRound != 0 && next.budgetPerRound < cost)
            next.budgetPerRound = uint128(cost);
    }

    function _money(BuybackTerms memory next, uint256 seed) private pure {
        uint256 kind = seed % 8;
        if (kind == 0) next.budgetPerRound = 0;
        else if (kind < 4) next.budgetPerRound = uint128((seed >> 8) % 60_000);
        else next.budgetPerRound += uint128((seed >> 8) % 10_000);
    }

    function _budget(RuleSetTerms memory next, uint256 seed) private pure {
        uint96 step = uint96(1 + ((seed >> 8) % 20_000));
        if (seed % 2 == 0) next.budgetPerEpoch += step;
        else if (next.budgetPerEpoch > 2 * step) next.budgetPerEpoch -= step;
    }

    function _drop(RuleSetTerms memory next) private pure {
        if (next.rules.length == 1) return;
        Rule[] memory fewer = new Rule[](next.rules.length - 1);
        for (uint256 i = 0; i < fewer.length; i++) fewer[i] = next.rules[i];
        next.rules = fewer;
    }

    function _add(RuleSetTerms memory next, uint256 seed) private pure {
        if (next.rules.length == MOST_RULES) return;
        Rule[] memory more = new Rule[](next.rules.length + 1);
        for (uint256 i = 0; i + 1 < more.length; i++) more[i] = next.rules[i];
        Rule memory added = more[more.length - 1];
        added.id = more[more.length - 2].id + 1;
        added.perAction = uint64(1 + (_roll(seed, "perAction") % 100));
        added.maxCount = type(uint32).max;
        added.maxPoints = uint64(1_000 + (_roll(seed, "maxPoints") % 10_000));
        added.untilEpoch = type(uint32).max;
        // Names and words follow from the id: they never change.
        added.name = string(abi.encodePacked("rule-", bytes1(48 + added.id)));
        added.text = string(abi.encodePacked("words-", bytes1(48 + added.id)));
        next.rules = more;
    }

    function _roll(uint256 seed, string memory what) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, what)));
    }
}
