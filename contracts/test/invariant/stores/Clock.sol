// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @notice Where the time of a run stands; every handler goes there first.
contract Clock {
    uint256 public timestamp;
    uint256 public immutable startsAt;
    uint256 public immutable epochLength;

    constructor(uint256 startsAt_, uint256 epochLength_) {
        timestamp = startsAt_;
        startsAt = startsAt_;
        epochLength = epochLength_;
    }

    function set(uint256 timestamp_) external {
        require(timestamp_ >= timestamp, "time runs forward");
        timestamp = timestamp_;
    }

    function epoch() public view returns (uint32) {
        return uint32((timestamp - startsAt) / epochLength);
    }

    function startOf(uint256 epoch_) external view returns (uint256) {
        return startsAt + epoch_ * epochLength;
    }
}
