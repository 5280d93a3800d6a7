// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Settings} from "./Settings.sol";
import {TermsCheck} from "./TermsCheck.sol";
import {IPoints, Rule, RuleSetTerms} from "../interfaces/IPoints.sol";
import {ByEpoch} from "../libraries/ByEpoch.sol";
import {Formula} from "../libraries/Formula.sol";
import {PackedStatements} from "../libraries/PackedStatements.sol";

/// @dev The rules that a call has read so far. It is turned to the version of an epoch and good for `epochs` epochs from
/// `fromEpoch` on, in which no rule that was read lapses: so nothing is asked of the epoch line by line, which cost 17 gas
/// each. `rules` is filled on demand, by id: rule words under the tag of the turn in which they were read.
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
    /// @dev Tags tell what was read into a table since it was turned last. One more for each turn; no batch has 2^21
    /// statements.
    uint256 private constant FIRST_TAG = 2 ** 21;
    /// @dev More than any number of points.
    uint256 private constant REFUSAL = 2 ** 128;

    /// @inheritdoc IPoints
    address public immutable termsCheck;

    /// @dev Budget (96 bits) above the first epoch of the version (32).
    uint256[] private _versions;
    mapping(uint256 version => bytes32) private _documentHashes;
    /// @dev Bit i: the version has a rule with id i.
    mapping(uint256 version => uint256) private _ruleIds;
    /// @dev Rule words by version << 8 | id.
    mapping(uint256 key => uint256) private _rules;
    /// @dev Set once for an id; also what makes an id defined.
    mapping(uint256 id => bytes32) private _textHashes;
    /// @dev Names that an id has, which no other may have.
    mapping(bytes32 nameHash => bool) private _isNameTaken;

    constructor() {
        termsCheck = address(new TermsCheck());
    }

    /// @dev The settings must be initialised before.
    function _initializeRuleSets(RuleSetTerms[] calldata opening) internal {
        if (opening.length == 0 || opening.length > 2) revert InvalidSetting("opening");
        for (uint32 epoch = 0; epoch < opening.length; epoch++) {
            RuleSetTerms memory terms = opening[epoch];
            if (terms.notBefore > epoch) revert InvalidTerms("notBefore", 0);
            _validate(terms);
            _publish(terms, epoch);
        }
    }

    /// @inheritdoc IPoints
    function applyTerms(bytes calldata terms) external {
        if (msg.sender != charter()) revert NotCharter(msg.sender);
        // Whom they hurt was judged when they were announced.
        // slither-disable-next-line unused-return
        (RuleSetTerms memory next, uint32 fromEpoch, ) = _judge(terms);
        _publish(next, fromEpoch);
    }

    /// @inheritdoc IPoints
    function impact(bytes calldata terms) external view returns (uint8 flags) {
        // slither-disable-next-line unused-return
        (, , flags) = _judge(terms);
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
    )
        public
        view
        returns (
            uint32 fromEpoch,
            uint96 budgetPerEpoch,
            bytes32 documentHash,
            uint256[] memory rules
        )
    {
        uint256 word = _versions[version];
        fromEpoch = uint32(ByEpoch.fromEpoch(word));
        budgetPerEpoch = uint96(_budgetOf(word));
        documentHash = _documentHashes[version];
        uint256 ids = _ruleIds[version];
        uint256 count = 0;
        // As many as there are ids at most, and cut to those found.
        rules = new uint256[](256);
        for (uint256 id = 0; id < 256; id++) {
            if ((ids >> id) & 1 == 1) rules[count++] = _rules[(uint256(version) << 8) | id];
        }
        assembly ("memory-safe") {
            mstore(rules, count)
        }
    }

    /// @inheritdoc IPoints
    function ruleTextHash(uint8 id) external view returns (bytes32) {
        return _textHashes[id];
    }

    /// @dev Points of whole lines under the rule set of `epoch`.
    /// @param cursor Where the lines begin in memory.
    /// @param end Where they end.
    /// @return points Base units, or a refusal.
    function _pointsOf(
        RuleTable memory table,
        uint256 epoch,
        uint256 cursor,
        uint256 end
    ) internal view returns (uint256 points) {
        // An epoch before the table's first one underflows to a large number.
        unchecked {
            if (epoch - table.fromEpoch >= table.epochs) _turnTo(table, epoch);
        }
        uint256 lowestId = 0;
        while (true) {
            (points, cursor, lowestId) = Formula.addKnown(
                points,
                table.rules,
                table.tag,
                cursor,
                end,
                lowestId
            );
            // Compares places in memory, which the lines end at exactly.
            // slither-disable-next-line incorrect-equality
            if (cursor == end) break;
            uint256 id = PackedStatements.idAt(cursor);
            if (id < lowestId) return _refusal(SkipReason.LinesNotAscending);
            if (!_load(table, epoch, id)) return _refusal(SkipReason.UndefinedRule);
        }
        if (points > Formula.MAX_STATEMENT_POINTS) points = Formula.MAX_STATEMENT_POINTS;
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

    /// @dev Reads the rule `id` into the table, for `epoch`; one that has lapsed by then, or that only other versions have,
    /// is a tag alone and earns nothing. The table is good for fewer epochs then: those in which that stays so.
    /// @return isDefined Whether any version ever had the id.
    function _load(
        RuleTable memory table,
        uint256 epoch,
        uint256 id
    ) private view returns (bool isDefined) {
        uint256 rule = _rules[(table.version << 8) | id];
        // Zero is what was never written.
        // slither-disable-next-line incorrect-equality
        if (rule == 0 && _textHashes[id] == 0) return false;
        uint256 untilEpoch = Formula.untilEpoch(rule);
        uint256 fromEpoch = table.fromEpoch;
        if (epoch >= untilEpoch) {
            rule = 0;
            if (untilEpoch > fromEpoch) {
                table.fromEpoch = untilEpoch;
                table.epochs -= untilEpoch - fromEpoch;
            }
        } else {
            table.epochs = Math.min(table.epochs, untilEpoch - fromEpoch);
        }
        table.rules[id] = rule | (table.tag << Formula.RULE_BITS);
        return true;
    }

    /// @dev Makes `table` the one of the version that governs `epoch`; what was read into it before is void.
    function _turnTo(RuleTable memory table, uint256 epoch) private view {
        uint256 version = _versions.indexOf(epoch);
        table.version = version;
        // Zero is a table that was never turned.
        // slither-disable-next-line incorrect-equality
        table.tag = table.tag == 0 ? FIRST_TAG : table.tag + 1;
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
        uint256 version = _versions.length;
        _versions.push((uint256(terms.budgetPerEpoch) << 32) | fromEpoch);
        _documentHashes[version] = terms.documentHash;
        uint256 ids = 0;
        for (uint256 i = 0; i < terms.rules.length; i++) {
            Rule memory rule = terms.rules[i];
            ids |= 1 << rule.id;
            _rules[(version << 8) | rule.id] = Formula.pack(rule);
            // Zero is what was never written.
            // slither-disable-next-line incorrect-equality
            if (_textHashes[rule.id] == 0) {
                _textHashes[rule.id] = _textHashOf(rule);
                _isNameTaken[keccak256(bytes(rule.name))] = true;
            }
        }
        _ruleIds[version] = ids;
        emit RuleSetPublished(
            uint32(version),
            fromEpoch,
            terms.budgetPerEpoch,
            terms.documentHash,
            terms.rules
        );
    }

    /// @dev Refuses terms that are out of bounds, and other words for an id or another id for a name: members read
    /// them once, and they keep their meaning.
    function _validate(RuleSetTerms memory terms) private view {
        // Two opening versions at most.
        // slither-disable-next-line calls-loop
        TermsCheck(termsCheck).requireInBounds(terms);
        for (uint256 i = 0; i < terms.rules.length; i++) {
            Rule memory rule = terms.rules[i];
            bytes32 known = _textHashes[rule.id];
            if (known != 0) {
                if (known != _textHashOf(rule)) revert InvalidTerms("text", i);
            } else if (_isNameTaken[keccak256(bytes(rule.name))]) {
                revert InvalidTerms("name", i);
            }
        }
    }

    /// @dev Refuses terms that can't be published now, or that are those of the newest version.
    /// @return next What `terms` encodes.
    /// @return fromEpoch When it would be in force.
    /// @return flags Whom it hurts, as `impact` returns it.
    function _judge(
        bytes calldata terms
    ) private view returns (RuleSetTerms memory next, uint32 fromEpoch, uint8 flags) {
        next = abi.decode(terms, (RuleSetTerms));
        _validate(next);
        fromEpoch = _fromEpochOf(next);
        // From when on the newest version is in force makes no difference.
        // slither-disable-next-line unused-return
        (, uint96 budgetPerEpoch, bytes32 documentHash, uint256[] memory rules) = ruleSet(
            uint32(_versions.length - 1)
        );
        flags = TermsCheck(termsCheck).impact(next, fromEpoch, budgetPerEpoch, documentHash, rules);
    }

    function _textHashOf(Rule memory rule) private pure returns (bytes32) {
        return keccak256(abi.encode(rule.name, rule.text));
    }

    function _budgetOf(uint256 word) private pure returns (uint256) {
        return word >> 32;
    }
}
