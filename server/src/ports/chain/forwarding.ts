/** Sends signed requests of members and operators through the ERC-2771 forwarder. Implemented in `server/src/chain`. */
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import type { Program } from '../../domain/program.ts';
import type { ContractCall } from './submitter.ts';
import type { ForwardRequestToSign, HolderAccount } from './signer.ts';

export interface Forwarding {
  /**
   * Tells whether a call may be relayed for an account: a function for members or for operators of the program's own contracts, or,
   * for an operator, the creation of a program.
   */
  isRelayed(role: HolderAccount['role'], program: Program, call: ContractCall): boolean;
  /** Reads the next nonce of an account at the forwarder. */
  nonceOf(forwarder: Address, account: Address): Promise<bigint>;
  /** Makes the call that the forwarder sends for an account: with the account's address at its end. */
  asForwarded(call: ContractCall, account: Address): ContractCall;
  /** Makes the call that executes a signed request. */
  execute(account: Address, request: ForwardRequestToSign, signature: Hex): ContractCall;
  /** Makes a call that does nothing, for a request that only uses up its nonce. */
  nothing(program: Program): ContractCall;
}
