// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
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

    uint256 private constant MAX_32 = type(uint32).max;
    uint256 private constant MAX_64 = type(uint64).max;

    /// @notice The word of a rule. `maxPoints` must be below 2^34.
    function pack(Rule memory rule) internal pure returns (uint256 word) {
        word = uint256(rule.id) << 226;
        word |= uint256(rule.perAction) << 162;
        word |= uint256(rule.perUnit) << 98;
        word |= uint256(rule.maxCount) << 66;
        word |= uint256(rule.maxPoints) << 32;
        word |= rule.untilEpoch;
    }

    /// @notice Base units that one line earns under its rule in `epoch`, rounded down once.
    /// @param count Below 2^32.
    /// @param amount Below 2^64.
    function linePointsRoundedDown(
        uint256 rule,
        uint256 count,
        uint256 amount,
        uint256 epoch
    ) internal pure returns (uint256 points) {
        // Can't overflow: the products are below 2^96 and 2^128. Without branches, which cost 40 gas a line more.
        unchecked {
            uint256 counted = Math.min(count, (rule >> 66) & MAX_32);
            points =
                counted * ((rule >> 162) & MAX_64) +
                (amount * ((rule >> 98) & MAX_64)) / AMOUNT_SCALE;
            points = Math.min(points, (rule >> 32) & MAX_STATEMENT_POINTS);
            points *= SafeCast.toUint(epoch < untilEpoch(rule));
        }
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
