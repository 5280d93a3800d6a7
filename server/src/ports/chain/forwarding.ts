/** Sends members' signed requests through the ERC-2771 forwarder. Implemented in `server/src/chain`. */
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import type { Program } from '../../domain/program.ts';
import type { ContractCall } from './submitter.ts';
import type { ForwardRequestToSign } from './signer.ts';

export interface Forwarding {
  /** Tells whether members may have a call relayed: to one of the program's own contracts and a function for members. */
  isForMembers(program: Program, call: ContractCall): boolean;
  /** Reads the next nonce of an account at the forwarder. */
  nonceOf(forwarder: Address, account: Address): Promise<bigint>;
  /** Makes the call that the forwarder sends for an account: with the account's address at its end. */
  asForwarded(call: ContractCall, account: Address): ContractCall;
  /** Makes the call that executes a signed request. */
  execute(account: Address, request: ForwardRequestToSign, signature: Hex): ContractCall;
}
