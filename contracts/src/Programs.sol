// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {BuybackSettings, IBuyback} from "./interfaces/IBuyback.sol";
import {CatalogueSettings, ICatalogue} from "./interfaces/ICatalogue.sol";
import {CharterSettings, ICharter} from "./interfaces/ICharter.sol";
import {IPoints, PointsSettings, RuleSetTerms} from "./interfaces/IPoints.sol";
import {IPrograms, ProgramContracts, ProgramSettings} from "./interfaces/IPrograms.sol";

/// @title Programs: the factory that creates programs within bounds fixed in its source
/// @notice The bounds keep promises from being vacuous: nobody can create a program whose notice is over before anybody
/// could have read it, or whose settlement window is over before a receipt could be used. Anybody may create a program, as
/// its operator and in nobody else's name; each is four clones of the same four implementations, for ever.
contract Programs is IPrograms, ERC2771Context {
    uint256 private constant MAX_NAME_BYTES = 64;
    uint256 private constant MAX_SYMBOL_BYTES = 16;
    uint256 private constant MIN_EPOCH_LENGTH = 1 hours;
    uint256 private constant MAX_EPOCH_LENGTH = 7 days;
    /// @dev In epochs; also a multiple of four, the epochs of an account word. An account keeps ages of 8 bits.
    uint256 private constant MIN_SETTLEMENT_WINDOW = 8;
    uint256 private constant MAX_SETTLEMENT_WINDOW = 252;
    uint256 private constant SETTLEMENT_WINDOW_STEP = 4;
    /// @dev Time to use a receipt, however short the epochs are.
    uint256 private constant MIN_SETTLEMENT_TIME = 7 days;
    /// @dev Time to hear of a change; and no longer than a rule set may be planned ahead (90 days, with the 14 days that
    /// it may name a later epoch by).
    uint256 private constant MIN_NOTICE_PERIOD = 7 days;
    uint256 private constant MAX_NOTICE_PERIOD = 60 days;
    /// @dev Less would let anybody block every change, more would let nobody.
    uint256 private constant MIN_OBJECTION_THRESHOLD_BPS = 100;
    uint256 private constant MAX_OBJECTION_THRESHOLD_BPS = 2_000;
    /// @dev 100 points: less, and a handful of points would block every change of a large program. At most any supply.
    uint256 private constant MIN_OBJECTION_CAP = 10_000;
    uint256 private constant MAX_OBJECTION_CAP = 2 ** 71 - 1;
    /// @dev Time to tender.
    uint256 private constant MIN_ROUND_WINDOW = 2 days;
    /// @dev A quarter of a year: a round further away than that is no schedule.
    uint256 private constant MAX_ROUND_PERIOD = 92 days;
    uint256 private constant MIN_ORDER_DEADLINE = 1 days;
    /// @dev The longest that points may wait in escrow for an operator who is gone.
    uint256 private constant MAX_ORDER_DEADLINE = 60 days;
    /// @dev The code of an account that delegates by EIP-7702 is this long; it is a plain account all the same.
    uint256 private constant DELEGATION_BYTES = 23;

    address private immutable _points;
    address private immutable _charter;
    address private immutable _buyback;
    address private immutable _catalogue;

    /// @inheritdoc IPrograms
    mapping(address points => bool) public isProgram;

    /// @param implementations_ Deployed contracts, locked by their constructors, that trust one and the same forwarder.
    constructor(
        ProgramContracts memory implementations_
    ) ERC2771Context(ERC2771Context(implementations_.points).trustedForwarder()) {
        if (
            !ERC2771Context(implementations_.charter).isTrustedForwarder(forwarder()) ||
            !ERC2771Context(implementations_.buyback).isTrustedForwarder(forwarder()) ||
            !ERC2771Context(implementations_.catalogue).isTrustedForwarder(forwarder())
        ) revert ForwardersDiffer();
        _points = implementations_.points;
        _charter = implementations_.charter;
        _buyback = implementations_.buyback;
        _catalogue = implementations_.catalogue;
    }

    /// @inheritdoc IPrograms
    function create(
        ProgramSettings calldata settings,
        RuleSetTerms[] calldata opening,
        bytes32 salt
    ) external returns (ProgramContracts memory created) {
        address caller = _msgSender();
        if (caller != settings.operator) revert NotOperator(caller);
        _requireInBounds(settings);
        _requireToken(settings.settlementToken);
        // All of them exist before any is initialised, since each names others.
        bytes32 seed = _saltOf(settings, opening, salt);
        created = ProgramContracts({
            points: Clones.cloneDeterministic(_points, seed),
            charter: Clones.cloneDeterministic(_charter, seed),
            buyback: Clones.cloneDeterministic(_buyback, seed),
            catalogue: Clones.cloneDeterministic(_catalogue, seed)
        });
        isProgram[created.points] = true;
        emit ProgramCreated(
            created.points,
            settings.operator,
            created.charter,
            created.buyback,
            created.catalogue,
            settings.name
        );
        IPoints(created.points).initialize(_pointsSettings(settings, created), opening);
        _initializeModules(settings, created);
    }

    /// @inheritdoc IPrograms
    function predict(
        ProgramSettings calldata settings,
        RuleSetTerms[] calldata opening,
        bytes32 salt
    ) external view returns (ProgramContracts memory predicted) {
        bytes32 seed = _saltOf(settings, opening, salt);
        predicted = ProgramContracts({
            points: Clones.predictDeterministicAddress(_points, seed),
            charter: Clones.predictDeterministicAddress(_charter, seed),
            buyback: Clones.predictDeterministicAddress(_buyback, seed),
            catalogue: Clones.predictDeterministicAddress(_catalogue, seed)
        });
    }

    /// @inheritdoc IPrograms
    function forwarder() public view returns (address) {
        return trustedForwarder();
    }

    /// @inheritdoc IPrograms
    function implementations() external view returns (ProgramContracts memory) {
        return ProgramContracts(_points, _charter, _buyback, _catalogue);
    }

    function _pointsSettings(
        ProgramSettings calldata settings,
        ProgramContracts memory created
    ) private pure returns (PointsSettings memory) {
        return
            PointsSettings({
                name: settings.name,
                symbol: settings.symbol,
                operator: settings.operator,
                recorder: settings.recorder,
                charter: created.charter,
                buyback: created.buyback,
                catalogue: created.catalogue,
                startsAt: settings.startsAt,
                epochLength: settings.epochLength,
                settlementWindow: settings.settlementWindow,
                transferable: settings.transferable,
                backed: settings.backed
            });
    }

    function _initializeModules(
        ProgramSettings calldata settings,
        ProgramContracts memory created
    ) private {
        ICharter(created.charter).initialize(
            CharterSettings({
                points: created.points,
                buyback: created.buyback,
                noticePeriod: settings.noticePeriod,
                objectionThresholdBps: settings.objectionThresholdBps,
                objectionCap: settings.objectionCap
            })
        );
        IBuyback(created.buyback).initialize(
            BuybackSettings({
                points: created.points,
                charter: created.charter,
                settlementToken: settings.settlementToken,
                firstRoundAt: settings.firstRoundAt,
                period: settings.roundPeriod,
                window: settings.roundWindow
            }),
            settings.buyback
        );
        ICatalogue(created.catalogue).initialize(
            CatalogueSettings({
                points: created.points,
                noticePeriod: settings.noticePeriod,
                orderDeadline: settings.orderDeadline
            })
        );
    }

    /// @dev Who may be operator and recorder is for Points to say, and the buyback terms are for Buyback.
    function _requireInBounds(ProgramSettings calldata settings) private view {
        _requireWithin(bytes(settings.name).length, 1, MAX_NAME_BYTES, "name");
        _requireWithin(bytes(settings.symbol).length, 1, MAX_SYMBOL_BYTES, "symbol");
        _requireWithin(settings.epochLength, MIN_EPOCH_LENGTH, MAX_EPOCH_LENGTH, "epochLength");
        // Now is in epoch 0.
        uint256 earliestStart = block.timestamp - settings.epochLength + 1;
        _requireWithin(settings.startsAt, earliestStart, block.timestamp, "startsAt");
        _requireSettlementWindow(settings.settlementWindow, settings.epochLength);
        _requireWithin(settings.noticePeriod, MIN_NOTICE_PERIOD, MAX_NOTICE_PERIOD, "noticePeriod");
        _requireWithin(
            settings.objectionThresholdBps,
            MIN_OBJECTION_THRESHOLD_BPS,
            MAX_OBJECTION_THRESHOLD_BPS,
            "objectionThresholdBps"
        );
        _requireWithin(settings.objectionCap, MIN_OBJECTION_CAP, MAX_OBJECTION_CAP, "objectionCap");
        uint256 latestRound = block.timestamp + MAX_ROUND_PERIOD;
        _requireWithin(settings.firstRoundAt, block.timestamp, latestRound, "firstRoundAt");
        _requireWithin(settings.roundWindow, MIN_ROUND_WINDOW, MAX_ROUND_PERIOD, "roundWindow");
        _requireWithin(settings.roundPeriod, settings.roundWindow, MAX_ROUND_PERIOD, "roundPeriod");
        _requireWithin(
            settings.orderDeadline,
            MIN_ORDER_DEADLINE,
            MAX_ORDER_DEADLINE,
            "orderDeadline"
        );
    }

    function _requireSettlementWindow(uint256 epochs, uint256 epochLength) private pure {
        uint256 steps = Math.ceilDiv(MIN_SETTLEMENT_TIME, epochLength * SETTLEMENT_WINDOW_STEP);
        uint256 lowest = Math.max(MIN_SETTLEMENT_WINDOW, steps * SETTLEMENT_WINDOW_STEP);
        _requireWithin(epochs, lowest, MAX_SETTLEMENT_WINDOW, "settlementWindow");
        if (epochs % SETTLEMENT_WINDOW_STEP != 0)
            revert SettlementWindowNotInSteps(SETTLEMENT_WINDOW_STEP);
    }

    function _requireWithin(
        uint256 value,
        uint256 lowest,
        uint256 highest,
        string memory field
    ) private pure {
        if (value < lowest || value > highest) revert SettingOutOfBounds(field, lowest, highest);
    }

    /// @dev Keeps typing errors out, not liars: what a token does later, no check at creation can tell.
    function _requireToken(address settlementToken) private view {
        if (settlementToken.code.length <= DELEGATION_BYTES) revert NotAToken(settlementToken);
        // A call that fails is an answer too.
        // slither-disable-next-line low-level-calls
        (bool answered, bytes memory balance) = settlementToken.staticcall(
            abi.encodeCall(IERC20.balanceOf, (address(this)))
        );
        if (!answered || balance.length != 32) revert NotAToken(settlementToken);
    }

    /// @dev Covers every setting, and so the operator, who alone may create it: nobody can take a predicted address.
    function _saltOf(
        ProgramSettings calldata settings,
        RuleSetTerms[] calldata opening,
        bytes32 salt
    ) private pure returns (bytes32) {
        return keccak256(abi.encode(settings, opening, salt));
    }
}
