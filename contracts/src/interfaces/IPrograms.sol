// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {PointsSettings, RuleSetTerms} from "./IPoints.sol";

/// @title Programs: the factory that creates programs within bounds fixed in its source
interface IPrograms {
    /// @notice A program was created.
    /// @param points Its Points contract, which is the address of the program.
    /// @param creator Who called `create`.
    /// @param operator Its first operator.
    /// @param name ERC-20 name.
    event ProgramCreated(
        address indexed points,
        address indexed creator,
        address indexed operator,
        string name
    );

    /// @notice A setting is out of the factory's bounds.
    /// @param field Name of the setting.
    error SettingOutOfBounds(string field);

    /// @notice Creates a program and initialises it in the same call.
    /// @param settings What never changes, within the bounds of this factory.
    /// @param opening One rule set, for epoch 0; or two, for epoch 0 and from epoch 1 on.
    /// @param salt Any 32 bytes, to create several programs with the same settings.
    /// @return points Address of the program.
    function create(
        PointsSettings calldata settings,
        RuleSetTerms[] calldata opening,
        bytes32 salt
    ) external returns (address points);

    /// @notice The address that `create` would give the program when called by `creator`.
    function predict(
        address creator,
        PointsSettings calldata settings,
        RuleSetTerms[] calldata opening,
        bytes32 salt
    ) external view returns (address points);

    /// @notice Whether this factory created `points`.
    function isProgram(address points) external view returns (bool);

    /// @notice The Points implementation behind every program.
    function pointsImplementation() external view returns (address);

    /// @notice The ERC-2771 forwarder that every program trusts for member functions.
    function forwarder() external view returns (address);
}
