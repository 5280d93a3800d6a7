// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IBuyback} from "../../../src/interfaces/IBuyback.sol";
import {IPoints} from "../../../src/interfaces/IPoints.sol";
import {Line} from "../../model/signatures/StatementPacking.sol";
import {ReferenceFormula} from "../../model/terms/ReferenceFormula.sol";
import {LogLedger} from "./LogLedger.sol";
import {RuleBook} from "./RuleBook.sol";

/// @notice Ghost of the issuance: plain mappings without groups, rings or packing, fed with every
/// statement that a recorder vouched for.
contract MintLedger {
    /// @notice A statement that was good when it was sent, whatever the budget then allowed.
    struct Sent {
        address member;
        uint32 epoch;
        bytes lines;
    }

    /// @notice What a statement must do.
    /// @param reasons Bit set of the skip reasons that apply; 0 when it is good.
    /// @param points Points of the whole statement.
    /// @param delta What it mints now.
    struct Verdict {
        uint256 reasons;
        uint256 points;
        uint256 delta;
    }

    IPoints public immutable points;
    LogLedger private immutable logs;
    RuleBook public immutable rules;
    uint32 public immutable window;
    mapping(address account => bool) public forbidden;
    address[] private forbiddenAccounts;

    mapping(address member => mapping(uint32 epoch => uint256)) public minted;
    mapping(address member => mapping(uint32 epoch => uint256)) public highest;
    mapping(address member => mapping(uint32 epoch => bool)) public wasDelayed;
    mapping(uint32 clockEpoch => uint256) public mintedDuring;
    Sent[] private sent;
    uint256 private booked;

    constructor(IPoints points_, RuleBook rules_, LogLedger logs_, address[] memory forbidden_) {
        points = points_;
        logs = logs_;
        rules = rules_;
        window = points_.settlementWindow();
        forbiddenAccounts = forbidden_;
        for (uint256 i = 0; i < forbidden_.length; i++) forbidden[forbidden_[i]] = true;
    }

    /// @notice What the statement must do when a recorder sends it during `now_`.
    function judge(
        uint32 now_,
        address member,
        uint32 epoch,
        Line[] memory lines
    ) public view returns (Verdict memory verdict) {
        if (epoch > now_) verdict.reasons |= _bit(IPoints.SkipReason.FutureEpoch);
        if (uint256(epoch) + window < now_)
            verdict.reasons |= _bit(IPoints.SkipReason.WindowClosed);
        if (forbidden[member]) verdict.reasons |= _bit(IPoints.SkipReason.ForbiddenMember);
        for (uint256 i = 0; i < lines.length; i++) {
            if (!rules.defined(lines[i].ruleId)) {
                verdict.reasons |= _bit(IPoints.SkipReason.UndefinedRule);
            }
            if (i > 0 && lines[i].ruleId <= lines[i - 1].ruleId) {
                verdict.reasons |= _bit(IPoints.SkipReason.LinesNotAscending);
            }
        }
        if (verdict.reasons != 0) return verdict;
        verdict.points = rules.pointsOf(epoch, lines);
        if (verdict.points <= minted[member][epoch]) return verdict;
        uint256 left = rules.budgetOf(now_) - mintedDuring[now_];
        verdict.delta = ReferenceFormula.min(verdict.points - minted[member][epoch], left);
        verdict.delta = ReferenceFormula.min(verdict.delta, _unissued());
        if (verdict.delta > 0) return verdict;
        verdict.reasons = _bit(
            left == 0 ? IPoints.SkipReason.BudgetUsedUp : IPoints.SkipReason.NotBacked
        );
    }

    /// @notice Books a statement that a recorder vouched for.
    function book(
        uint32 now_,
        address member,
        uint32 epoch,
        bytes calldata lines,
        Verdict memory verdict
    ) external {
        uint256 delays = _bit(IPoints.SkipReason.BudgetUsedUp) | _bit(IPoints.SkipReason.NotBacked);
        if (verdict.reasons & ~delays != 0) return;
        sent.push(Sent(member, epoch, lines));
        minted[member][epoch] += verdict.delta;
        mintedDuring[now_] += verdict.delta;
        booked += verdict.delta;
        if (verdict.points > highest[member][epoch]) highest[member][epoch] = verdict.points;
        if (verdict.points > minted[member][epoch]) wasDelayed[member][epoch] = true;
    }

    /// @notice Any account that no statement may be for.
    function anyForbidden(uint256 seed) external view returns (address) {
        return forbiddenAccounts[seed % forbiddenAccounts.length];
    }

    function sentCount() external view returns (uint256) {
        return sent.length;
    }

    function sentAt(uint256 index) external view returns (Sent memory) {
        return sent[index];
    }

    function applies(IPoints.SkipReason reason, uint256 reasons) external pure returns (bool) {
        return reasons & _bit(reason) != 0;
    }

    /// @dev Base units that the backing has left. What is booked may not be on chain yet.
    function _unissued() private view returns (uint256) {
        if (!points.backed()) return type(uint256).max;
        uint256 supply = booked - logs.burned();
        uint256 backing = IBuyback(points.buyback()).backing();
        return backing > supply ? backing - supply : 0;
    }

    function _bit(IPoints.SkipReason reason) private pure returns (uint256) {
        return 1 << uint256(reason);
    }
}
