// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Rule} from "../../../src/interfaces/IPoints.sol";
import {Line} from "../signatures/StatementPacking.sol";

/// @notice The earning formula as design and interface describe it, on whole structs and 256-bit
/// numbers: slow, plain, and sharing no code with the contract.
library ReferenceFormula {
    uint256 internal constant AMOUNT_SCALE = 1_000_000;
    uint256 internal constant MAX_STATEMENT_POINTS = 2 ** 34 - 1;

    function linePointsRoundedDown(
        Rule memory rule,
        Line memory line,
        uint256 epoch
    ) internal pure returns (uint256) {
        if (epoch >= rule.untilEpoch) return 0;
        uint256 counted = min(line.count, rule.maxCount);
        uint256 points =
            counted * rule.perAction + (uint256(line.amount) * rule.perUnit) / AMOUNT_SCALE;
        return min(points, rule.maxPoints);
    }

    function statementPoints(
        Rule[] memory rules,
        Line[] memory lines,
        uint256 epoch
    ) internal pure returns (uint256 points) {
        for (uint256 i = 0; i < lines.length; i++) {
            for (uint256 j = 0; j < rules.length; j++) {
                if (rules[j].id != lines[i].ruleId) continue;
                points += linePointsRoundedDown(rules[j], lines[i], epoch);
            }
        }
        return min(points, MAX_STATEMENT_POINTS);
    }

    function min(uint256 a, uint256 b) internal pure returns (uint256) {
        return a < b ? a : b;
    }
}
