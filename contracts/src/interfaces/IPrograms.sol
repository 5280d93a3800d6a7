// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {BuybackTerms} from "./IBuyback.sol";
import {RuleSetTerms} from "./IPoints.sol";

/// @notice What a program is created with. Nothing of it but the operator, the recorder, the rule sets and the buyback
/// terms ever changes.
/// @param name ERC-20 name, 1 to 64 bytes.
/// @param symbol ERC-20 symbol, 1 to 16 bytes.
/// @param operator Runs the program; hands its role over in two steps.
/// @param recorder The key that vouches for actions from epoch 0 on.
/// @param startsAt Unix seconds: the start of epoch 0. Creation must fall into epoch 0.
/// @param epochLength Seconds, 1 hour to 7 days.
/// @param settlementWindow Epochs, 8 to 252, a multiple of 4, and at least 7 days.
/// @param transferable Whether holders may transfer points freely, for ever.
/// @param backed Whether no point is ever minted that the reserve could not buy back. The budget of the buyback terms is
/// never 0 then.
/// @param noticePeriod Seconds, 7 to 60 days: the notice of a hurtful change of terms, of a price rise and of the
/// withdrawal of an item.
/// @param objectionThresholdBps Basis points of the supply, 100 to 2000 (1 to 20 %).
/// @param objectionCap Base units of points, 10,000 (100 points) to 2^71 - 1: no more is ever needed to strike a change down.
/// @param settlementToken An ERC-20 contract.
/// @param firstRoundAt Unix seconds: round 0 opens then; not in the past and at most 92 days ahead.
/// @param roundPeriod Seconds from opening to opening, `roundWindow` to 92 days.
/// @param roundWindow Seconds for which a round is open, at least 2 days.
/// @param buyback The first buyback terms. A budget of 0 means that nothing is bought back for now.
/// @param orderDeadline Seconds that the operator has to fulfil an order, 1 to 60 days.
struct ProgramSettings {
    string name;
    string symbol;
    address operator;
    address recorder;
    uint64 startsAt;
    uint32 epochLength;
    uint32 settlementWindow;
    bool transferable;
    bool backed;
    uint32 noticePeriod;
    uint16 objectionThresholdBps;
    uint96 objectionCap;
    address settlementToken;
    uint64 firstRoundAt;
    uint32 roundPeriod;
    uint32 roundWindow;
    BuybackTerms buyback;
    uint32 orderDeadline;
}

/// @notice The contracts of one program, or their implementations.
struct ProgramContracts {
    address points;
    address charter;
    address buyback;
    address catalogue;
}

/// @title Programs: the factory that creates programs within bounds fixed in its source
interface IPrograms {
    /// @notice A program was created.
    /// @param points Its Points contract, which is the address of the program.
    /// @param operator Its first operator, who created it.
    /// @param charter Its charter.
    /// @param buyback Its buyback.
    /// @param catalogue Its catalogue.
    /// @param name ERC-20 name.
    event ProgramCreated(
        address indexed points,
        address indexed operator,
        address charter,
        address buyback,
        address catalogue,
        string name
    );

    /// @notice A setting is out of the factory's bounds.
    /// @param field Name of the setting.
    /// @param lowest Least value that would have been right (bytes for texts).
    /// @param highest Greatest value that would have been right.
    error SettingOutOfBounds(string field, uint256 lowest, uint256 highest);
    /// @notice The settlement window is not a multiple of four epochs.
    error SettlementWindowNotInSteps(uint256 step);
    /// @notice The settlement token is no contract that answers like an ERC-20.
    error NotAToken(address settlementToken);
    /// @notice A program is created by its operator, or through the forwarder for it.
    error NotOperator(address caller);
    /// @notice The implementations do not trust one and the same forwarder.
    error ForwardersDiffer();

    /// @notice Creates a program: four clones, initialised in the same call. Its operator alone may.
    /// @param settings What never changes, and the first operator, recorder and terms, within the bounds of this factory.
    /// @param opening One rule set, for epoch 0; or two, for epoch 0 and from epoch 1 on.
    /// @param salt Any 32 bytes, to create several programs with the same settings.
    /// @return created Addresses of its contracts.
    function create(
        ProgramSettings calldata settings,
        RuleSetTerms[] calldata opening,
        bytes32 salt
    ) external returns (ProgramContracts memory created);

    /// @notice Returns the addresses that `create` would give the program.
    function predict(
        ProgramSettings calldata settings,
        RuleSetTerms[] calldata opening,
        bytes32 salt
    ) external view returns (ProgramContracts memory predicted);

    /// @notice Tells whether this factory created `points`.
    function isProgram(address points) external view returns (bool);

    /// @notice Returns the implementations behind every program.
    function implementations() external view returns (ProgramContracts memory);

    /// @notice Returns the ERC-2771 forwarder that every program trusts to speak for members and operators.
    function forwarder() external view returns (address);
}
