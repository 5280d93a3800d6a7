// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {CommonBase} from "forge-std/Base.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IBuyback} from "../../../../src/interfaces/IBuyback.sol";
import {ICatalogue} from "../../../../src/interfaces/ICatalogue.sol";
import {ICharter} from "../../../../src/interfaces/ICharter.sol";
import {IPoints} from "../../../../src/interfaces/IPoints.sol";
import {Clock} from "../../stores/Clock.sol";
import {LogLedger} from "../../stores/LogLedger.sol";
import {RecorderBook} from "../../stores/RecorderBook.sol";
import {RuleBook} from "../../stores/RuleBook.sol";
import {ShiftyToken} from "../ShiftyToken.sol";
import {ChangeBook} from "../stores/ChangeBook.sol";
import {OrderBook} from "../stores/OrderBook.sol";
import {RoundBook} from "../stores/RoundBook.sol";
import {SetGuarantee, SetGuarantees} from "../stores/SetGuarantees.sol";
import {SetReached, SetState} from "../stores/SetReached.sol";
import {Standings} from "../stores/Standings.sol";
import {SupplyBook} from "../stores/SupplyBook.sol";

/// @notice One whole program under test, everybody around it, and the ghosts that follow it.
struct SetWorld {
    IPoints points;
    ICharter charter;
    IBuyback buyback;
    ICatalogue catalogue;
    address forwarder;
    ShiftyToken money;
    address[] people;
    address[] operators;
    Clock clock;
    LogLedger logs;
    RecorderBook recorders;
    RuleBook rules;
    SupplyBook supplies;
    ChangeBook changes;
    RoundBook rounds;
    OrderBook orders;
    Standings standings;
    SetGuarantees guarantees;
    SetReached reached;
}

/// @dev Why a call must be refused; none if it must be taken.
struct Reasons {
    bytes4[12] errors;
    uint256 count;
}

/// @dev What the operator may take now, by the ghosts.
function withdrawableOf(SetWorld storage world) view returns (uint256) {
    uint256 budget = world.rules.highestBudgetFrom(world.clock.epoch());
    // A notice that begins within an epoch ends within another one.
    uint256 epochs = world.changes.noticePeriod() / world.clock.epochLength() + 1;
    if (world.changes.noticePeriod() % world.clock.epochLength() != 0) epochs++;
    return
        world.rounds.withdrawable(
            world.clock.timestamp(),
            IERC20(address(world.points)).totalSupply(),
            budget * epochs
        );
}

