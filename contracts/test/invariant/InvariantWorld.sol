// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IPoints, PointsSettings, RuleSetTerms} from "../../src/interfaces/IPoints.sol";
import {BackingModule} from "../model/fixtures/BackingModule.sol";
import {ProgramFixture} from "../model/fixtures/ProgramFixture.sol";
import {RandomTerms} from "../model/terms/RandomTerms.sol";
import {ClockHandler} from "./handlers/ClockHandler.sol";
import {HolderHandler} from "./handlers/HolderHandler.sol";
import {ModuleHandler} from "./handlers/ModuleHandler.sol";
import {World} from "./handlers/ProgramHandler.sol";
import {ReceiptHandler} from "./handlers/ReceiptHandler.sol";
import {RecorderHandler} from "./handlers/RecorderHandler.sol";
import {SettlementHandler} from "./handlers/SettlementHandler.sol";
import {TermsHandler} from "./handlers/TermsHandler.sol";
import {Clock} from "./stores/Clock.sol";
import {Guarantees} from "./stores/Guarantees.sol";
import {LogLedger} from "./stores/LogLedger.sol";
import {MintLedger} from "./stores/MintLedger.sol";
import {Reached} from "./stores/Reached.sol";
import {RecorderBook} from "./stores/RecorderBook.sol";
import {RuleBook} from "./stores/RuleBook.sol";

/// @notice Sets up one program with its ghosts and handlers. See README.md in this folder for the
/// invariants in words.
abstract contract InvariantWorld is ProgramFixture {
    uint256 private constant MEMBERS = 5;
    uint256 private constant STRANGERS = 2;

    World internal world;
    IPoints internal points;
    BackingModule private backing;

    ClockHandler internal clockHandler;
    HolderHandler internal holderHandler;
    ModuleHandler internal moduleHandler;
    ReceiptHandler internal receiptHandler;
    RecorderHandler internal recorderHandler;
    SettlementHandler internal settlementHandler;
    TermsHandler internal termsHandler;

    function _settlementWindow() internal view virtual returns (uint32);

    function _transferable() internal view virtual returns (bool);

    /// @dev Whether points are minted only as far as the buyback backs them.
    function _backed() internal view virtual returns (bool) {
        return false;
    }

    function setUp() public virtual {
        deployPrograms();
        backing = new BackingModule();
        backing.back(50_000);
        buyback = backing;
        PointsSettings memory settings = defaultSettings();
        settings.settlementWindow = _settlementWindow();
        settings.transferable = _transferable();
        settings.backed = _backed();
        RuleSetTerms[] memory opening = new RuleSetTerms[](2);
        opening[0] = _opening(30_000);
        opening[1] = _opening(60_000);
        opening[1].notBefore = 1;
        points = create(settings, opening);

        _buildWorld();
        world.rules.publish(0, opening[0]);
        world.rules.publish(1, opening[1]);
        _buildHandlers();
    }

    function _opening(uint96 budget) private pure returns (RuleSetTerms memory terms) {
        terms = RandomTerms.draw(uint256(keccak256(abi.encode("opening", budget))), 0);
        terms.notBefore = 0;
        terms.budgetPerEpoch = budget;
        // Something must be worth recording from the first epoch on.
        terms.rules[0].perAction = 700;
        terms.rules[0].maxCount = NO_COUNT_CAP;
        terms.rules[0].untilEpoch = NO_END;
    }

    function _buildWorld() private {
        address[] memory forbidden = new address[](6);
        forbidden[1] = address(points);
        forbidden[2] = charter;
        forbidden[3] = address(buyback);
        forbidden[4] = address(catalogue);
        forbidden[5] = trustedForwarder;

        RuleBook rules = new RuleBook(points);
        LogLedger logs = new LogLedger(points, _holders());
        world = World({
            points: points,
            operator: operator,
            charter: charter,
            forwarder: trustedForwarder,
            module: backing,
            transferable: _transferable(),
            clock: new Clock(points.startsAt(), points.epochLength()),
            guarantees: new Guarantees(),
            logs: logs,
            mints: new MintLedger(points, rules, logs, forbidden),
            reached: new Reached(),
            recorders: new RecorderBook(RECORDER_KEY),
            rules: rules
        });
    }

    function _holders() private view returns (address[] memory holders) {
        holders = new address[](MEMBERS + STRANGERS + 5);
        for (uint256 i = 0; i < MEMBERS; i++) {
            holders[i] = vm.addr(uint256(keccak256(abi.encode("member", i))));
        }
        for (uint256 i = 0; i < STRANGERS; i++) {
            holders[MEMBERS + i] = vm.addr(uint256(keccak256(abi.encode("stranger", i))));
        }
        holders[MEMBERS + STRANGERS] = address(buyback);
        holders[MEMBERS + STRANGERS + 1] = address(catalogue);
        holders[MEMBERS + STRANGERS + 2] = charter;
        holders[MEMBERS + STRANGERS + 3] = operator;
        holders[MEMBERS + STRANGERS + 4] = address(points);
    }

    function _buildHandlers() private {
        clockHandler = new ClockHandler(world);
        holderHandler = new HolderHandler(world);
        moduleHandler = new ModuleHandler(world);
        receiptHandler = new ReceiptHandler(world);
        recorderHandler = new RecorderHandler(world);
        settlementHandler = new SettlementHandler(world);
        termsHandler = new TermsHandler(world);
        targetContract(address(clockHandler));
        targetContract(address(holderHandler));
        targetContract(address(moduleHandler));
        targetContract(address(receiptHandler));
        targetContract(address(recorderHandler));
        targetContract(address(settlementHandler));
        targetContract(address(termsHandler));
    }
}
