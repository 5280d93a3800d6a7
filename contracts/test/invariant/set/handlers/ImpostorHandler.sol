// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {IBuyback} from "../../../../src/interfaces/IBuyback.sol";
import {CatalogueSettings, ICatalogue} from "../../../../src/interfaces/ICatalogue.sol";
import {CharterSettings, ICharter} from "../../../../src/interfaces/ICharter.sol";
import {IPoints} from "../../../../src/interfaces/IPoints.sol";
import {SetGuarantee} from "../stores/SetGuarantees.sol";
import {SetState} from "../stores/SetReached.sol";
import {Reasons, SetHandler, SetWorld} from "./SetHandler.sol";

/// @notice Everybody tries what is the operator's, the charter's or a module's alone; and the operator changes.
contract ImpostorHandler is SetHandler {
    constructor(SetWorld memory world_) SetHandler(world_) {}

    function actAsOperator(uint256 seed) external inTime {
        (address target, bytes memory data) = _operatorCall(seed);
        bytes4 selector = IPoints.NotOperator.selector;
        address caller = _person(_roll(seed, "caller"));
        if (_roll(seed, "forwarded") % 3 == 0) {
            // The forwarder speaks for the signer of a call, and none of these is the operator.
            data = abi.encodePacked(data, caller);
            caller = world.forwarder;
        }
        _refused(caller, target, data, selector);
    }

    function actAsModule(uint256 seed) external inTime {
        uint256 kind = _roll(seed, "kind") % 6;
        address caller =
            _roll(seed, "operator") % 2 == 0 ? _operator() : _person(_roll(seed, "caller"));
        address points = address(world.points);
        if (kind == 0) {
            bytes memory data = abi.encodeCall(IPoints.pull, (_person(seed), 1));
            _refused(caller, points, data, IPoints.NotModule.selector);
        } else if (kind < 3) {
            bytes memory data = abi.encodeCall(IPoints.applyTerms, (""));
            address target = kind == 1 ? points : address(world.buyback);
            _refused(caller, target, data, IPoints.NotCharter.selector);
        } else {
            _initialiseAgain(caller, kind);
        }
    }

    /// @notice A member's address behind the call counts only when the forwarder put it there.
    function speakForAnother(uint256 seed) external inTime {
        address caller =
            world.operators[1] == _operator() ? world.operators[0] : world.operators[1];
        bytes memory data = abi.encodeCall(IPoints.burn, (1));
        address target = address(world.points);
        uint256 kind = seed % 4;
        if (kind == 1) {
            (target, data) = (
                address(world.charter),
                abi.encodeCall(ICharter.object, (world.changes.pending(), 1))
            );
        } else if (kind == 2) {
            (, uint32 round) = world.rounds.openRound(_now());
            (target, data) = (
                address(world.buyback),
                abi.encodeCall(IBuyback.untender, (round, 1))
            );
        } else if (kind == 3) {
            (target, data) = (
                address(world.catalogue),
                abi.encodeCall(ICatalogue.redeem, (1, 1, type(uint96).max, bytes32(seed)))
            );
        }
        // This caller has nothing of its own.
        _refused(caller, target, abi.encodePacked(data, _person(_roll(seed, "victim"))), ANY_ERROR);
    }

    function handOver(uint256 seed) external inTime {
        address next = world.operators[seed % world.operators.length];
        Reasons memory reasons;
        (bool taken, bytes memory answer) = _call(
            _operator(),
            address(world.points),
            abi.encodeCall(IPoints.offerOperator, (next))
        );
        _judge(SetGuarantee.OnlyTheOperatorOperates, "offer", reasons, taken, answer);
        _end();
        _refused(
            _person(seed),
            address(world.points),
            abi.encodeCall(IPoints.acceptOperator, ()),
            IPoints.NotOfferedOperator.selector
        );
        (taken, answer) = _call(
            next,
            address(world.points),
            abi.encodeCall(IPoints.acceptOperator, ())
        );
        _judge(SetGuarantee.OnlyTheOperatorOperates, "acceptance", reasons, taken, answer);
        _demand(
            _operator() == next,
            SetGuarantee.OnlyTheOperatorOperates,
            "another account took over"
        );
        _reach(next == address(world.money) ? SetState.TokenOperates : SetState.HandedOver);
        _end();
    }

    function _refused(address caller, address target, bytes memory data, bytes4 selector) private {
        Reasons memory reasons;
        _require(reasons, false, selector);
        (bool taken, bytes memory answer) = _call(caller, target, data);
        _judge(SetGuarantee.OnlyTheOperatorOperates, "impostor", reasons, taken, answer);
        if (!taken) _reach(SetState.ImpostorRefused);
        _end();
    }

    function _initialiseAgain(address caller, uint256 kind) private {
        address target = address(world.charter);
        bytes memory data = abi.encodeCall(
            ICharter.initialize,
            (CharterSettings(caller, caller, 1, 1, 100))
        );
        if (kind == 4) {
            target = address(world.catalogue);
            data = abi.encodeCall(ICatalogue.initialize, (CatalogueSettings(caller, 1, 1)));
        }
        _refused(caller, target, data, Initializable.InvalidInitialization.selector);
    }

    function _operatorCall(uint256 seed) private view returns (address target, bytes memory data) {
        uint256 kind = _roll(seed, "kind") % 9;
        if (kind < 2) {
            bytes memory terms = abi.encode(world.rounds.newest());
            data = abi.encodeCall(ICharter.announce, (address(world.buyback), terms));
            if (kind == 1) data = abi.encodeCall(ICharter.withdraw, (world.changes.pending()));
            return (address(world.charter), data);
        }
        if (kind == 2) {
            data = abi.encodeCall(IBuyback.withdraw, (_person(seed), 1));
            return (address(world.buyback), data);
        }
        if (kind == 3) {
            data = abi.encodeCall(IPoints.rotateRecorder, (_person(seed)));
            return (address(world.points), data);
        }
        target = address(world.catalogue);
        if (kind == 4) data = abi.encodeCall(ICatalogue.addItem, (1, 1, "A thing"));
        else if (kind == 5) data = abi.encodeCall(ICatalogue.setPrice, (1, 1));
        else if (kind == 6) data = abi.encodeCall(ICatalogue.scheduleWithdrawal, (1));
        else if (kind == 7) data = abi.encodeCall(ICatalogue.cancelWithdrawal, (1));
        else data = abi.encodeCall(ICatalogue.fulfil, (1));
    }
}
