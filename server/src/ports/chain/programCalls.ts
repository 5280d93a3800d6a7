/** Calls of a program's contracts, and what they answer. Implemented in `server/src/chain/programCalls.ts`. */
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import type { BuybackTerms } from '../../domain/terms/buybackTerms.ts';
import type { Program, SettlementToken } from '../../domain/program.ts';
import type { ProgramChoices } from '../../domain/programs/programSettings.ts';
import type { RuleSetTerms } from '../../domain/terms/ruleSetTerms.ts';
import type { ContractCall, Revert } from './submitter.ts';

/** What a wallet has to sign, in the shape of `eth_signTypedData_v4`. */
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

/** Terms that somebody wants in force. */
export type NewTerms =
  | { readonly target: 'RULES'; readonly terms: RuleSetTerms }
  | { readonly target: 'BUYBACK'; readonly terms: BuybackTerms };

/** Encodes calls; pure. Amounts are base units, rounds, items, orders and changes go by their numbers. */
export interface ProgramCalls {
  announce(program: Program, terms: NewTerms): ContractCall;
  /** @param terms As they were announced. */
  enactChange(program: Program, change: number, terms: Hex): ContractCall;
  withdrawChange(program: Program, change: number): ContractCall;
  strikeChange(program: Program, change: number): ContractCall;
  object(program: Program, change: number, amount: bigint): ContractCall;
  releaseObjection(program: Program, change: number, holder: Address): ContractCall;
  tender(program: Program, round: number, amount: bigint): ContractCall;
  untender(program: Program, round: number, amount: bigint): ContractCall;
  settleRounds(program: Program): ContractCall;
  claimPoints(program: Program, round: number, holder: Address): ContractCall;
  claimMoney(program: Program, round: number, holder: Address): ContractCall;
  /** Lets the buyback take this much of the settlement token from the caller. */
  approveReserve(program: Program, amount: bigint): ContractCall;
  depositReserve(program: Program, amount: bigint): ContractCall;
  withdrawReserve(program: Program, to: Address, amount: bigint): ContractCall;
  /** @param item Stock null: as many as wanted. */
  addItem(
    program: Program,
    item: { readonly price: bigint; readonly stock: number | null; readonly text: string },
  ): ContractCall;
  setItemPrice(program: Program, item: number, price: bigint): ContractCall;
  addItemStock(program: Program, item: number, added: number): ContractCall;
  withdrawItem(program: Program, item: number): ContractCall;
  keepItem(program: Program, item: number): ContractCall;
  redeem(
    program: Program,
    order: {
      readonly item: number;
      readonly quantity: number;
      readonly maxPrice: bigint;
      /** 32 bytes. */
      readonly orderRef: Hex;
    },
  ): ContractCall;
  fulfilOrder(program: Program, order: number): ContractCall;
  refundOrder(program: Program, order: number): ContractCall;
  moveAccount(
    program: Program,
    move: { readonly to: Address; readonly deadlineSeconds: number; readonly signature: Hex },
  ): ContractCall;
  /** What the new account signs, so that the old one can move to it. */
  moveAccountData(
    program: Program,
    move: { readonly from: Address; readonly to: Address; readonly deadlineSeconds: number },
  ): TypedDataToSign;
  /** With its checksum; null when it has a wrong one. */
  checksummed(address: Address): Address | null;
}

/** Whom terms would hurt, or why the target would not take them. */
export type Impact =
  | { readonly hurtsMembers: boolean; readonly hurtsHolders: boolean; readonly revert?: never }
  | { readonly revert: Revert | null; readonly detail: string };

/** What contracts answer now. */
export interface ProgramViews {
  /** Whom `terms` would hurt if they were announced now. */
  impact(program: Program, terms: NewTerms): Promise<Impact>;
  /** Null where there is no contract that answers like an ERC-20 with its decimals. */
  token(address: Address): Promise<SettlementToken | null>;
}

/** How programs come into being. */
export interface ProgramFactory {
  /** Who runs every program that is created here. */
  readonly operator: Address;
  /**
   * Says how a program is created, and whether it is there already. The same settings and discriminator give the same
   * program.
   */
  prepare(args: {
    readonly choices: ProgramChoices;
    readonly settlementToken: Address;
    /** Tells programs with the same settings apart. */
    readonly discriminator: string;
  }): Promise<{ readonly call: ContractCall; readonly points: Address; readonly exists: boolean }>;
  /** The program that a transaction created; null when it created none of this factory. */
  createdIn(transactionHash: Hex): Promise<Address | null>;
  /** A program without its terms, which the reader finds on chain. */
  read(points: Address): Promise<Program>;
}
