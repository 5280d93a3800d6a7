// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {SetGuarantee} from "../../stores/SetGuarantees.sol";
import {SetState} from "../../stores/SetReached.sol";
import {SetWorld} from "../SetHandler.sol";
import {ChangeJudge} from "./ChangeJudge.sol";

/// @notice Plays the next round twice, on the terms as they are and on better ones, with the same tenders: what is judged is
/// what the chain pays, not what the terms say.
abstract contract PayoutJudge is ChangeJudge {
    constructor(SetWorld memory world_) ChangeJudge(world_) {}

    function _comparePayouts(uint256 seed, bytes memory improvement) internal {
        uint256[] memory before = _payouts(seed, "");
        uint256[] memory paid = _payouts(seed, improvement);
        for (uint256 i = 0; i < paid.length; i++) {
            _demand(
                paid[i] >= before[i],
                SetGuarantee.ImprovementsPayNobodyLess,
                "better terms pay a holder less for the same tenders"
            );
            if (before[i] > 0) _reach(SetState.PayoutsCompared);
        }
    }

    /// @dev Nothing of it has happened when it returns.
    function _payouts(
        uint256 seed,
        bytes memory improvement
    ) private returns (uint256[] memory paid) {
        paid = new uint256[](world.people.length);
        uint32 round = world.rounds.firstNotOpen(_now());
        uint96 least = world.rounds.newest().minTender;
        uint256 before = vm.snapshotState();
        if (improvement.length > 0) {
            vm.prank(_operator());
            world.charter.announce(address(world.buyback), improvement);
        }
        vm.warp(world.rounds.opensAt(round));
        for (uint256 i = 0; i < paid.length; i++) {
            uint256 held = token.balanceOf(world.people[i]);
            uint256 amount = held == 0 ? 0 : uint256(keccak256(abi.encode(seed, i))) % (held + 1);
            if (amount < least) continue;
            vm.prank(world.people[i]);
            world.buyback.tender(round, uint96(amount));
        }
        vm.warp(world.rounds.closesAt(round));
        world.buyback.settle();
        for (uint256 i = 0; i < paid.length; i++) {
            paid[i] = world.buyback.shareOf(round, world.people[i]).paid;
        }
        vm.revertToState(before);
        vm.warp(_now());
    }
}
