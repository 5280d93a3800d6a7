/** Encodes calls of the contracts. Implemented in `server/src/chain/programs/contractCodec.ts`. */
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import type { Program } from '../../domain/program.ts';
import type { BuybackTerms } from '../../domain/terms/buybackTerms.ts';
import type { RuleSetTerms } from '../../domain/terms/ruleSetTerms.ts';

/** Data for a wallet to sign, in the shape of `eth_signTypedData_v4`. */
export interface TypedDataToSign {
  readonly domain: {
    readonly name: string;
    readonly version: string;
    readonly chainId: number;
    readonly verifyingContract: Address;
  };
  readonly primaryType: string;
  readonly types: Readonly<Record<string, readonly { name: string; type: string }[]>>;
  readonly message: Readonly<Record<string, string | number>>;
}

/** Terms to put in force. */
export type NewTerms =
  | { readonly target: 'RULES'; readonly terms: RuleSetTerms }
  | { readonly target: 'BUYBACK'; readonly terms: BuybackTerms };

/** The contracts of a program, and the token that it buys points back with. */
export type ContractName = 'points' | 'charter' | 'buyback' | 'catalogue' | 'settlementToken';

/** Encodes calls, terms and typed data as the contracts read them. Pure. */
export interface ContractCodec {
  /** Encodes a call. @throws when the contract has no such function, or one with other arguments */
  encodeCall(contract: ContractName, name: string, args: readonly unknown[]): Hex;
  /** Encodes terms as `announce` takes them. */
  encodeTerms(terms: NewTerms): Hex;
  /** Makes the data that the new account signs, so that the old one can move to it. */
  moveAccountData(
    program: Program,
    move: { readonly from: Address; readonly to: Address; readonly deadlineSeconds: number },
  ): TypedDataToSign;
  /** Hashes a text as rule sets name documents: keccak256 of its bytes of UTF-8. */
  hashOf(text: string): Hex;
  /** Gives an address its checksum; null when it has a wrong one. */
  checksummed(address: Address): Address | null;
}
