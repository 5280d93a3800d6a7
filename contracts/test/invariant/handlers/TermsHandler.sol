// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IPoints, RuleSetTerms} from "../../../src/interfaces/IPoints.sol";
import {RandomTerms} from "../../model/terms/RandomTerms.sol";
import {Guarantee} from "../stores/Guarantees.sol";
import {State} from "../stores/Reached.sol";
import {CallKind, ProgramHandler, World} from "./ProgramHandler.sol";

/// @notice Publishes rule sets as the charter does, and tries to as another account.
contract TermsHandler is ProgramHandler {
    uint256 private constant MOST_VERSIONS = 40;

    constructor(World memory world_) ProgramHandler(world_) {}

    function publish(uint256 seed) external inTime {
        if (world.rules.count() >= MOST_VERSIONS) return;
        RuleSetTerms memory terms = RandomTerms.draw(seed, _now());
        if (_roll(seed, "repeat") % 8 == 0) terms = _newest(terms.notBefore);
        bool isRepeated = world.rules.isRepeated(terms);
        uint32 fromEpoch = _now() + 1;
        if (terms.notBefore > fromEpoch) fromEpoch = terms.notBefore;
        if (world.rules.newestFromEpoch() >= fromEpoch)
            fromEpoch = world.rules.newestFromEpoch() + 1;
        _begin();
        vm.prank(world.charter);
        try points.applyTerms(abi.encode(terms)) {
            _demand(!isRepeated, Guarantee.CallsDoWhatTheySay, "terms were repeated");
            world.rules.publish(fromEpoch, terms);
            _reach(State.VersionPublished);
            if (terms.budgetPerEpoch == 0) _reach(State.BudgetOfZero);
        } catch (bytes memory reason) {
            _dropLogs();
            _demand(
                isRepeated && _is(reason, IPoints.NoChange.selector),
                Guarantee.CallsDoWhatTheySay,
                "good terms were refused"
            );
            _reach(State.VersionRepeated);
        }
        _end(CallKind.Other, address(0), 0);
    }

    /// @notice The words of an id that was ever published stay as they are, and no other id takes its name.
    function publishOtherWords(uint256 seed) external inTime {
        RuleSetTerms memory terms = RandomTerms.draw(seed, _now());
        uint256 index = _roll(seed, "rule") % terms.rules.length;
        if (!world.rules.defined(terms.rules[index].id)) {
            terms.rules[index].name = world.rules.newest().rules[0].name;
        } else if (seed % 2 == 0) terms.rules[index].text = "Other words";
        else terms.rules[index].name = "other";
        _begin();
        vm.prank(world.charter);
        try points.applyTerms(abi.encode(terms)) {
            _broken(Guarantee.CallsDoWhatTheySay, "a rule's words were changed");
        } catch (bytes memory reason) {
            _dropLogs();
            _demand(
                _is(reason, IPoints.InvalidTerms.selector),
                Guarantee.CallsDoWhatTheySay,
                "another error than InvalidTerms"
            );
        }
        _end(CallKind.Other, address(0), 0);
    }

    function _newest(uint32 notBefore) private view returns (RuleSetTerms memory terms) {
        terms = world.rules.newest();
        terms.notBefore = notBefore;
    }

    function publishAsOther(uint256 seed) external inTime {
        address[4] memory callers = [
            world.operator,
            points.recorder(),
            _member(seed),
            address(world.module)
        ];
        RuleSetTerms memory terms = RandomTerms.draw(seed, _now());
        _begin();
        vm.prank(callers[_roll(seed, "caller") % 4]);
        try points.applyTerms(abi.encode(terms)) {
            _broken(Guarantee.CallsDoWhatTheySay, "another account published terms");
        } catch (bytes memory reason) {
            _dropLogs();
            _demand(
                _is(reason, IPoints.NotCharter.selector),
                Guarantee.CallsDoWhatTheySay,
                "another error than NotCharter"
            );
        }
        _end(CallKind.Other, address(0), 0);
    }
}
