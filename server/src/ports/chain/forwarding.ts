/** How members' signed requests go through the ERC-2771 forwarder. Implemented in `server/src/chain`. */
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import type { Program } from '../../domain/program.ts';
import type { ContractCall } from './submitter.ts';
import type { ForwardRequestToSign } from './signer.ts';

export interface Forwarding {
  /** Whether members may have this relayed: one of the program's own contracts, and a function for members. */
  isForMembers(program: Program, call: ContractCall): boolean;
  /** The next nonce of an account at the forwarder. */
  nonceOf(forwarder: Address, account: Address): Promise<bigint>;
  /** The call as the forwarder makes it for an account: with the account's address at its end. */
  asForwarded(call: ContractCall, account: Address): ContractCall;
  /** What carries a signed request out. */
  execute(account: Address, request: ForwardRequestToSign, signature: Hex): ContractCall;
}
