// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Test} from "forge-std/Test.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IPoints, PointsSettings, Rule, RuleSetTerms} from "../../src/interfaces/IPoints.sol";
import {EscrowModule} from "./EscrowModule.sol";
import {PointsFactory} from "./PointsFactory.sol";

/// @notice Points alone, of the optimised artefact, with a plain account as its charter and escrow
/// modules that do nothing by themselves.
abstract contract ProgramFixture is Test {
    uint64 internal constant STARTS_AT = 1_800_000_000;
    uint32 internal constant EPOCH_LENGTH = 1 days;
    uint32 internal constant NO_COUNT_CAP = type(uint32).max;
    uint64 internal constant NO_POINTS_CAP = 2 ** 34 - 1;
    uint32 internal constant NO_END = type(uint32).max;
    uint96 internal constant NO_BUDGET = type(uint96).max;

    uint256 internal constant RECORDER_KEY = uint256(keccak256("recorder"));

    PointsFactory internal programs;
    address internal trustedForwarder;
    address internal operator = makeAddr("operator");
    address internal charter = makeAddr("charter");
    EscrowModule internal buyback;
    EscrowModule internal catalogue;

    function deployPrograms() internal {
        vm.warp(STARTS_AT);
        trustedForwarder = vm.deployCode(
            "ERC2771Forwarder.sol:ERC2771Forwarder",
            abi.encode("Dewpoint")
        );
        address implementation = vm.deployCode("Points.sol:Points", abi.encode(trustedForwarder));
        programs = new PointsFactory(implementation);
        buyback = new EscrowModule();
        catalogue = new EscrowModule();
    }

    function defaultSettings() internal view returns (PointsSettings memory) {
        return
            PointsSettings({
                name: "Drops",
                symbol: "DROP",
                operator: operator,
                recorder: vm.addr(RECORDER_KEY),
                charter: charter,
                buyback: address(buyback),
                catalogue: address(catalogue),
                startsAt: uint64(vm.getBlockTimestamp()),
                epochLength: EPOCH_LENGTH,
                settlementWindow: 40,
                transferable: true
            });
    }

    function create(
        PointsSettings memory settings,
        RuleSetTerms[] memory opening
    ) internal returns (IPoints) {
        return programs.create(settings, opening);
    }

    function create(
        PointsSettings memory settings,
        RuleSetTerms memory terms
    ) internal returns (IPoints) {
        RuleSetTerms[] memory opening = new RuleSetTerms[](1);
        opening[0] = terms;
        return create(settings, opening);
    }

    /// @notice A program whose only rule earns one base unit for one action, without caps: the
    /// points of a statement are its count.
    function createCounting(uint32 window, uint96 budget) internal returns (IPoints) {
        PointsSettings memory settings = defaultSettings();
        settings.settlementWindow = window;
        return create(settings, countingTerms(budget));
    }

    function countingTerms(uint96 budget) internal pure returns (RuleSetTerms memory) {
        Rule[] memory rules = new Rule[](1);
        rules[0] = rule(1, 1, 0, NO_COUNT_CAP, NO_POINTS_CAP, NO_END);
        return RuleSetTerms({notBefore: 0, budgetPerEpoch: budget, rules: rules});
    }

    /// @notice A rule whose name and text follow from its id, as they must never change.
    function rule(
        uint8 id,
        uint64 perAction,
        uint64 perUnit,
        uint32 maxCount,
        uint64 maxPoints,
        uint32 untilEpoch
    ) internal pure returns (Rule memory) {
        return
            Rule({
                id: id,
                perAction: perAction,
                perUnit: perUnit,
                maxCount: maxCount,
                maxPoints: maxPoints,
                untilEpoch: untilEpoch,
                name: string.concat("rule-", vm.toString(id)),
                text: string.concat("Words for members about rule ", vm.toString(id))
            });
    }

    function goToEpoch(IPoints points, uint32 epoch) internal {
        vm.warp(uint256(points.startsAt()) + uint256(epoch) * points.epochLength());
    }

    function balanceOf(IPoints points, address account) internal view returns (uint256) {
        return IERC20(address(points)).balanceOf(account);
    }

    function totalSupply(IPoints points) internal view returns (uint256) {
        return IERC20(address(points)).totalSupply();
    }

    function settle(IPoints points, bytes memory batch) internal returns (uint256) {
        vm.prank(points.recorder());
        return points.settle(batch);
    }
}
