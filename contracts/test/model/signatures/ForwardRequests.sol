// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ProgramSignatures} from "./ProgramSignatures.sol";
import {Vm} from "forge-std/Vm.sol";

/// @dev OpenZeppelin's forwarder, as far as tests call it.
interface IForwarder {
    struct ForwardRequestData {
        address from;
        address to;
        uint256 value;
        uint256 gas;
        uint48 deadline;
        bytes data;
        bytes signature;
    }

    function execute(ForwardRequestData calldata request) external payable;

    function nonces(address owner) external view returns (uint256);
}

/// @notice What a member signs so that another account pays the gas of its call.
library ForwardRequests {
    Vm private constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    uint256 private constant GAS = 1_000_000;
    bytes32 private constant REQUEST_TYPE = keccak256(
        "ForwardRequest(address from,address to,uint256 value,uint256 gas,uint256 nonce,uint48 deadline,bytes data)"
    );

    function sign(
        uint256 key,
        IForwarder forwarder,
        address to,
        bytes memory data
    ) internal view returns (IForwarder.ForwardRequestData memory request) {
        request = IForwarder.ForwardRequestData({
            from: vm.addr(key),
            to: to,
            value: 0,
            gas: GAS,
            deadline: uint48(vm.getBlockTimestamp()),
            data: data,
            signature: ""
        });
        bytes32 hash = keccak256(
            abi.encode(
                REQUEST_TYPE,
                request.from,
                request.to,
                request.value,
                request.gas,
                forwarder.nonces(request.from),
                request.deadline,
                keccak256(data)
            )
        );
        request.signature = ProgramSignatures.sign(key, address(forwarder), hash);
    }
}
