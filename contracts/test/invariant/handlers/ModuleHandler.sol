// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IPoints} from "../../../src/interfaces/IPoints.sol";
import {EscrowModule} from "../../model/fixtures/EscrowModule.sol";
import {Guarantee} from "../stores/Guarantees.sol";
import {State} from "../stores/Reached.sol";
import {CallKind, ProgramHandler, World} from "./ProgramHandler.sol";

/// @notice Members call a module, which pulls their points and gives points back; others try to
/// pull.
contract ModuleHandler is ProgramHandler {
    /// @dev Has code, and would be a module if the program knew it.
    EscrowModule private immutable outsider = new EscrowModule();

    constructor(World memory world_) ProgramHandler(world_) {}

    function take(uint256 seed) external inTime {
        address from = _member(seed);
        uint256 amount = _roll(seed, "amount") % (token.balanceOf(from) + 1);
        if (_roll(seed, "too much") % 8 == 0) amount = token.balanceOf(from) + 1;
        bool allowed = amount <= token.balanceOf(from);
        _begin();
        vm.prank(from);
        try world.module.take(points, amount) {
            _demand(allowed, Guarantee.CallsDoWhatTheySay, "more was pulled than there was");
            if (amount > 0) _reach(State.Pulled);
        } catch {
            _dropLogs();
            _demand(!allowed, Guarantee.CallsDoWhatTheySay, "a pull was refused");
        }
        _end(CallKind.Moving, from, amount);
    }

    function giveBack(uint256 seed) external inTime {
        uint256 held = token.balanceOf(address(world.module));
        uint256 amount = _roll(seed, "amount") % (held + 1);
        _begin();
        try world.module.giveBack(points, _member(seed), amount) {
            if (amount > 0) _reach(State.GivenBack);
        } catch {
            _dropLogs();
            _broken(Guarantee.CallsDoWhatTheySay, "escrow could not be given back");
        }
        _end(CallKind.Moving, address(world.module), amount);
    }

    /// @notice The money behind the points comes and goes, below what they are worth too.
    function back(uint256 seed) external inTime {
        uint256 supply = token.totalSupply();
        uint256 amount = _roll(seed, "amount") % 3_000_000;
        uint256 kind = _roll(seed, "kind") % 8;
        if (kind == 0) supply = supply > amount ? supply - amount : 0;
        else if (kind > 1) supply += amount;
        world.module.back(uint96(supply));
    }

    /// @notice Nobody but a module pulls: not the operator, the recorder, a member, a stranger or
    /// another contract; nor the charter as long as it is a plain account.
    function pullRefused(uint256 seed) external inTime {
        address[6] memory callers = [
            world.operator,
            world.charter,
            points.recorder(),
            _member(_roll(seed, "caller")),
            _stranger(seed),
            address(outsider)
        ];
        address victim = _member(seed);
        uint256 amount = _roll(seed, "amount") % (token.balanceOf(victim) + 1);
        _begin();
        vm.prank(callers[_roll(seed, "which") % 6]);
        try points.pull(victim, amount) {
            _broken(Guarantee.BalancesFallByTheirHoldersCall, "another account pulled");
        } catch (bytes memory reason) {
            _dropLogs();
            _demand(
                _is(reason, IPoints.NotModule.selector),
                Guarantee.BalancesFallByTheirHoldersCall,
                "another error than NotModule"
            );
            _reach(State.PullRefused);
        }
        _end(CallKind.Other, address(0), 0);
    }
}
