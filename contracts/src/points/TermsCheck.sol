// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IPoints, Rule, RuleSetTerms} from "../interfaces/IPoints.sol";
import {Formula} from "../libraries/Formula.sol";

/// @title TermsCheck: what can be said of rule sets without knowing a program
/// @notice Every clone of Points asks the one that its implementation deployed; it holds nothing and nobody runs it.
contract TermsCheck {
    uint256 private constant MAX_RULES = 32;
    uint256 private constant MAX_RULE_NAME_BYTES = 64;
    uint256 private constant MAX_RULE_TEXT_BYTES = 512;

    uint8 private constant HURTS_MEMBERS = 1;
    uint8 private constant HURTS_HOLDERS = 2;

    /// @notice Refuses terms with a field out of its bounds, and two rules with one name.
    function requireInBounds(RuleSetTerms calldata terms) external pure {
        uint256 count = terms.rules.length;
        if (count == 0 || count > MAX_RULES) revert IPoints.InvalidTerms("rules", 0);
        bytes32[] memory names = new bytes32[](count);
        for (uint256 i = 0; i < count; i++) {
            Rule calldata rule = terms.rules[i];
            if (i > 0 && rule.id <= terms.rules[i - 1].id) revert IPoints.InvalidTerms("id", i);
            if (rule.maxPoints > Formula.MAX_STATEMENT_POINTS)
                revert IPoints.InvalidTerms("maxPoints", i);
            uint256 nameBytes = bytes(rule.name).length;
            if (nameBytes == 0 || nameBytes > MAX_RULE_NAME_BYTES)
                revert IPoints.InvalidTerms("name", i);
            if (bytes(rule.text).length > MAX_RULE_TEXT_BYTES)
                revert IPoints.InvalidTerms("text", i);
            names[i] = keccak256(bytes(rule.name));
            for (uint256 j = 0; j < i; j++) {
                if (names[j] == names[i]) revert IPoints.InvalidTerms("name", i);
            }
        }
    }

    /// @notice Whom `next` hurts, compared with the newest version field by field. Reverts if it is the same.
    /// @param next Terms within bounds.
    /// @param fromEpoch First epoch that they would govern.
    /// @param budgetPerEpoch The newest version's.
    /// @param documentHash The newest version's.
    /// @param rules The newest version's, packed.
    /// @return flags As `IPoints.impact` returns them.
    function impact(
        RuleSetTerms calldata next,
        uint32 fromEpoch,
        uint96 budgetPerEpoch,
        bytes32 documentHash,
        uint256[] calldata rules
    ) external pure returns (uint8 flags) {
        // Zero is an absent rule.
        // slither-disable-next-line uninitialized-local
        uint256[256] memory nextRules;
        for (uint256 i = 0; i < next.rules.length; i++) {
            nextRules[next.rules[i].id] = Formula.pack(next.rules[i]);
        }
        if (next.budgetPerEpoch < budgetPerEpoch) flags |= HURTS_MEMBERS;
        if (next.budgetPerEpoch > budgetPerEpoch) flags |= HURTS_HOLDERS;
        if (next.documentHash != documentHash) flags |= HURTS_MEMBERS;
        bool isSame = flags == 0 && next.rules.length == rules.length;
        for (uint256 i = 0; i < rules.length; i++) {
            uint256 rule = rules[i];
            uint256 nextRule = nextRules[Formula.idOf(rule)];
            if (nextRule != rule) isSame = false;
            // A rule that has lapsed by then promises nothing, so nothing about it can be worse.
            bool hasLapsed = Formula.untilEpoch(rule) <= fromEpoch;
            if (!hasLapsed && Formula.isLower(nextRule, rule)) flags |= HURTS_MEMBERS;
        }
        if (isSame) revert IPoints.NoChange();
    }
}
