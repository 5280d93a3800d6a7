// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Rule, RuleSetTerms} from "../../../src/interfaces/IPoints.sol";
import {Line} from "../signatures/StatementPacking.sol";

/// @notice Rule sets and statements over the whole range of every field, its ends more often than
/// chance would have it.
library ExtremeTerms {
    uint256 internal constant MOST_RULES = 32;

    function draw(uint256 seed) internal pure returns (RuleSetTerms memory terms) {
        terms.budgetPerEpoch = uint96(corner(_roll(seed, "budget"), 96));
        if (_roll(seed, "document") % 2 == 0) terms.documentHash = bytes32(_roll(seed, "small"));
        uint256 count =
            1 + (_roll(seed, "count") % (_roll(seed, "many") % 4 == 0 ? MOST_RULES : 5));
        terms.rules = new Rule[](count);
        // Steps of at most 7 keep 32 ids within 0 to 255.
        uint256 id = _roll(seed, "first") % 8;
        for (uint256 i = 0; i < count; i++) {
            terms.rules[i] = drawRule(_rollEach(seed, "rule", i), uint8(id));
            id += 1 + (_rollEach(seed, "step", i) % 7);
        }
    }

    function drawRule(uint256 seed, uint8 id) internal pure returns (Rule memory drawn) {
        drawn.id = id;
        drawn.perAction = uint64(corner(_roll(seed, "perAction"), 64));
        drawn.perUnit = uint64(corner(_roll(seed, "perUnit"), 64));
        drawn.maxCount = uint32(corner(_roll(seed, "maxCount"), 32));
        drawn.maxPoints = uint64(corner(_roll(seed, "maxPoints"), 34));
        drawn.untilEpoch = uint32(corner(_roll(seed, "untilEpoch"), 32));
        drawn.name = string(abi.encodePacked("rule-", id));
        drawn.text = string(abi.encodePacked("words-", id));
    }

    /// @notice A statement for some of the ids of both rule sets, ascending.
    function drawLines(
        uint256 seed,
        Rule[] memory some,
        Rule[] memory others
    ) internal pure returns (Line[] memory lines) {
        bool[256] memory chosen;
        uint256 count = 0;
        for (uint256 i = 0; i < some.length + others.length; i++) {
            uint8 id = i < some.length ? some[i].id : others[i - some.length].id;
            if (chosen[id] || _rollEach(seed, "choose", id) % 3 == 0) continue;
            chosen[id] = true;
            count++;
        }
        lines = new Line[](count);
        uint256 next = 0;
        for (uint256 id = 0; id < 256; id++) {
            if (!chosen[id]) continue;
            lines[next++] = Line({
                ruleId: uint8(id),
                count: uint32(corner(_rollEach(seed, "count", id), 32)),
                amount: uint64(corner(_rollEach(seed, "amount", id), 64))
            });
        }
    }

    /// @notice A number below 2^bits: an end of the range, or one of any size.
    function corner(uint256 seed, uint256 bits) internal pure returns (uint256) {
        uint256 highest = 2 ** bits - 1;
        uint256 kind = seed % 16;
        if (kind == 0) return 0;
        if (kind == 1) return 1;
        if (kind < 4) return highest;
        if (kind == 4) return highest - 1;
        return (seed >> 64) % (2 ** (1 + (_roll(seed, "size") % bits)));
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
