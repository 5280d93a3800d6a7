// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Vm} from "forge-std/Vm.sol";
import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {MultiSignerERC7913} from "@openzeppelin/contracts/utils/cryptography/signers/MultiSignerERC7913.sol";

/// @notice OpenZeppelin's multi-signature signer as an account that answers for its signers by ERC-1271.
contract MultiSignatureAccount is MultiSignerERC7913, IERC1271 {
    constructor(bytes[] memory signers, uint64 threshold) MultiSignerERC7913(signers, threshold) {}

    function isValidSignature(
        bytes32 hash,
        bytes calldata signature
    ) external view returns (bytes4) {
        return
            _rawSignatureValidation(hash, signature)
                ? IERC1271.isValidSignature.selector
                : bytes4(0xffffffff);
    }
}

/// @notice What the parties of such an account put together.
library MultiSignatures {
    Vm private constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    function create(
        uint256[3] memory keys,
        uint64 threshold
    ) internal returns (MultiSignatureAccount) {
        bytes[] memory signers = new bytes[](3);
        for (uint256 i = 0; i < 3; i++) signers[i] = abi.encodePacked(vm.addr(keys[i]));
        return new MultiSignatureAccount(signers, threshold);
    }

    /// @notice The signature of some of the parties, in the order of the hashes of their addresses.
    function sign(uint256[] memory keys, bytes32 digest) internal pure returns (bytes memory) {
        bytes[] memory signers = new bytes[](keys.length);
        bytes[] memory signatures = new bytes[](keys.length);
        for (uint256 i = 0; i < keys.length; i++) {
            bytes memory signer = abi.encodePacked(vm.addr(keys[i]));
            (uint8 v, bytes32 r, bytes32 s) = vm.sign(keys[i], digest);
            bytes memory signature = abi.encodePacked(r, s, v);
            uint256 place = i;
            while (place > 0 && keccak256(signers[place - 1]) > keccak256(signer)) {
                signers[place] = signers[place - 1];
                signatures[place] = signatures[place - 1];
                place--;
            }
            signers[place] = signer;
            signatures[place] = signature;
        }
        return abi.encode(signers, signatures);
    }
}
