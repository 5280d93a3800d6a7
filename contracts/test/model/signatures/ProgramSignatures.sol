// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Vm} from "forge-std/Vm.sol";

/// @notice What is signed off chain for a program, with the EIP-712 encoding written out.
library ProgramSignatures {
    Vm private constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    bytes32 private constant DOMAIN_TYPE = keccak256(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    );
    bytes32 private constant BATCH_TYPE = keccak256("Batch(bytes statements)");
    bytes32 private constant ANCHOR_TYPE = keccak256(
        "Anchor(uint32 epoch,bytes32 root,uint32 count)"
    );
    bytes32 private constant STATEMENT_TYPE = keccak256(
        "Statement(address member,uint32 epoch,bytes lines)"
    );
    bytes32 private constant MOVE_TYPE = keccak256(
        "MoveAccount(address from,address to,uint256 deadline)"
    );
    bytes32 private constant PERMIT_TYPE = keccak256(
        "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"
    );

    function signBatch(
        uint256 key,
        address points,
        bytes memory batch
    ) internal view returns (bytes memory) {
        return sign(key, points, batchHash(batch));
    }

    function signAnchor(
        uint256 key,
        address points,
        uint32 epoch,
        bytes32 root,
        uint32 count
    ) internal view returns (bytes memory) {
        return sign(key, points, anchorHash(epoch, root, count));
    }

    function signStatement(
        uint256 key,
        address points,
        address member,
        uint32 epoch,
        bytes memory lines
    ) internal view returns (bytes memory) {
        return sign(key, points, statementHash(member, epoch, lines));
    }

    function signMove(
        uint256 key,
        address points,
        address from,
        address to,
        uint256 deadline
    ) internal view returns (bytes memory) {
        return sign(key, points, keccak256(abi.encode(MOVE_TYPE, from, to, deadline)));
    }

    function signPermit(
        uint256 key,
        address points,
        address spender,
        uint256 value,
        uint256 nonce,
        uint256 deadline
    ) internal view returns (bytes memory) {
        bytes32 hash = keccak256(
            abi.encode(PERMIT_TYPE, vm.addr(key), spender, value, nonce, deadline)
        );
        return sign(key, points, hash);
    }

    function batchHash(bytes memory batch) internal pure returns (bytes32) {
        return keccak256(abi.encode(BATCH_TYPE, keccak256(batch)));
    }

    function anchorHash(uint32 epoch, bytes32 root, uint32 count) internal pure returns (bytes32) {
        return keccak256(abi.encode(ANCHOR_TYPE, epoch, root, count));
    }

    function statementHash(
        address member,
        uint32 epoch,
        bytes memory lines
    ) internal pure returns (bytes32) {
        return keccak256(abi.encode(STATEMENT_TYPE, member, epoch, keccak256(lines)));
    }

    function sign(
        uint256 key,
        address points,
        bytes32 structHash
    ) internal view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digestOf(points, structHash));
        return abi.encodePacked(r, s, v);
    }

    function digestOf(address points, bytes32 structHash) internal view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(DOMAIN_TYPE, keccak256("Dewpoint"), keccak256("1"), block.chainid, points)
        );
        return keccak256(abi.encodePacked("\x19\x01", domain, structHash));
    }
}
