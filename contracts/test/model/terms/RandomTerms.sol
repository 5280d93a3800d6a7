// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Rule, RuleSetTerms} from "../../../src/interfaces/IPoints.sol";
import {Line} from "../signatures/StatementPacking.sol";

/// @notice Rule sets and statements whose numbers are small enough to meet caps and budgets
/// halfway, with the types' maxima among them.
library RandomTerms {
    /// @notice Ids that rule sets choose from; whatever is above stays undefined for ever.
    uint256 internal constant IDS = 6;
    uint8 internal constant UNDEFINED_ID = 200;

    function draw(uint256 seed, uint32 now_) internal pure returns (RuleSetTerms memory terms) {
        uint256 mask = 1 + (_roll(seed, "ids") % (2 ** IDS - 1));
        uint256 count = 0;
        for (uint256 id = 0; id < IDS; id++) count += (mask >> id) & 1;
        terms.rules = new Rule[](count);
        uint256 next = 0;
        for (uint8 id = 0; id < IDS; id++) {
            if ((mask >> id) & 1 == 1)
                terms.rules[next++] = _rule(_rollEach(seed, "rule", id), id, now_);
        }
        uint256 delay = _roll(seed, "notBefore") % 8;
        if (delay > 3) terms.notBefore = now_ + uint32(delay - 3);
        terms.documentHash = bytes32(_roll(seed, "document") % 3);
        uint256 kind = _roll(seed, "budget kind") % 8;
        uint256 amount = _roll(seed, "budget");
        if (kind == 0) terms.budgetPerEpoch = 0;
        else if (kind == 1) terms.budgetPerEpoch = type(uint96).max;
        else if (kind < 6) terms.budgetPerEpoch = uint96(1 + (amount % 60_000));
        else terms.budgetPerEpoch = uint96(1 + (amount % 2_000_000));
    }

    /// @notice Lines of up to four rules, ascending, now and then of no rule that was ever defined
    /// or out of order.
    function drawLines(uint256 seed) internal pure returns (Line[] memory lines) {
        uint256 count = _roll(seed, "lines") % 5;
        lines = new Line[](count);
        uint256 id = _roll(seed, "first") % 3;
        for (uint256 i = 0; i < count; i++) {
            lines[i] = _line(_rollEach(seed, "line", i), uint8(id));
            id += 1 + (_rollEach(seed, "step", i) % 2);
            if (id >= IDS && i + 1 < count) {
                Line[] memory fewer = new Line[](i + 1);
                for (uint256 j = 0; j <= i; j++) fewer[j] = lines[j];
                return _spoil(seed, fewer);
            }
        }
        return _spoil(seed, lines);
    }

    function _spoil(uint256 seed, Line[] memory lines) private pure returns (Line[] memory) {
        uint256 kind = _roll(seed, "spoil") % 24;
        if (lines.length > 0 && kind == 0) lines[lines.length - 1].ruleId = UNDEFINED_ID;
        if (lines.length > 1 && kind == 1) {
            (lines[0].ruleId, lines[1].ruleId) = (lines[1].ruleId, lines[0].ruleId);
        }
        if (lines.length > 1 && kind == 2) lines[1].ruleId = lines[0].ruleId;
        return lines;
    }

    function _line(uint256 seed, uint8 id) private pure returns (Line memory) {
        uint256 kind = _roll(seed, "line kind") % 16;
        uint32 count = uint32(_roll(seed, "count") % 12);
        uint64 amount = uint64(_roll(seed, "amount") % 20_000);
        if (kind == 0) count = type(uint32).max;
        if (kind == 1) amount = type(uint64).max;
        if (kind == 2) amount = 0;
        return Line(id, count, amount);
    }

    function _rule(uint256 seed, uint8 id, uint32 now_) private pure returns (Rule memory drawn) {
        drawn.id = id;
        drawn.name = string(abi.encodePacked("rule-", bytes1(uint8(97 + id))));
        drawn.text = string(
            abi.encodePacked("Words for members about rule ", bytes1(uint8(97 + id)))
        );
        drawn.perAction = uint64(_roll(seed, "perAction") % 2_000);
        drawn.perUnit = uint64(_roll(seed, "perUnit") % 3_000_000);
        uint256 kind = _roll(seed, "rule kind") % 24;
        if (kind == 0) drawn.perAction = type(uint64).max;
        if (kind == 1) drawn.perUnit = type(uint64).max;
        if (kind == 2) drawn.perAction = 0;
        bool capped = _roll(seed, "capped") % 3 == 0;
        drawn.maxCount = capped ? uint32(_roll(seed, "maxCount") % 8) : type(uint32).max;
        // A cap keeps one huge line from using up every budget of the run.
        drawn.maxPoints = uint64(1 + (_roll(seed, "maxPoints") % 40_000));
        if (_roll(seed, "uncapped") % 12 == 0) drawn.maxPoints = 2 ** 34 - 1;
        drawn.untilEpoch = type(uint32).max;
        uint256 ends = _roll(seed, "ends") % 12;
        if (ends < 3) drawn.untilEpoch = now_ + uint32(_roll(seed, "untilEpoch") % 10);
    }

    function _rollEach(
        uint256 seed,
        string memory what,
        uint256 index
    ) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, what, index)));
    }

    function _roll(uint256 seed, string memory what) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, what)));
    }
}
