// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Rule} from "../interfaces/IPoints.sol";

/// @title Formula: what a line of a statement earns
/// @notice A rule is one word: id (8 bits), perAction (64), perUnit (64), maxCount (32), maxPoints (34),
/// untilEpoch (32), from the most significant bit of a 234-bit number. `contracts/ts/formula.ts` computes the same.
library Formula {
    /// @notice `perUnit` is per this many units of amount.
    uint256 internal constant AMOUNT_SCALE = 1e6;
    /// @notice Most base units that one statement can earn: the fields of an account word are 34 bits each.
    uint256 internal constant MAX_STATEMENT_POINTS = 2 ** 34 - 1;
    /// @notice Bits of a rule word.
    uint256 internal constant RULE_BITS = 234;

    uint256 private constant MAX_32 = 2 ** 32 - 1;
    uint256 private constant MAX_64 = 2 ** 64 - 1;

    /// @notice The word of a rule. `maxPoints` must be below 2^34.
    function pack(Rule memory rule) internal pure returns (uint256 word) {
        word = uint256(rule.id) << 226;
        word |= uint256(rule.perAction) << 162;
        word |= uint256(rule.perUnit) << 98;
        word |= uint256(rule.maxCount) << 66;
        word |= uint256(rule.maxPoints) << 32;
        word |= rule.untilEpoch;
    }

    /// @notice Adds what lines earn, each rounded down once, up to the first one whose id is below `lowestId`, or below
    /// that of the line before it, or whose rule is not in `rules`.
    /// @dev In Solidity, with a function for a line, this cost 105 gas a line more.
    /// @param points What is added to.
    /// @param rules Rule words by id, each below its tag.
    /// @param tag The tag of those that are good.
    /// @param cursor Where the lines begin in memory.
    /// @param end Where they end, a whole number of lines later.
    /// @return sum Points with what the lines earn.
    /// @return stoppedAt Where the line begins that was not added; `end` if there is none.
    /// @return nextId One more than the id of the line before it.
    function addKnown(
        uint256 points,
        uint256[256] memory rules,
        uint256 tag,
        uint256 cursor,
        uint256 end,
        uint256 lowestId
    ) internal pure returns (uint256 sum, uint256 stoppedAt, uint256 nextId) {
        // Can't overflow: the products are below 2^96 and 2^128; and at most 256 lines have ascending ids, each below
        // 2^34 points.
        assembly ("memory-safe") {
            for {} 1 {
                cursor := add(cursor, 13)
            } {
                let line := mload(cursor)
                let id := byte(0, line)
                let rule := mload(add(rules, shl(5, id)))
                if or(
                    iszero(lt(cursor, end)),
                    or(lt(id, lowestId), xor(shr(RULE_BITS, rule), tag))
                ) {
                    break
                }
                lowestId := add(id, 1)
                // min(count, maxCount) * perAction + amount * perUnit / AMOUNT_SCALE
                let earned := and(shr(216, line), MAX_32)
                let cap := and(shr(66, rule), MAX_32)
                if gt(earned, cap) {
                    earned := cap
                }
                earned := add(
                    mul(earned, and(shr(162, rule), MAX_64)),
                    div(mul(and(shr(152, line), MAX_64), and(shr(98, rule), MAX_64)), AMOUNT_SCALE)
                )
                cap := and(shr(32, rule), MAX_STATEMENT_POINTS)
                if gt(earned, cap) {
                    earned := cap
                }
                points := add(points, earned)
            }
        }
        return (points, cursor, lowestId);
    }

    /// @notice The id of the rule.
    function idOf(uint256 rule) internal pure returns (uint256) {
        return rule >> 226;
    }

    /// @notice The epoch from which the rule earns nothing.
    function untilEpoch(uint256 rule) internal pure returns (uint256) {
        return rule & MAX_32;
    }

    /// @notice Whether any field of `next` is lower than in `rule`. An absent rule is the word 0.
    function isLower(uint256 next, uint256 rule) internal pure returns (bool) {
        return
            ((next >> 162) & MAX_64) < ((rule >> 162) & MAX_64) ||
            ((next >> 98) & MAX_64) < ((rule >> 98) & MAX_64) ||
            ((next >> 66) & MAX_32) < ((rule >> 66) & MAX_32) ||
            ((next >> 32) & MAX_STATEMENT_POINTS) < ((rule >> 32) & MAX_STATEMENT_POINTS) ||
            untilEpoch(next) < untilEpoch(rule);
    }
}
