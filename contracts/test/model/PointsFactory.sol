// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {IPoints, PointsSettings, RuleSetTerms} from "../../src/interfaces/IPoints.sol";

/// @notice Creates Points alone, with whatever modules its settings name: no bounds, no charter.
contract PointsFactory {
    address public immutable implementation;

    constructor(address implementation_) {
        implementation = implementation_;
    }

    function create(
        PointsSettings calldata settings,
        RuleSetTerms[] calldata opening
    ) external returns (IPoints points) {
        points = IPoints(Clones.clone(implementation));
        points.initialize(settings, opening);
    }
}
