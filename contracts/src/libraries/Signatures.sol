// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

/// @title Signatures: whether an account signed, with its key or by its code
library Signatures {
    /// @notice Whether `signer` signed `digest`: by ECDSA, or else as its code says (ERC-1271).
    /// @dev The key comes first: an account that borrows code by EIP-7702 has a key all the same, and may have borrowed
    /// code that knows no signatures.
    function isBy(
        address signer,
        bytes32 digest,
        bytes calldata signature
    ) internal view returns (bool) {
        // Whatever is wrong with a signature, what is recovered is zero.
        // slither-disable-next-line unused-return
        (address recovered, , ) = ECDSA.tryRecoverCalldata(digest, signature);
        if (recovered == signer && signer != address(0)) return true;
        return SignatureChecker.isValidERC1271SignatureNow(signer, digest, signature);
    }
}
