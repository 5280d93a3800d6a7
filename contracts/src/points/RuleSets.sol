// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Settings} from "./Settings.sol";
import {IPoints, Rule, RuleSetTerms} from "../interfaces/IPoints.sol";
import {ByEpoch} from "../libraries/ByEpoch.sol";
import {Formula} from "../libraries/Formula.sol";
import {PackedStatements} from "../libraries/PackedStatements.sol";

/// @dev The rules that a call has read so far. It is turned to the version of an epoch and good for `epochs` epochs from
/// `fromEpoch` on. `rules` is filled on demand, by id: rule words under the tag of the version that they are of.
struct RuleTable {
    uint256 version;
    uint256 tag;
    uint256 fromEpoch;
    uint256 epochs;
    uint256[256] rules;
}

/// @title RuleSets: append-only versions of the earning rules and of the budget
/// @dev An epoch keeps its version for ever: a new version begins after the current epoch and after the newest one.
abstract contract RuleSets is Settings {
    using ByEpoch for uint256[];

    /// @dev A version can be in force at the latest this long after it is applied; further away, it would stand in the
    /// way of every later one.
    uint256 private constant MAX_LEAD = 90 days;
    uint256 private constant MAX_RULES = 32;
    uint256 private constant MAX_RULE_NAME_BYTES = 64;
    uint256 private constant MAX_RULE_TEXT_BYTES = 512;

    uint8 private constant HURTS_MEMBERS = 1;
    uint8 private constant HURTS_HOLDERS = 2;

    /// @dev Marks a word of the table as read. The 21 bits below it tell versions apart: those that a batch can reach
    /// are fewer than the epochs of a settlement window.
    uint256 private constant TABLE_MARK = 2 ** 21;
    /// @dev More than any number of points.
    uint256 private constant REFUSAL = 2 ** 128;

    /// @dev Budget (96 bits) above the first epoch of the version (32).
    uint256[] private _versions;
    /// @dev Bit i: the version has a rule with id i.
    mapping(uint256 version => uint256) private _ruleIds;
    /// @dev Rule words by version << 8 | id.
    mapping(uint256 key => uint256) private _rules;
    /// @dev Set once for an id; also what makes an id defined.
    mapping(uint256 id => bytes32) private _textHashes;

    /// @dev The settings must be initialised before.
    function _initializeRuleSets(RuleSetTerms[] calldata opening) internal {
        if (opening.length == 0 || opening.length > 2) revert InvalidSetting("opening");
        for (uint32 epoch = 0; epoch < opening.length; epoch++) {
            RuleSetTerms memory terms = opening[epoch];
            if (terms.notBefore > epoch) revert InvalidTerms("notBefore", 0);
            _publish(terms, epoch);
        }
    }

    /// @inheritdoc IPoints
    function applyTerms(bytes calldata terms) external {
        if (msg.sender != charter()) revert NotCharter(msg.sender);
        RuleSetTerms memory next = abi.decode(terms, (RuleSetTerms));
        _publish(next, _fromEpochOf(next));
    }

    /// @inheritdoc IPoints
    function impact(bytes calldata terms) external view returns (uint8 flags) {
        RuleSetTerms memory next = abi.decode(terms, (RuleSetTerms));
        _validate(next);
        uint256 fromEpoch = _fromEpochOf(next);
        // Zero is an absent rule.
        // slither-disable-next-line uninitialized-local
        uint256[256] memory nextRules;
        for (uint256 i = 0; i < next.rules.length; i++) {
            nextRules[next.rules[i].id] = Formula.pack(next.rules[i]);
        }

        uint256 newest = _versions.length - 1;
        uint256 budgetPerEpoch = _budgetOf(_versions[newest]);
        if (next.budgetPerEpoch < budgetPerEpoch) flags |= HURTS_MEMBERS;
        if (next.budgetPerEpoch > budgetPerEpoch) flags |= HURTS_HOLDERS;
        uint256 ids = _ruleIds[newest];
        for (uint256 id = 0; id < 256; id++) {
            if ((ids >> id) & 1 == 0) continue;
            uint256 rule = _rules[(newest << 8) | id];
            // A rule that has lapsed by then promises nothing, so nothing about it can be worse.
            bool lapsed = Formula.untilEpoch(rule) <= fromEpoch;
            if (!lapsed && Formula.isLower(nextRules[id], rule)) flags |= HURTS_MEMBERS;
        }
    }

    /// @inheritdoc IPoints
    function ruleSetCount() external view returns (uint32) {
        return uint32(_versions.length);
    }

    /// @inheritdoc IPoints
    function ruleSetOf(uint32 epoch) external view returns (uint32 version) {
        return uint32(_versions.indexOf(epoch));
    }

    /// @inheritdoc IPoints
    function ruleSet(
        uint32 version
    ) external view returns (uint32 fromEpoch, uint96 budgetPerEpoch, uint256[] memory rules) {
        uint256 word = _versions[version];
        fromEpoch = uint32(ByEpoch.fromEpoch(word));
        budgetPerEpoch = uint96(_budgetOf(word));
        uint256 ids = _ruleIds[version];
        uint256 count = 0;
        rules = new uint256[](MAX_RULES);
        for (uint256 id = 0; id < 256; id++) {
            if ((ids >> id) & 1 == 1) rules[count++] = _rules[(uint256(version) << 8) | id];
        }
        // Cuts the array to what was found.
        assembly ("memory-safe") {
            mstore(rules, count)
        }
    }

    /// @inheritdoc IPoints
    function ruleTextHash(uint8 id) external view returns (bytes32) {
        return _textHashes[id];
    }

    /// @dev Points of whole lines under the rule set of `epoch`.
    /// @return points Base units, or a refusal.
    function _pointsOf(
        RuleTable memory table,
        uint256 epoch,
        bytes calldata lines
    ) internal view returns (uint256 points) {
        // Can't overflow: at most 256 lines have ascending ids, each below 2^34 points; and an epoch before the
        // table's first one underflows to a large number.
        unchecked {
            if (epoch - table.fromEpoch >= table.epochs) _turnTo(table, epoch);
            uint256 tag = table.tag;
            uint256 lowestId = 0;
            (uint256 cursor, uint256 end) = PackedStatements.span(lines);
            for (; cursor < end; cursor += PackedStatements.LINE_BYTES) {
                (uint256 id, uint256 count, uint256 amount) = PackedStatements.lineAt(cursor);
                if (id < lowestId) return _refusal(SkipReason.LinesNotAscending);
                lowestId = id + 1;
                uint256 rule = _slot(table.rules, id);
                if (rule >> Formula.RULE_BITS != tag) {
                    rule = _load(table, id);
                    // Zero is what `_load` returns for an undefined id.
                    // slither-disable-next-line incorrect-equality
                    if (rule == 0) return _refusal(SkipReason.UndefinedRule);
                }
                points += Formula.linePointsRoundedDown(rule, count, amount, epoch);
            }
        }
        points = Math.min(points, Formula.MAX_STATEMENT_POINTS);
    }

    /// @dev A number too large to be points that stands for the reason why a statement can't be settled: one value to
    /// carry through the loop instead of two.
    function _refusal(SkipReason reason) internal pure returns (uint256) {
        return REFUSAL + uint256(reason);
    }

    function _isRefusal(uint256 points) internal pure returns (bool) {
        return points >= REFUSAL;
    }

    function _reasonOf(uint256 refusal) internal pure returns (SkipReason) {
        return SkipReason(refusal - REFUSAL);
    }

    /// @dev `rules[id]` for an id below 256, without the check of the bound, which cost 49 gas a line.
    function _slot(uint256[256] memory rules, uint256 id) private pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := mload(add(rules, shl(5, id)))
        }
    }

    /// @dev Reads the rule `id` into the table; one that only other versions have is a tag alone and earns nothing.
    /// @return rule Zero if the id is undefined.
    function _load(RuleTable memory table, uint256 id) private view returns (uint256 rule) {
        rule = _rules[(table.version << 8) | id];
        if (rule == 0 && _textHashes[id] == 0) return 0;
        rule |= table.tag << Formula.RULE_BITS;
        table.rules[id] = rule;
    }

    /// @dev Makes `table` the one of the version that governs `epoch`.
    function _turnTo(RuleTable memory table, uint256 epoch) private view {
        uint256 version = _versions.indexOf(epoch);
        table.version = version;
        table.tag = TABLE_MARK | (version & (TABLE_MARK - 1));
        uint256 fromEpoch = ByEpoch.fromEpoch(_versions[version]);
        // Compares version numbers, of which the charter alone adds one.
        // slither-disable-next-line incorrect-equality
        bool isNewest = version + 1 == _versions.length;
        uint256 next = isNewest ? type(uint256).max : ByEpoch.fromEpoch(_versions[version + 1]);
        table.fromEpoch = fromEpoch;
        table.epochs = next - fromEpoch;
    }

    /// @dev Base units that may be minted during `epoch`.
    function _budgetIn(uint256 epoch) internal view returns (uint256) {
        return _budgetOf(_versions[_versions.indexOf(epoch)]);
    }

    /// @dev The first epoch of a version with these terms if it were applied now.
    function _fromEpochOf(RuleSetTerms memory terms) private view returns (uint32 fromEpoch) {
        uint32 epoch = currentEpoch();
        if (terms.notBefore > epoch + MAX_LEAD / epochLength()) revert InvalidTerms("notBefore", 0);
        fromEpoch = epoch + 1;
        uint32 afterNewest = uint32(ByEpoch.fromEpoch(_versions.newest())) + 1;
        if (fromEpoch < afterNewest) fromEpoch = afterNewest;
        if (fromEpoch < terms.notBefore) fromEpoch = terms.notBefore;
    }

    function _publish(RuleSetTerms memory terms, uint32 fromEpoch) private {
        _validate(terms);
        uint256 version = _versions.length;
        _versions.push((uint256(terms.budgetPerEpoch) << 32) | fromEpoch);
        uint256 ids = 0;
        for (uint256 i = 0; i < terms.rules.length; i++) {
            Rule memory rule = terms.rules[i];
            ids |= 1 << rule.id;
            _rules[(version << 8) | rule.id] = Formula.pack(rule);
            if (_textHashes[rule.id] == 0) _textHashes[rule.id] = _textHashOf(rule);
        }
        _ruleIds[version] = ids;
        emit RuleSetPublished(uint32(version), fromEpoch, terms.budgetPerEpoch, terms.rules);
    }

    function _validate(RuleSetTerms memory terms) private view {
        if (terms.rules.length == 0 || terms.rules.length > MAX_RULES)
            revert InvalidTerms("rules", 0);
        for (uint256 i = 0; i < terms.rules.length; i++) {
            Rule memory rule = terms.rules[i];
            if (i > 0 && rule.id <= terms.rules[i - 1].id) revert InvalidTerms("id", i);
            if (rule.maxPoints > Formula.MAX_STATEMENT_POINTS) revert InvalidTerms("maxPoints", i);
            uint256 nameBytes = bytes(rule.name).length;
            if (nameBytes == 0 || nameBytes > MAX_RULE_NAME_BYTES) revert InvalidTerms("name", i);
            if (bytes(rule.text).length > MAX_RULE_TEXT_BYTES) revert InvalidTerms("text", i);
            bytes32 known = _textHashes[rule.id];
            // Members read an id's words once; they keep their meaning.
            if (known != 0 && known != _textHashOf(rule)) revert InvalidTerms("text", i);
        }
    }

    function _textHashOf(Rule memory rule) private pure returns (bytes32) {
        return keccak256(abi.encode(rule.name, rule.text));
    }

    function _budgetOf(uint256 word) private pure returns (uint256) {
        return word >> 32;
    }
}
