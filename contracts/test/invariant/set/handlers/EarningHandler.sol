// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IPoints} from "../../../../src/interfaces/IPoints.sol";
import {ProgramSignatures} from "../../../model/signatures/ProgramSignatures.sol";
import {Line, StatementPacking} from "../../../model/signatures/StatementPacking.sol";
import {SetGuarantee} from "../stores/SetGuarantees.sol";
import {SetState} from "../stores/SetReached.sol";
import {Reasons, SetHandler, SetWorld} from "./SetHandler.sol";

/// @notice Points come into being, honestly and by a stolen recorder key, move and burn.
contract EarningHandler is SetHandler {
    uint256 private fresh;

    constructor(SetWorld memory world_) SetHandler(world_) {}

    function earn(uint256 seed) external inTime {
        _settle(_person(seed), uint32(1 + (_roll(seed, "count") % 40)), 0, SetState.Earned);
    }

    /// @notice The thief of the recorder key writes itself whatever the budget still allows.
    function rob(uint256 seed) external inTime {
        // Not every time: it would have nearly all points.
        if (seed % 4 != 0) return _settle(_person(seed), 20, 3_000, SetState.Earned);
        _settle(_thief(), type(uint32).max, type(uint64).max, SetState.Robbed);
    }

    function spend(uint256 seed) external inTime {
        address from = _person(seed);
        uint256 kind = _roll(seed, "kind") % 8;
        uint256 amount = _roll(seed, "amount") % (token.balanceOf(from) + 1);
        if (kind < 2) return _burn(seed, from, amount);
        address to = _person(_roll(seed, "to"));
        if (kind == 2) to = world.logs.holderAt(world.people.length + (seed % 4));
        if (kind == 3) amount = token.balanceOf(from) + 1;
        bool closed = world.points.isModule(to) || to == address(world.points);
        Reasons memory reasons;
        _require(reasons, !closed, IPoints.ModuleTransferForbidden.selector);
        _require(reasons, world.points.transferable(), IPoints.NotTransferable.selector);
        _require(reasons, amount <= token.balanceOf(from), NOT_ENOUGH);
        (bool taken, bytes memory answer) = _callAsMember(
            seed,
            from,
            address(token),
            abi.encodeCall(IERC20.transfer, (to, amount))
        );
        _judge(SetGuarantee.DonationsChangeNothing, "transfer", reasons, taken, answer);
        if (taken) _expectMove(from, to, amount);
        if (taken) _reach(SetState.Transferred);
        else if (closed) _reach(SetState.ModuleRefusedPoints);
        _end();
    }

    /// @notice The hostile operator changes the recorder all the time.
    function changeRecorder(uint256 seed) external inTime {
        uint256 key = uint256(keccak256(abi.encode("recorder", ++fresh)));
        uint256 current = world.recorders.keyOf(world.clock.epoch());
        bool revokes = _roll(seed, "revoke") % 2 == 0;
        bytes memory data =
            revokes
                ? abi.encodeCall(IPoints.revokeRecorder, (vm.addr(current), vm.addr(key)))
                : abi.encodeCall(IPoints.rotateRecorder, (vm.addr(key)));
        Reasons memory reasons;
        (bool taken, bytes memory answer) = _callAsMember(
            seed,
            _operator(),
            address(world.points),
            data
        );
        _judge(SetGuarantee.CallsDoWhatTheySay, "recorder", reasons, taken, answer);
        if (revokes) world.recorders.revoke(world.clock.epoch(), current, key);
        else world.recorders.rotate(world.clock.epoch(), key);
        _reach(revokes ? SetState.RecorderRevoked : SetState.RecorderRotated);
        _end();
    }

    function _burn(uint256 seed, address from, uint256 amount) private {
        amount /= 4;
        Reasons memory reasons;
        (bool taken, bytes memory answer) = _callAsMember(
            seed,
            from,
            address(token),
            abi.encodeCall(IPoints.burn, (amount))
        );
        _judge(SetGuarantee.CallsDoWhatTheySay, "burn", reasons, taken, answer);
        if (taken) _expectMove(from, address(0), amount);
        if (amount > 0) _reach(SetState.Burned);
        _end();
    }

    function _settle(address member, uint32 count, uint64 amount, SetState state) private {
        uint32 epoch = world.clock.epoch();
        bytes memory line = StatementPacking.packLine(Line(1, count, amount));
        bytes memory batch = StatementPacking.packStatement(member, epoch, line);
        bytes memory signature = ProgramSignatures.signBatch(
            world.recorders.keyOf(epoch),
            address(world.points),
            batch
        );
        uint256 supply = token.totalSupply();
        Reasons memory reasons;
        (bool taken, bytes memory answer) = _call(
            _person(uint256(keccak256(signature))),
            address(world.points),
            abi.encodeCall(IPoints.settle, (batch, signature))
        );
        _judge(SetGuarantee.CallsDoWhatTheySay, "settling", reasons, taken, answer);
        uint256 minted = taken ? abi.decode(answer, (uint256)) : 0;
        if (minted > 0) world.supplies.noteMint(epoch, supply);
        _expectMove(address(0), member, minted);
        if (minted > 0) _reach(state);
        _end();
    }

    function _thief() private view returns (address) {
        return world.people[world.people.length - 1];
    }
}
