// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ProgramHandler, World} from "./ProgramHandler.sol";

/// @notice Moves time on: within an epoch, to the next ones, over groups, over the whole window,
/// over years.
contract ClockHandler is ProgramHandler {
    uint32 private constant LAST_EPOCH = 200_000;

    constructor(World memory world_) ProgramHandler(world_) {}

    function wait_(uint256 seed) external inTime {
        uint256 kind = seed % 16;
        uint256 epochs;
        if (kind < 4) {
            world.clock.set(world.clock.timestamp() + (_roll(seed, "seconds") % (1 days)));
        } else if (kind < 9) {
            epochs = 1;
        } else if (kind < 12) {
            epochs = 1 + (_roll(seed, "groups") % 9);
        } else if (kind < 14) {
            epochs = 1 + (_roll(seed, "window") % points.settlementWindow());
        } else if (kind == 14) {
            epochs = points.settlementWindow() + (_roll(seed, "beyond") % 3);
        } else {
            epochs = 1 + (_roll(seed, "years") % 3000);
        }
        if (epochs > 0 && _now() + epochs < LAST_EPOCH) {
            world.clock.set(world.clock.startOf(_now() + epochs));
        }
        vm.warp(world.clock.timestamp());
        world.rules.see(_now());
    }
}
