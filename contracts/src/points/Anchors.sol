// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Recorders} from "./Recorders.sol";
import {IPoints} from "../interfaces/IPoints.sol";

/// @title Anchors: what the recorder's log of each epoch was, said in the epoch after it and never again
abstract contract Anchors is Recorders {
    /// @dev `isSaid` tells an empty log from one that nobody vouched for.
    struct Anchor {
        bytes32 root;
        uint32 count;
        bool isSaid;
    }

    bytes32 private constant ANCHOR_TYPEHASH = keccak256(
        "Anchor(uint32 epoch,bytes32 root,uint32 count)"
    );

    mapping(uint32 epoch => Anchor) private _anchors;

    /// @inheritdoc IPoints
    function anchor(uint32 epoch, bytes32 root, uint32 count, bytes calldata signature) external {
        // Compares epochs, which nobody can move.
        // slither-disable-next-line incorrect-equality
        bool isEpochBefore = uint256(epoch) + 1 == currentEpoch();
        Anchor storage anchor_ = _anchors[epoch];
        if (!isEpochBefore || anchor_.isSaid) revert AnchorRefused(epoch);
        _requireSigned(
            recorder(),
            keccak256(abi.encode(ANCHOR_TYPEHASH, epoch, root, count)),
            signature
        );
        anchor_.root = root;
        anchor_.count = count;
        anchor_.isSaid = true;
        emit Anchored(epoch, root, count);
    }

    /// @inheritdoc IPoints
    function anchorOf(uint32 epoch) external view returns (bytes32 root, uint32 count) {
        Anchor storage anchor_ = _anchors[epoch];
        return (anchor_.root, anchor_.count);
    }
}
