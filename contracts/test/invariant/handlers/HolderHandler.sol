// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {IPoints} from "../../../src/interfaces/IPoints.sol";
import {ProgramSignatures} from "../../model/signatures/ProgramSignatures.sol";
import {Guarantee} from "../stores/Guarantees.sol";
import {State} from "../stores/Reached.sol";
import {CallKind, ProgramHandler, World} from "./ProgramHandler.sol";

/// @notice Holders transfer, approve, burn, move their account and hand points to a module; others
/// try it for them.
contract HolderHandler is ProgramHandler {
    constructor(World memory world_) ProgramHandler(world_) {}

    function transfer(uint256 seed) external inTime {
        address from = _member(seed);
        address to = _recipient(_roll(seed, "to"));
        uint256 amount = _amount(seed, from);
        bool allowed = world.transferable && !_closed(to) && amount <= token.balanceOf(from);
        _begin();
        vm.prank(from);
        try token.transfer(to, amount) {
            _demand(allowed, Guarantee.PointsStayWhereTheyAre, "a transfer that may not be");
            _reach(State.Transferred);
        } catch {
            _dropLogs();
            _demand(!allowed, Guarantee.CallsDoWhatTheySay, "a transfer was refused");
            _reach(State.TransferRefused);
        }
        _end(CallKind.Other, from, amount);
    }

    /// @notice A spender takes what the holder allowed it, by call or by signature, and not more.
    function spendAllowance(uint256 seed) external inTime {
        address from = _member(seed);
        address spender =
            _roll(seed, "module spends") % 4 == 0 ? address(world.module) : _stranger(seed);
        uint256 allowance = _allow(seed, from, spender);
        address to = _recipient(_roll(seed, "to"));
        uint256 amount = _amount(seed, from);
        if (amount <= allowance && _roll(seed, "too much") % 4 == 0) amount = allowance + 1;
        bool allowed =
            world.transferable &&
                !_closed(to) &&
                amount <= allowance &&
                amount <= token.balanceOf(from);
        _begin();
        vm.prank(spender);
        try token.transferFrom(from, to, amount) {
            _demand(allowed, Guarantee.BalancesFallByTheirHoldersCall, "more than the allowance");
            _reach(State.AllowanceSpent);
        } catch {
            _dropLogs();
            _demand(!allowed, Guarantee.CallsDoWhatTheySay, "an allowance was refused");
        }
        _end(CallKind.Other, from, allowance);
    }

    function burn(uint256 seed) external inTime {
        address from = _member(seed);
        uint256 amount = _amount(seed, from) / 8;
        if (_roll(seed, "too much") % 8 == 0) amount = token.balanceOf(from) + 1;
        bool allowed = amount <= token.balanceOf(from);
        _begin();
        vm.prank(from);
        try points.burn(amount) {
            _demand(allowed, Guarantee.CallsDoWhatTheySay, "more was burned than there was");
            _reach(State.Burned);
        } catch {
            _dropLogs();
            _demand(!allowed, Guarantee.CallsDoWhatTheySay, "a burn was refused");
        }
        _end(CallKind.Other, from, amount);
    }

    /// @notice Appends another member's address to the calldata, as only the forwarder may.
    function speakForAnother(uint256 seed) external inTime {
        address victim = _member(seed);
        bytes memory call = abi.encodeCall(IPoints.burn, (1 + (_roll(seed, "amount") % 10)));
        if (_roll(seed, "which") % 2 == 0) {
            call = abi.encodeCall(token.transfer, (_stranger(seed), 1));
        }
        _begin();
        vm.prank(_stranger(seed));
        (bool taken, ) = address(points).call(abi.encodePacked(call, victim));
        // A stranger may hold points of its own.
        _end(CallKind.Other, _stranger(seed), taken ? 10 : 0);
    }

    function moveAccount(uint256 seed) external inTime {
        address from = _member(seed);
        uint256 toKey = _memberKey(_roll(seed, "to"));
        uint256 kind = _roll(seed, "kind") % 8;
        uint256 deadline = kind == 0 ? world.clock.timestamp() - 1 : world.clock.timestamp();
        uint256 signer = kind == 1 ? _memberKey(_roll(seed, "signer")) : toKey;
        address signedFrom = kind == 2 ? _member(_roll(seed, "from")) : from;
        address to = vm.addr(toKey);
        bytes memory signature = ProgramSignatures.signMove(
            signer,
            address(points),
            signedFrom,
            to,
            deadline
        );
        bool allowed = kind != 0 && signer == toKey && signedFrom == from && from != to;
        uint256 whole = token.balanceOf(from);
        _begin();
        vm.prank(from);
        try points.moveAccount(to, deadline, signature) returns (uint256 amount) {
            _demand(allowed, Guarantee.PointsStayWhereTheyAre, "a move that may not be");
            _demand(
                amount == whole && token.balanceOf(from) == 0,
                Guarantee.CallsDoWhatTheySay,
                "a move left points behind"
            );
            if (whole > 0) _reach(State.Moved);
        } catch {
            _dropLogs();
            _demand(!allowed, Guarantee.CallsDoWhatTheySay, "a move was refused");
        }
        _end(CallKind.Moving, from, whole);
    }

    function _allow(
        uint256 seed,
        address from,
        address spender
    ) private returns (uint256 allowance) {
        allowance = _amount(_roll(seed, "allowance"), from);
        _begin();
        if (_roll(seed, "permit") % 2 == 0) {
            vm.prank(from);
            token.approve(spender, allowance);
        } else {
            IERC20Permit permit = IERC20Permit(address(points));
            uint256 deadline = world.clock.timestamp();
            bytes memory signature = ProgramSignatures.signPermit(
                _memberKey(seed),
                address(points),
                spender,
                allowance,
                permit.nonces(from),
                deadline
            );
            (bytes32 r, bytes32 s, uint8 v) = _split(signature);
            permit.permit(from, spender, allowance, deadline, v, r, s);
        }
        _end(CallKind.Other, address(0), 0);
    }

    function _split(bytes memory signature) private pure returns (bytes32 r, bytes32 s, uint8 v) {
        (r, s) = abi.decode(signature, (bytes32, bytes32));
        v = uint8(signature[64]);
    }

    function _recipient(uint256 seed) private view returns (address) {
        uint256 kind = seed % 12;
        if (kind == 0) return address(0);
        if (kind == 1) return address(world.module);
        if (kind == 2) return world.charter;
        if (kind == 3) return address(points);
        if (kind == 4) return _stranger(seed);
        return _member(_roll(seed, "member"));
    }

    /// @dev Accounts that take no plain transfer.
    function _closed(address to) private view returns (bool) {
        return world.mints.forbidden(to);
    }

    /// @dev Mostly a part of the balance, now and then one unit too much.
    function _amount(uint256 seed, address from) private view returns (uint256) {
        uint256 balance = token.balanceOf(from);
        if (_roll(seed, "too much") % 12 == 0) return balance + 1;
        return _roll(seed, "amount") % (balance + 1);
    }
}
