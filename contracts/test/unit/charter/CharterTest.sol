// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {BuybackTerms} from "../../../src/interfaces/IBuyback.sol";
import {ICharter} from "../../../src/interfaces/ICharter.sol";
import {RuleSetTerms} from "../../../src/interfaces/IPoints.sol";
import {SetFixture} from "../../model/fixtures/SetFixture.sol";

/// @notice A program with two holders, and terms that hurt exactly whom their names say.
/// @dev Round 0 opens on day 3, round 1 on day 31, round 2 on day 59, each for 7 days. Notice is 7 days.
abstract contract CharterTest is SetFixture {
    uint8 internal constant NOBODY = 0;
    uint8 internal constant MEMBERS = 1;
    uint8 internal constant HOLDERS = 2;
    uint64 internal constant MEMBER_HAS = 600_000;
    uint64 internal constant OTHER_HAS = 400_000;
    /// @dev The program is younger than a notice period, so a quarter of the supply counts.
    uint96 internal constant COUNTED = 250_000;
    /// @dev 5 % of it.
    uint96 internal constant NEEDED = 12_500;

    function setUp() public virtual {
        deployPrograms();
        createProgram();
        give(member, MEMBER_HAS);
        give(other, OTHER_HAS);
    }

    /// @notice Hurts members: a rule earns less.
    function worse() internal pure returns (RuleSetTerms memory terms) {
        terms = defaultRules();
        terms.rules[1].perAction--;
    }

    /// @notice Hurts holders: more may be minted.
    function diluting() internal pure returns (RuleSetTerms memory terms) {
        terms = defaultRules();
        terms.budgetPerEpoch++;
    }

    /// @notice Hurts nobody.
    function better() internal pure returns (RuleSetTerms memory terms) {
        terms = defaultRules();
        terms.rules[1].perAction++;
    }

    /// @notice Hurts holders: less is paid.
    function cheaper() internal pure returns (BuybackTerms memory terms) {
        terms = defaultBuyback();
        terms.pricePerPoint--;
    }

    /// @notice Hurts nobody.
    function dearer() internal pure returns (BuybackTerms memory terms) {
        terms = defaultBuyback();
        terms.pricePerPoint++;
    }

    function enact(uint256 id, RuleSetTerms memory terms) internal {
        vm.prank(stranger);
        charter.enact(id, abi.encode(terms));
    }

    function enact(uint256 id, BuybackTerms memory terms) internal {
        vm.prank(stranger);
        charter.enact(id, abi.encode(terms));
    }

    function withdrawChange(uint256 id) internal {
        vm.prank(operator);
        charter.withdraw(id);
    }

    function burn(address holder, uint256 amount) internal {
        vm.prank(holder);
        points.burn(amount);
    }

    function settle() internal {
        vm.prank(stranger);
        buyback.settle();
    }

    function change(uint256 id) internal view returns (ICharter.Change memory) {
        return charter.change(id);
    }

    function assertState(uint256 id, ICharter.ChangeState expected) internal view {
        assertEq(uint8(charter.change(id).state), uint8(expected));
    }

    function expectChangePending(uint256 id) internal {
        vm.expectRevert(abi.encodeWithSelector(ICharter.ChangePending.selector, id));
    }

    function expectCooldown(uint64 until) internal {
        vm.expectRevert(abi.encodeWithSelector(ICharter.Cooldown.selector, until));
    }

    function expectNotPending(uint256 id, ICharter.ChangeState state) internal {
        vm.expectRevert(abi.encodeWithSelector(ICharter.NotPending.selector, id, state));
    }

    function expectNoticeRuns(uint64 noticeEndsAt) internal {
        vm.expectRevert(abi.encodeWithSelector(ICharter.NoticeRuns.selector, noticeEndsAt));
    }

    function expectNoticeOver(uint64 noticeEndsAt) internal {
        vm.expectRevert(abi.encodeWithSelector(ICharter.NoticeOver.selector, noticeEndsAt));
    }

    function expectLastRoundOwed(uint32 firstEligibleRound) internal {
        vm.expectRevert(
            abi.encodeWithSelector(ICharter.LastRoundOwed.selector, firstEligibleRound)
        );
    }
}
