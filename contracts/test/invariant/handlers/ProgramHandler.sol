// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {CommonBase} from "forge-std/Base.sol";
import {StdUtils} from "forge-std/StdUtils.sol";
import {Vm} from "forge-std/Vm.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IPoints} from "../../../src/interfaces/IPoints.sol";
import {BackingModule} from "../../model/fixtures/BackingModule.sol";
import {Clock} from "../stores/Clock.sol";
import {Guarantee, Guarantees} from "../stores/Guarantees.sol";
import {LogLedger} from "../stores/LogLedger.sol";
import {MintLedger} from "../stores/MintLedger.sol";
import {Reached, State} from "../stores/Reached.sol";
import {RecorderBook} from "../stores/RecorderBook.sol";
import {RuleBook} from "../stores/RuleBook.sol";

/// @notice One program under test, everybody around it, and the ghosts that follow it.
struct World {
    IPoints points;
    address operator;
    address charter;
    address forwarder;
    BackingModule module;
    bool transferable;
    Clock clock;
    Guarantees guarantees;
    LogLedger logs;
    MintLedger mints;
    Reached reached;
    RecorderBook recorders;
    RuleBook rules;
}

/// @notice What a handler may do to balances.
enum CallKind {
    Settling,
    Moving,
    Other
}

/// @notice Surrounds every call of a handler: goes to the time of the run, and reads from the logs
/// and balances what the call did to whom.
abstract contract ProgramHandler is CommonBase, StdUtils {
    uint256 internal constant MEMBERS = 5;

    World internal world;
    IPoints internal points;
    IERC20 internal token;
    mapping(address holder => uint256) private before;

    constructor(World memory world_) {
        world = world_;
        points = world_.points;
        token = IERC20(address(world_.points));
    }

    modifier inTime() {
        vm.warp(world.clock.timestamp());
        world.rules.see(_now());
        _;
    }

    function _now() internal view returns (uint32) {
        return world.clock.epoch();
    }

    function _memberKey(uint256 seed) internal pure returns (uint256) {
        return uint256(keccak256(abi.encode("member", seed % MEMBERS)));
    }

    function _member(uint256 seed) internal pure returns (address) {
        return vm.addr(_memberKey(seed));
    }

    function _stranger(uint256 seed) internal pure returns (address) {
        return vm.addr(uint256(keccak256(abi.encode("stranger", seed % 2))));
    }

    /// @dev A further random number of the same seed.
    function _roll(uint256 seed, string memory what) internal pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, what)));
    }

    function _rollEach(
        uint256 seed,
        string memory what,
        uint256 index
    ) internal pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, what, index)));
    }

    function _reach(State state) internal {
        world.reached.reach(state);
    }

    function _broken(Guarantee guarantee, string memory how) internal {
        world.guarantees.broken(guarantee, how);
    }

    function _demand(bool holds, Guarantee guarantee, string memory how) internal {
        if (!holds) _broken(guarantee, how);
    }

    function _begin() internal {
        for (uint256 i = 0; i < world.logs.holderCount(); i++) {
            address holder = world.logs.holderAt(i);
            before[holder] = token.balanceOf(holder);
        }
        vm.recordLogs();
    }

    /// @dev The logs of a call that was undone are recorded all the same.
    function _dropLogs() internal {
        vm.getRecordedLogs();
    }

    /// @param holder Who asked for its own balance to fall in this call; zero for nobody.
    /// @param asked By how much at most.
    function _end(
        CallKind kind,
        address holder,
        uint256 asked
    ) internal returns (Vm.Log[] memory logs, uint256 minted) {
        logs = vm.getRecordedLogs();
        uint256 moved;
        (minted, moved) = world.logs.read(_now(), logs);
        if (minted > 0 && kind != CallKind.Settling) {
            _broken(Guarantee.NothingMintsOutsideSettling, "points appeared in another call");
        }
        if (moved > 0 && kind != CallKind.Moving && !world.transferable) {
            _broken(Guarantee.PointsStayWhereTheyAre, "points moved in a program that forbids it");
        }
        for (uint256 i = 0; i < world.logs.holderCount(); i++) {
            address other = world.logs.holderAt(i);
            uint256 balance = token.balanceOf(other);
            if (balance >= before[other]) continue;
            if (other != holder || before[other] - balance > asked) {
                _broken(Guarantee.BalancesFallByTheirHoldersCall, "a balance fell unasked");
            }
        }
    }

    /// @dev Whether a call reverted with this error, whatever its arguments.
    function _is(bytes memory reason, bytes4 selector) internal pure returns (bool) {
        return reason.length >= 4 && bytes4(reason) == selector;
    }
}
