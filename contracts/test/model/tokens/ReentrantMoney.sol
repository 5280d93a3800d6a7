// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {TestMoney} from "./TestMoney.sol";

/// @notice Calls back into some contract whenever it moves money, before or after doing so, or is asked for a balance by
/// a call that may change state. The result is kept for the test.
contract ReentrantMoney is TestMoney {
    /// @dev When the call back is made.
    enum Moment {
        Never,
        BeforeMoving,
        AfterMoving
    }

    Moment public moment;
    address public target;
    bytes public data;
    uint256 public calls;
    bool public succeeded;
    bytes public answer;

    bool private _inside;

    constructor() TestMoney(6) {}

    function setCallBack(Moment moment_, address target_, bytes calldata data_) external {
        moment = moment_;
        target = target_;
        data = data_;
        calls = 0;
    }

    /// @notice Lets this token hold and spend money and points of its own.
    function execute(address to, bytes calldata call_) external returns (bytes memory) {
        (bool done, bytes memory result) = to.call(call_);
        require(done, "the token's own call failed");
        return result;
    }

    function _update(address from, address to, uint256 amount) internal override {
        if (moment == Moment.BeforeMoving) _callBack();
        super._update(from, to, amount);
        if (moment == Moment.AfterMoving) _callBack();
    }

    function _callBack() private {
        // The call back may move this token again: once is enough.
        if (_inside) return;
        _inside = true;
        calls++;
        (succeeded, answer) = target.call(data);
        _inside = false;
    }
}
