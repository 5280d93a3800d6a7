// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {IPoints, PointsSettings, RuleSetTerms} from "./interfaces/IPoints.sol";
import {IPrograms} from "./interfaces/IPrograms.sol";
import {Points} from "./Points.sol";

/// @title Programs: the factory that creates programs within bounds fixed in its source
/// @notice The bounds keep promises from being vacuous: nobody can create a program whose settlement window is over
/// before a receipt could be used. Anybody may create a program; each is a clone of one implementation, for ever.
contract Programs is IPrograms {
    uint256 private constant MAX_NAME_BYTES = 64;
    uint256 private constant MAX_SYMBOL_BYTES = 16;
    uint256 private constant MIN_EPOCH_LENGTH = 1 hours;
    uint256 private constant MAX_EPOCH_LENGTH = 7 days;
    /// @dev In epochs; also a multiple of four, the epochs of an account word.
    uint256 private constant MIN_SETTLEMENT_WINDOW = 8;
    uint256 private constant MAX_SETTLEMENT_WINDOW = 128;
    uint256 private constant SETTLEMENT_WINDOW_STEP = 4;

    /// @inheritdoc IPrograms
    address public immutable pointsImplementation;
    /// @inheritdoc IPrograms
    address public immutable forwarder;

    /// @inheritdoc IPrograms
    mapping(address points => bool) public isProgram;

    /// @param pointsImplementation_ A deployed `Points`, locked by its constructor.
    constructor(address pointsImplementation_) {
        pointsImplementation = pointsImplementation_;
        forwarder = Points(pointsImplementation_).trustedForwarder();
    }

    /// @inheritdoc IPrograms
    function create(
        PointsSettings calldata settings,
        RuleSetTerms[] calldata opening,
        bytes32 salt
    ) external returns (address points) {
        _requireInBounds(settings);
        points = Clones.cloneDeterministic(
            pointsImplementation,
            _saltOf(msg.sender, settings, opening, salt)
        );
        isProgram[points] = true;
        emit ProgramCreated(points, msg.sender, settings.operator, settings.name);
        IPoints(points).initialize(settings, opening);
    }

    /// @inheritdoc IPrograms
    function predict(
        address creator,
        PointsSettings calldata settings,
        RuleSetTerms[] calldata opening,
        bytes32 salt
    ) external view returns (address points) {
        return
            Clones.predictDeterministicAddress(
                pointsImplementation,
                _saltOf(creator, settings, opening, salt)
            );
    }

    function _requireInBounds(PointsSettings calldata settings) private pure {
        _requireWithin(bytes(settings.name).length, 1, MAX_NAME_BYTES, "name");
        _requireWithin(bytes(settings.symbol).length, 1, MAX_SYMBOL_BYTES, "symbol");
        _requireWithin(settings.epochLength, MIN_EPOCH_LENGTH, MAX_EPOCH_LENGTH, "epochLength");
        _requireWithin(
            settings.settlementWindow,
            MIN_SETTLEMENT_WINDOW,
            MAX_SETTLEMENT_WINDOW,
            "settlementWindow"
        );
        if (settings.settlementWindow % SETTLEMENT_WINDOW_STEP != 0)
            revert SettingOutOfBounds("settlementWindow");
    }

    function _requireWithin(
        uint256 value,
        uint256 lowest,
        uint256 highest,
        string memory field
    ) private pure {
        if (value < lowest || value > highest) revert SettingOutOfBounds(field);
    }

    /// @dev Covers the creator and every setting: nobody can take a predicted address with other settings.
    function _saltOf(
        address creator,
        PointsSettings calldata settings,
        RuleSetTerms[] calldata opening,
        bytes32 salt
    ) private pure returns (bytes32) {
        return keccak256(abi.encode(creator, settings, opening, salt));
    }
}
