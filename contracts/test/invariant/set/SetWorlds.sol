// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ProgramSettings} from "../../../src/interfaces/IPrograms.sol";
import {Rule, RuleSetTerms} from "../../../src/interfaces/IPoints.sol";
import {SetFixture} from "../../model/fixtures/SetFixture.sol";
import {Clock} from "../stores/Clock.sol";
import {LogLedger} from "../stores/LogLedger.sol";
import {RecorderBook} from "../stores/RecorderBook.sol";
import {RuleBook} from "../stores/RuleBook.sol";
import {ShiftyToken} from "./ShiftyToken.sol";
import {CatalogueHandler} from "./handlers/CatalogueHandler.sol";
import {EarningHandler} from "./handlers/EarningHandler.sol";
import {ImpostorHandler} from "./handlers/ImpostorHandler.sol";
import {OrderHandler} from "./handlers/OrderHandler.sol";
import {ReserveHandler} from "./handlers/ReserveHandler.sol";
import {RoundHandler} from "./handlers/RoundHandler.sol";
import {SetClockHandler} from "./handlers/SetClockHandler.sol";
import {SetWorld} from "./handlers/SetHandler.sol";
import {AnnouncementHandler} from "./handlers/changes/AnnouncementHandler.sol";
import {ChangeHandler} from "./handlers/changes/ChangeHandler.sol";
import {ChangeBook} from "./stores/ChangeBook.sol";
import {OrderBook} from "./stores/OrderBook.sol";
import {RoundBook} from "./stores/RoundBook.sol";
import {SetGuarantees} from "./stores/SetGuarantees.sol";
import {SetReached} from "./stores/SetReached.sol";
import {Standings} from "./stores/Standings.sol";
import {SupplyBook} from "./stores/SupplyBook.sol";

/// @notice Creates one whole program through the factory, with its ghosts and handlers. README.md of the folder above
/// has the invariants in words.
abstract contract SetWorlds is SetFixture {
    /// @dev Five members, two strangers and the thief of the recorder key, who comes last.
    uint256 internal constant PEOPLE = 8;
    uint256 internal constant OPERATORS = 3;

    SetWorld internal world;
    ShiftyToken internal shifty;

    SetClockHandler internal clockHandler;
    EarningHandler internal earningHandler;
    AnnouncementHandler internal announcementHandler;
    ChangeHandler internal changeHandler;
    RoundHandler internal roundHandler;
    ReserveHandler internal reserveHandler;
    CatalogueHandler internal catalogueHandler;
    OrderHandler internal orderHandler;
    ImpostorHandler internal impostorHandler;

    function _decimals() internal pure virtual returns (uint8) {
        return 6;
    }

    /// @dev What this world's program is created with, from the settings of all worlds.
    function _adjust(ProgramSettings memory settings) internal pure virtual;

    function setUp() public virtual {
        deployPrograms();
        shifty = new ShiftyToken(_decimals());
        ProgramSettings memory settings = defaultSettings();
        settings.settlementToken = address(shifty);
        settings.orderDeadline = 3 days;
        settings.roundPeriod = 5 days;
        settings.roundWindow = 2 days;
        settings.firstRoundAt = uint64(vm.getBlockTimestamp()) + 1 days;
        settings.buyback.pricePerPoint = 200;
        settings.buyback.minTender = 100;
        settings.buyback.budgetPerRound = 4_000;
        _adjust(settings);
        RuleSetTerms[] memory opening = new RuleSetTerms[](1);
        opening[0] = _opening();
        createProgram(settings, opening);
        _buildWorld(settings, opening[0]);
        _buildHandlers();
    }

    function _opening() private pure returns (RuleSetTerms memory terms) {
        terms.budgetPerEpoch = 30_000;
        terms.rules = new Rule[](2);
        terms.rules[0] = rule(1, 100, 10 ** 6, NO_COUNT_CAP, NO_POINTS_CAP, NO_END);
        terms.rules[1] = rule(2, 10, 20, 30, 4_000, NO_END);
        // As the rules that are added in a run are named.
        terms.rules[0].text = "words-1";
        terms.rules[1].text = "words-2";
    }

    function _buildWorld(ProgramSettings memory settings, RuleSetTerms memory opening) private {
        world.points = points;
        world.charter = charter;
        world.buyback = buyback;
        world.catalogue = catalogue;
        world.forwarder = address(forwarder);
        world.money = shifty;
        for (uint256 i = 0; i < PEOPLE; i++) {
            world.people.push(vm.addr(uint256(keccak256(abi.encode("person", i)))));
        }
        world.operators.push(operator);
        world.operators.push(makeAddr("operator two"));
        // The settlement token runs the program: the operator's call in between is the token's.
        world.operators.push(address(shifty));
        world.clock = new Clock(points.startsAt(), points.epochLength());
        world.logs = new LogLedger(points, _holders());
        world.recorders = new RecorderBook(RECORDER_KEY);
        world.rules = new RuleBook(points);
        world.rules.publish(0, opening);
        world.supplies = new SupplyBook();
        world.changes = new ChangeBook(
            settings.noticePeriod,
            settings.objectionThresholdBps,
            settings.objectionCap
        );
        world.rounds = new RoundBook(buyback, settings.buyback, settings.backed);
        world.orders = new OrderBook(settings.noticePeriod, settings.orderDeadline);
        world.standings = new Standings(token, charter, buyback, catalogue, world.people);
        world.guarantees = new SetGuarantees();
        world.reached = new SetReached();
    }

    /// @dev People first, then the program's own contracts.
    function _holders() private view returns (address[] memory holders) {
        holders = new address[](PEOPLE + 4 + OPERATORS);
        for (uint256 i = 0; i < PEOPLE; i++) holders[i] = world.people[i];
        holders[PEOPLE] = address(charter);
        holders[PEOPLE + 1] = address(buyback);
        holders[PEOPLE + 2] = address(catalogue);
        holders[PEOPLE + 3] = address(points);
        for (uint256 i = 0; i < OPERATORS; i++) holders[PEOPLE + 4 + i] = world.operators[i];
    }

    function _buildHandlers() private {
        clockHandler = new SetClockHandler(world);
        earningHandler = new EarningHandler(world);
        announcementHandler = new AnnouncementHandler(world);
        changeHandler = new ChangeHandler(world);
        roundHandler = new RoundHandler(world);
        reserveHandler = new ReserveHandler(world);
        catalogueHandler = new CatalogueHandler(world);
        orderHandler = new OrderHandler(world);
        impostorHandler = new ImpostorHandler(world);
        targetContract(address(clockHandler));
        targetContract(address(earningHandler));
        targetContract(address(announcementHandler));
        targetContract(address(changeHandler));
        targetContract(address(roundHandler));
        targetContract(address(reserveHandler));
        targetContract(address(catalogueHandler));
        targetContract(address(orderHandler));
        targetContract(address(impostorHandler));
    }
}
