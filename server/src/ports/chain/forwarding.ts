/** Sends signed requests of members and operators through the ERC-2771 forwarder. Implemented in `server/src/chain`. */
import type { TypedDataToSign } from './contractCodec.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import type { Program } from '../../domain/program.ts';
import type { ContractCall } from './submitter.ts';
import type { ForwardRequestToSign, HolderAccount } from './signer.ts';

export interface Forwarding {
  /**
   * Tells whether a call may be relayed for an account: a function for members or for operators of the program's own contracts, or,
   * for an operator without one, the creation of a program.
   */
  isRelayed(role: HolderAccount['role'], program: Program | null, call: ContractCall): boolean;
  /** Finds the forwarder for a call: the program's, or that of the factory that creates one. */
  forwarderFor(program: Program | null, call: ContractCall): Promise<Address>;
  /** Reads the next nonce of an account at the forwarder. */
  nonceOf(forwarder: Address, account: Address): Promise<bigint>;
  /** Makes the call that the forwarder sends for an account: with the account's address at its end. */
  asForwarded(call: ContractCall, account: Address): ContractCall;
  /** Makes the data of a request for a wallet to sign. */
  typedData(account: Address, request: ForwardRequestToSign): TypedDataToSign;
  /** Finds the account that signed a request which names `account` as its sender; null for no signature. */
  signerOf(account: Address, request: ForwardRequestToSign, signature: Hex): Address | null;
  /** Makes the call that executes a signed request. */
  execute(account: Address, request: ForwardRequestToSign, signature: Hex): ContractCall;
  /** Makes a call that does nothing, in place of this one, for a request that only uses up its nonce. */
  nothing(program: Program | null, call: ContractCall): ContractCall;
}
