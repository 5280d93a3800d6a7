// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

// OpenZeppelin's forwarder as it is, deployed once beside `Programs` with the EIP-712 name "Dewpoint".
// solhint-disable-next-line no-unused-import
import {ERC2771Forwarder} from "@openzeppelin/contracts/metatx/ERC2771Forwarder.sol";
