// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IPoints, Rule, RuleSetTerms} from "../../../src/interfaces/IPoints.sol";
import {Line} from "../../model/signatures/StatementPacking.sol";
import {ReferenceFormula} from "../../model/terms/ReferenceFormula.sol";

/// @notice Ghost of the rule sets: every version ever published, found by a plain search.
contract RuleBook {
    struct Version {
        uint32 fromEpoch;
        bytes32 packedHash;
        bytes terms;
    }

    IPoints public immutable points;
    mapping(uint256 id => bool) public defined;
    /// @notice The version that governed an epoch when it was first seen to have begun, plus one.
    mapping(uint32 epoch => uint256) public seenVersion;
    uint32[] public seenEpochs;
    Version[] private versions;

    constructor(IPoints points_) {
        points = points_;
    }

    function publish(uint32 fromEpoch, RuleSetTerms memory terms) external {
        versions.push(Version(fromEpoch, _packedHash(uint32(versions.length)), abi.encode(terms)));
        for (uint256 i = 0; i < terms.rules.length; i++) defined[terms.rules[i].id] = true;
    }

    /// @notice Notes which version governs `epoch`, at a time when it has begun.
    function see(uint32 epoch) external {
        if (seenVersion[epoch] != 0) return;
        seenVersion[epoch] = versionOf(epoch) + 1;
        seenEpochs.push(epoch);
    }

    function seenCount() external view returns (uint256) {
        return seenEpochs.length;
    }

    function count() external view returns (uint256) {
        return versions.length;
    }

    function newest() public view returns (RuleSetTerms memory) {
        return abi.decode(versions[versions.length - 1].terms, (RuleSetTerms));
    }

    /// @notice Whether the newest version says the same, whenever it is in force.
    function isRepeated(RuleSetTerms memory terms) external view returns (bool) {
        terms.notBefore = 0;
        RuleSetTerms memory other = newest();
        other.notBefore = 0;
        return keccak256(abi.encode(terms)) == keccak256(abi.encode(other));
    }

    function newestFromEpoch() external view returns (uint32) {
        return versions[versions.length - 1].fromEpoch;
    }

    function versionOf(uint32 epoch) public view returns (uint256 version) {
        for (uint256 i = 0; i < versions.length; i++) {
            if (versions[i].fromEpoch <= epoch) version = i;
        }
    }

    function termsOf(uint32 epoch) public view returns (RuleSetTerms memory) {
        return abi.decode(versions[versionOf(epoch)].terms, (RuleSetTerms));
    }

    function budgetOf(uint32 epoch) external view returns (uint256) {
        return termsOf(epoch).budgetPerEpoch;
    }

    /// @notice The highest budget of an epoch and of all later ones, as far as they are known.
    function highestBudgetFrom(uint32 epoch) external view returns (uint256 highest) {
        for (uint256 i = versionOf(epoch); i < versions.length; i++) {
            uint256 budget = abi.decode(versions[i].terms, (RuleSetTerms)).budgetPerEpoch;
            if (budget > highest) highest = budget;
        }
    }

    function pointsOf(uint32 epoch, Line[] memory lines) external view returns (uint256) {
        return ReferenceFormula.statementPoints(termsOf(epoch).rules, lines, epoch);
    }

    /// @notice Whether a line is of a rule that has lapsed, or that its version does not have.
    function gaps(
        uint32 epoch,
        Line[] memory lines
    ) external view returns (bool lapsed, bool absent) {
        Rule[] memory rules = termsOf(epoch).rules;
        for (uint256 i = 0; i < lines.length; i++) {
            bool found = false;
            for (uint256 j = 0; j < rules.length; j++) {
                if (rules[j].id != lines[i].ruleId) continue;
                found = true;
                if (rules[j].untilEpoch <= epoch) lapsed = true;
            }
            if (!found) absent = true;
        }
    }

    /// @notice Whether version `version` still reads as it did when it was published.
    function unchanged(uint32 version) external view returns (bool) {
        return versions[version].packedHash == _packedHash(version);
    }

    function _packedHash(uint32 version) private view returns (bytes32) {
        (
            uint32 fromEpoch,
            uint96 budgetPerEpoch,
            bytes32 documentHash,
            uint256[] memory rules
        ) = points.ruleSet(version);
        return keccak256(abi.encode(fromEpoch, budgetPerEpoch, documentHash, rules));
    }
}
