// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Test} from "forge-std/Test.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {BuybackTerms, IBuyback} from "../../src/interfaces/IBuyback.sol";
import {ICatalogue} from "../../src/interfaces/ICatalogue.sol";
import {ICharter} from "../../src/interfaces/ICharter.sol";
import {IPoints, Rule, RuleSetTerms} from "../../src/interfaces/IPoints.sol";
import {IPrograms, ProgramContracts, ProgramSettings} from "../../src/interfaces/IPrograms.sol";
import {ForwardRequests, IForwarder} from "./ForwardRequests.sol";
import {Line, StatementPacking} from "./StatementPacking.sol";

/// @dev A settlement token of which anybody mints as much as they like.
interface IMintable is IERC20 {
    function mint(address to, uint256 amount) external;
}

/// @notice Whole programs of the optimised artefacts, made by the factory, and short words for what
/// their tests do.
abstract contract SetFixture is Test {
    uint64 internal constant STARTS_AT = 1_800_000_000;
    uint32 internal constant EPOCH_LENGTH = 1 days;
    uint32 internal constant NOTICE = 7 days;
    uint16 internal constant THRESHOLD_BPS = 500;
    uint64 internal constant FIRST_ROUND_AT = STARTS_AT + 3 days;
    uint32 internal constant PERIOD = 28 days;
    uint32 internal constant ROUND_WINDOW = 7 days;
    uint32 internal constant ORDER_DEADLINE = 7 days;
    uint32 internal constant NO_COUNT_CAP = type(uint32).max;
    uint64 internal constant NO_POINTS_CAP = 2 ** 34 - 1;
    uint32 internal constant NO_END = type(uint32).max;
    /// @dev Base units of points a day.
    uint96 internal constant BUDGET = 10 ** 12;
    /// @dev One cent of a 6-decimal currency for a point.
    uint128 internal constant PRICE = 10_000;
    /// @dev Buys 10,000 points.
    uint128 internal constant ROUND_BUDGET = 100 * 10 ** 6;
    uint96 internal constant MIN_TENDER = 100;

    uint256 internal constant RECORDER_KEY = uint256(keccak256("recorder"));
    uint256 internal constant MEMBER_KEY = uint256(keccak256("member"));

    IPrograms internal programs;
    IForwarder internal forwarder;
    IMintable internal money;

    IPoints internal points;
    IERC20 internal token;
    ICharter internal charter;
    IBuyback internal buyback;
    ICatalogue internal catalogue;

    address internal operator = makeAddr("operator");
    address internal recorder = vm.addr(RECORDER_KEY);
    address internal member = vm.addr(MEMBER_KEY);
    address internal other = makeAddr("other");
    address internal stranger = makeAddr("stranger");
    uint256 private _salt;

    /// @notice The factory with its implementations, and a settlement token of 6 decimals.
    function deployPrograms() internal {
        vm.warp(STARTS_AT);
        forwarder = IForwarder(
            vm.deployCode("ERC2771Forwarder.sol:ERC2771Forwarder", abi.encode("Dewpoint"))
        );
        bytes memory trusted = abi.encode(forwarder);
        ProgramContracts memory implementations = ProgramContracts({
            points: vm.deployCode("Points.sol:Points", trusted),
            charter: vm.deployCode("Charter.sol:Charter", trusted),
            buyback: vm.deployCode("Buyback.sol:Buyback", trusted),
            catalogue: vm.deployCode("Catalogue.sol:Catalogue", trusted)
        });
        programs = IPrograms(vm.deployCode("Programs.sol:Programs", abi.encode(implementations)));
        money = deployMoney(6);
    }

    function deployMoney(uint8 decimals) internal returns (IMintable) {
        return
            IMintable(
                vm.deployCode("LocalMoney.sol:LocalMoney", abi.encode("Money", "MON", decimals))
            );
    }

    function defaultSettings() internal view returns (ProgramSettings memory) {
        return
            ProgramSettings({
                name: "Drops",
                symbol: "DROP",
                operator: operator,
                recorder: recorder,
                startsAt: uint64(vm.getBlockTimestamp()),
                epochLength: EPOCH_LENGTH,
                settlementWindow: 40,
                transferable: true,
                noticePeriod: NOTICE,
                objectionThresholdBps: THRESHOLD_BPS,
                settlementToken: address(money),
                firstRoundAt: uint64(vm.getBlockTimestamp()) + 3 days,
                roundPeriod: PERIOD,
                roundWindow: ROUND_WINDOW,
                buyback: defaultBuyback(),
                orderDeadline: ORDER_DEADLINE
            });
    }

    function defaultBuyback() internal pure returns (BuybackTerms memory) {
        return
            BuybackTerms({
                pricePerPoint: PRICE,
                budgetPerRound: ROUND_BUDGET,
                minTender: MIN_TENDER
            });
    }

    /// @notice Rule 1 earns one base unit for one unit of amount, so that tests give points with it;
    /// rule 2 is there to be changed.
    function defaultRules() internal pure returns (RuleSetTerms memory terms) {
        terms.budgetPerEpoch = BUDGET;
        terms.rules = new Rule[](2);
        terms.rules[0] = rule(1, 1, 10 ** 6, NO_COUNT_CAP, NO_POINTS_CAP, NO_END);
        terms.rules[1] = rule(2, 10, 20, 30, 400, NO_END);
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

    /// @notice Creates a program and uses it from here on.
    function createProgram(
        ProgramSettings memory settings,
        RuleSetTerms[] memory opening
    ) internal {
        use(programs.create(settings, opening, bytes32(++_salt)));
    }

    function createProgram(ProgramSettings memory settings) internal {
        RuleSetTerms[] memory opening = new RuleSetTerms[](1);
        opening[0] = defaultRules();
        createProgram(settings, opening);
    }

    function createProgram() internal {
        createProgram(defaultSettings());
    }

    function use(ProgramContracts memory created) internal {
        points = IPoints(created.points);
        token = IERC20(created.points);
        charter = ICharter(created.charter);
        buyback = IBuyback(created.buyback);
        catalogue = ICatalogue(created.catalogue);
    }

    /// @notice Mints `amount` base units of points to `to`, for what it did in the current epoch.
    function give(address to, uint64 amount) internal {
        uint32 epoch = points.currentEpoch();
        uint64 before = points.mintedFor(to, epoch);
        bytes memory line = StatementPacking.packLine(
            Line({ruleId: 1, count: 0, amount: before + amount})
        );
        vm.prank(points.recorder());
        uint256 minted = points.settle(StatementPacking.packStatement(to, epoch, line));
        assertEq(minted, amount, "the budget or a cap is in the way of giving points");
    }

    /// @notice The operator deposits new money.
    function fund(uint128 amount) internal {
        fundFrom(operator, amount);
    }

    function fundFrom(address from, uint128 amount) internal {
        money.mint(from, amount);
        vm.startPrank(from);
        money.approve(address(buyback), amount);
        buyback.deposit(amount);
        vm.stopPrank();
    }

    function tender(address holder, uint32 round, uint96 amount) internal {
        vm.prank(holder);
        buyback.tender(round, amount);
    }

    /// @notice Announces a rule set as the operator.
    function announce(RuleSetTerms memory terms) internal returns (uint256) {
        vm.prank(operator);
        return charter.announce(address(points), abi.encode(terms));
    }

    /// @notice Announces buyback terms as the operator.
    function announce(BuybackTerms memory terms) internal returns (uint256) {
        vm.prank(operator);
        return charter.announce(address(buyback), abi.encode(terms));
    }

    function object(address holder, uint256 id, uint96 amount) internal {
        vm.prank(holder);
        charter.object(id, amount);
    }

    /// @notice Sends a member's signed call through the forwarder, as a stranger who pays the gas.
    function forward(uint256 key, address to, bytes memory data) internal {
        IForwarder.ForwardRequestData memory request = ForwardRequests.sign(
            key,
            forwarder,
            to,
            data
        );
        vm.prank(stranger);
        forwarder.execute(request);
    }

    function warpToEpoch(uint32 epoch) internal {
        vm.warp(uint256(points.startsAt()) + uint256(epoch) * points.epochLength());
    }

    /// @notice To the first second in which `round` is open.
    function warpToRound(uint32 round) internal {
        vm.warp(buyback.roundOf(round).opensAt);
    }

    /// @notice To the first second in which `round` is closed.
    function warpToClose(uint32 round) internal {
        vm.warp(buyback.roundOf(round).closesAt);
    }

    /// @notice To the first second after the notice of a change.
    function warpToNoticeEnd(uint256 id) internal {
        vm.warp(charter.change(id).noticeEndsAt);
    }
}