/// @notice Surrounds every call of a handler: goes to the time of the run, lets the ghosts catch up with it, and
/// compares what the call did to everybody with what it may do.
abstract contract SetHandler is CommonBase {
    /// @dev Stands for "whatever error": that of a token, for one.
    bytes4 internal constant ANY_ERROR = 0xffffffff;
    bytes4 internal constant NOT_ENOUGH = IERC20Errors.ERC20InsufficientBalance.selector;

    SetWorld internal world;
    IERC20 internal token;
    /// @dev The chain of a run never gets older.
    uint256 private constant LONGEST = 3_000 days;
    /// @dev Whose call it is.
    address private actor;
    bool private operates;
    mapping(address holder => uint256) private balance;
    mapping(address holder => int256) private move;

    constructor(SetWorld memory world_) {
        world = world_;
        token = IERC20(address(world_.points));
    }

    modifier inTime() {
        vm.warp(world.clock.timestamp());
        world.rules.see(world.clock.epoch());
        world.rounds.passTo(_now());
        if (world.changes.passTo(_now()) != 0) _reach(SetState.Died);
        _watchEarliest();
        _;
        _watchEarliest();
    }

    function _now() internal view returns (uint256) {
        return world.clock.timestamp();
    }

    function _to(uint256 moment) internal {
        uint256 end = world.clock.startsAt() + LONGEST;
        if (moment <= _now() || moment > end) return;
        world.clock.set(moment);
        vm.warp(moment);
        world.rules.see(world.clock.epoch());
        world.rounds.passTo(moment);
        if (world.changes.passTo(moment) != 0) _reach(SetState.Died);
    }

    function _operator() internal view returns (address) {
        return world.points.operator();
    }

    function _person(uint256 seed) internal view returns (address) {
        return world.people[seed % world.people.length];
    }

    /// @dev Mostly a holder with at least this many points.
    function _holder(uint256 seed, uint256 least) internal view returns (address holder) {
        for (uint256 i = 0; i < world.people.length; i++) {
            holder = _person((seed % world.people.length) + i);
            if (token.balanceOf(holder) >= least || _roll(seed, "poor") % 12 == 0) break;
        }
    }

    /// @dev Whether objections to this change may come back.
    function _isReleasable(uint256 id) internal view returns (bool) {
        ChangeBook.Change memory change = world.changes.changeAt(id);
        return _now() >= change.noticeEndsAt || change.state == ICharter.ChangeState.Withdrawn;
    }

    /// @dev A further random number of the same seed.
    function _roll(uint256 seed, string memory what) internal pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, what)));
    }

    function _reach(SetState state) internal {
        world.reached.reach(state);
    }

    function _broken(SetGuarantee guarantee, string memory how) internal {
        world.guarantees.broken(guarantee, how);
    }

    function _demand(bool holds, SetGuarantee guarantee, string memory how) internal {
        if (!holds) _broken(guarantee, how);
    }

    function _require(Reasons memory reasons, bool holds, bytes4 selector) internal pure {
        if (!holds) reasons.errors[reasons.count++] = selector;
    }

    /// @dev Half of the time through the forwarder, as for members and operators without gas.
    function _callAsMember(
        uint256 seed,
        address member,
        address target,
        bytes memory data
    ) internal returns (bool taken, bytes memory answer) {
        if (_roll(seed, "gasless") % 2 == 0) return _call(member, target, data);
        _begin(member);
        vm.prank(world.forwarder);
        (taken, answer) = target.call(abi.encodePacked(data, member));
        if (taken) _reach(SetState.ForwardedCall);
        else vm.getRecordedLogs();
    }

    /// @dev Begins the comparison that `_end` ends.
    function _call(
        address caller,
        address target,
        bytes memory data
    ) internal returns (bool taken, bytes memory answer) {
        _begin(caller);
        vm.prank(caller);
        (taken, answer) = target.call(data);
        // The logs of a call that was undone are recorded all the same.
        if (!taken) vm.getRecordedLogs();
    }

    /// @dev Whether the call was taken or refused as it must be, and for one of its reasons.
    function _judge(
        SetGuarantee guarantee,
        string memory what,
        Reasons memory reasons,
        bool taken,
        bytes memory answer
    ) internal {
        string memory refused = string.concat(what, " was refused: ", vm.toString(answer));
        if (reasons.count == 0) return _demand(taken, guarantee, refused);
        if (taken) return _broken(guarantee, string.concat(what, " was taken"));
        for (uint256 i = 0; i < reasons.count; i++) {
            if (reasons.errors[i] == ANY_ERROR) return;
            if (answer.length >= 4 && bytes4(answer) == reasons.errors[i]) return;
        }
        _broken(guarantee, refused);
    }

    /// @dev The call moves these points; zero stands for nobody, in minting and burning.
    function _expectMove(address from, address to, uint256 amount) internal {
        move[from] -= int256(amount);
        move[to] += int256(amount);
    }

    function _end() internal {
        _seeSettled();
        world.logs.read(world.clock.epoch(), vm.getRecordedLogs());
        for (uint256 i = 0; i < world.logs.holderCount(); i++) {
            address holder = world.logs.holderAt(i);
            int256 expected = int256(balance[holder]) + move[holder];
            delete move[holder];
            if (int256(token.balanceOf(holder)) == expected) continue;
            _broken(SetGuarantee.MovesAreAskedFor, "points moved unasked");
        }
        delete move[address(0)];
        string memory how = world.standings.lowered(actor, operates);
        if (bytes(how).length != 0) _broken(SetGuarantee.NobodyLowersWhatOthersHave, how);
    }

    function _begin(address caller) private {
        actor = caller;
        operates = caller == _operator();
        for (uint256 i = 0; i < world.logs.holderCount(); i++) {
            address holder = world.logs.holderAt(i);
            balance[holder] = token.balanceOf(holder);
        }
        world.standings.note(_watchedRounds());
        vm.recordLogs();
    }

    /// @dev The newest rounds that anybody tendered in.
    function _watchedRounds() private view returns (uint32[] memory watched) {
        uint256 count = world.rounds.tenderedCount();
        watched = new uint32[](count > 2 ? 2 : count);
        for (uint256 i = 0; i < watched.length; i++) {
            watched[i] = world.rounds.tenderedAt(count - 1 - i);
        }
    }

    /// @dev Compares results as they appear on chain, and expects the burn of what they bought.
    function _seeSettled() private {
        uint256 count = world.rounds.tenderedCount();
        for (uint256 i = 0; i < 2 && i < count; i++) {
            _seeSettled(world.rounds.tenderedAt(count - 1 - i));
        }
        if (world.rounds.closed() > 0) _seeSettled(world.rounds.closed() - 1);
    }

    function _seeSettled(uint32 round) private {
        RoundBook.Result memory due = world.rounds.resultOf(round);
        IBuyback.Round memory chain = world.buyback.roundOf(round);
        if (due.seenSettled || !chain.settled) return;
        _expectMove(address(world.buyback), address(0), world.rounds.seeSettled(round));
        _demand(
            round < world.rounds.closed() &&
                chain.covered == due.covered &&
                chain.version == due.version &&
                chain.tendered == world.rounds.tendered(round) &&
                chain.filled == due.filled &&
                chain.payout == due.payout,
            SetGuarantee.RoundsFollowTheirTerms,
            "a round was settled otherwise than it stood at its close"
        );
        _noteRound(round, chain);
    }

    function _noteRound(uint32 round, IBuyback.Round memory chain) private {
        if (round + 1 < world.rounds.closed()) _reach(SetState.RoundSettledLate);
        uint256 budget = world.rounds.versionAt(chain.version).terms.budgetPerRound;
        if (chain.payout > budget) _reach(SetState.LastRoundBoughtForMore);
        if (chain.tendered == 0) {
            _reach(chain.covered ? SetState.RoundCoveredEmpty : SetState.RoundUncoveredEmpty);
        } else if (chain.filled == chain.tendered) {
            _reach(SetState.RoundFilled);
        } else {
            _reach(chain.covered ? SetState.RoundOversubscribed : SetState.RoundUnfunded);
        }
    }

    function _watchEarliest() private {
        uint256 id = world.changes.pending();
        if (id == 0) return;
        uint256 earliest = world.charter.earliestEnactment(id);
        _demand(
            world.changes.see(id, earliest),
            SetGuarantee.EarliestMomentIsMonotone,
            "the earliest moment became earlier"
        );
        _demand(
            earliest >= world.changes.changeAt(id).noticeEndsAt,
            SetGuarantee.EarliestMomentIsMonotone,
            "the earliest moment is within the notice"
        );
    }
}
