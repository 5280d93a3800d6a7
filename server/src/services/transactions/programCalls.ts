/** Encodes every call of a program's contracts that the service makes, one line for each operation. */
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import type { Program } from '../../domain/program.ts';
import type { ContractCodec, ContractName, NewTerms } from '../../ports/chain/contractCodec.ts';
import type { ContractCall } from '../../ports/chain/submitter.ts';
import { MAX_REQUEST_GAS } from './relaying/quota.ts';

/** Stands for an unlimited stock in the catalogue. */
const UNLIMITED_STOCK = 2 ** 32 - 1;

const addressOf = (program: Program, contract: ContractName): Address => {
  if (contract === 'points') return program.address;
  if (contract === 'settlementToken') return program.settlementToken.address;
  return program[contract];
};

/** Encoded calls by operation. Amounts are base units; rounds, items, orders and changes go by their numbers. */
export type ProgramCalls = ReturnType<typeof createProgramCalls>;

/* eslint-disable @typescript-eslint/explicit-module-boundary-types -- The type is {@link ProgramCalls}, said once. */
export function createProgramCalls(codec: ContractCodec) {
  const call = (
    program: Program,
    contract: ContractName,
    name: string,
    ...args: readonly unknown[]
  ): ContractCall => ({
    to: addressOf(program, contract),
    data: codec.encodeCall(contract, name, args),
  });
  /** The settlement token may be any contract, chosen by whom nobody knows: what runs it is paid for within the bound of a member's write. */
  const capped = (unbounded: ContractCall): ContractCall => ({
    ...unbounded,
    gasCap: MAX_REQUEST_GAS,
  });
  return {
    announceChange: (program: Program, terms: NewTerms) => {
      const target = addressOf(program, terms.target === 'RULES' ? 'points' : 'buyback');
      return call(program, 'charter', 'announce', target, codec.encodeTerms(terms));
    },
    /** @param terms As they were announced. */
    enactChange: (program: Program, change: number, terms: Hex) =>
      call(program, 'charter', 'enact', change, terms),
    withdrawChange: (program: Program, change: number) =>
      call(program, 'charter', 'withdraw', change),
    strikeChange: (program: Program, change: number) => call(program, 'charter', 'strike', change),
    objectToChange: (program: Program, change: number, amount: bigint) =>
      call(program, 'charter', 'object', change, amount),
    releaseObjection: (program: Program, change: number, holder: Address) =>
      call(program, 'charter', 'release', change, holder),

    tenderPoints: (program: Program, round: number, amount: bigint) =>
      call(program, 'buyback', 'tender', round, amount),
    untenderPoints: (program: Program, round: number, amount: bigint) =>
      call(program, 'buyback', 'untender', round, amount),
    settleRounds: (program: Program) => call(program, 'buyback', 'settle'),
    claimPoints: (program: Program, round: number, holder: Address) =>
      call(program, 'buyback', 'claimPoints', round, holder),
    claimMoney: (program: Program, round: number, holder: Address) =>
      capped(call(program, 'buyback', 'claimMoney', round, holder)),
    /** Pays the holder who calls. */
    claimMoneyTo: (program: Program, round: number, to: Address) =>
      call(program, 'buyback', 'claimMoneyTo', round, to),
    /** Sends money that the holder who calls has allowed the buyback to take. */
    sendMoney: (program: Program, to: Address, amount: bigint) =>
      call(program, 'buyback', 'sendMoney', to, amount),
    /** Sends money of the caller by the token itself. */
    transferMoney: (program: Program, to: Address, amount: bigint) =>
      call(program, 'settlementToken', 'transfer', to, amount),
    /** Allows the buyback to take this amount of the settlement token from the caller. */
    approveReserve: (program: Program, amount: bigint) =>
      capped(call(program, 'settlementToken', 'approve', program.buyback, amount)),
    /** Hands in an approval that its owner signed; anybody may. @param permit Deadline in unix seconds. */
    permitReserve: (
      program: Program,
      owner: Address,
      permit: { readonly value: bigint; readonly deadline: number; readonly signature: Hex },
    ) => {
      const { value, deadline, signature } = permit;
      const [r, s, v] = [2, 66, 130].map((at) => `0x${signature.slice(at, at + 64)}`);
      const signed = [owner, program.buyback, value, deadline, v, r, s];
      return capped(call(program, 'settlementToken', 'permit', ...signed));
    },
    /** Takes money that was transferred to the buyback into the reserve. */
    syncReserve: (program: Program) => capped(call(program, 'buyback', 'sync')),
    depositReserve: (program: Program, amount: bigint) =>
      capped(call(program, 'buyback', 'deposit', amount)),
    withdrawReserve: (program: Program, to: Address, amount: bigint) =>
      capped(call(program, 'buyback', 'withdraw', to, amount)),

    /** @param item Stock null: unlimited. */
    addItem: (
      program: Program,
      item: { readonly price: bigint; readonly stock: number | null; readonly text: string },
    ) =>
      call(program, 'catalogue', 'addItem', item.price, item.stock ?? UNLIMITED_STOCK, item.text),
    setItemPrice: (program: Program, item: number, price: bigint) =>
      call(program, 'catalogue', 'setPrice', item, price),
    addItemStock: (program: Program, item: number, added: number) =>
      call(program, 'catalogue', 'addStock', item, added),
    withdrawItem: (program: Program, item: number) =>
      call(program, 'catalogue', 'scheduleWithdrawal', item),
    cancelItemWithdrawal: (program: Program, item: number) =>
      call(program, 'catalogue', 'cancelWithdrawal', item),
    /** @param order `orderRef` has 32 bytes. */
    redeemItem: (
      program: Program,
      order: {
        readonly item: number;
        readonly quantity: number;
        readonly maxPrice: bigint;
        readonly orderRef: Hex;
      },
    ) => {
      const { item, quantity, maxPrice, orderRef } = order;
      return call(program, 'catalogue', 'redeem', item, quantity, maxPrice, orderRef);
    },
    fulfilOrder: (program: Program, order: number) => call(program, 'catalogue', 'fulfil', order),
    refundOrder: (program: Program, order: number) => call(program, 'catalogue', 'refund', order),

    /** @param log Its root is of the entries that were recorded in the epoch before, signed by the recorder. */
    anchorLog: (
      program: Program,
      log: {
        readonly epoch: number;
        readonly root: Hex;
        readonly count: number;
        readonly signature: Hex;
      },
    ) => call(program, 'points', 'anchor', log.epoch, log.root, log.count, log.signature),
    moveAccount: (
      program: Program,
      move: { readonly to: Address; readonly deadlineSeconds: number; readonly signature: Hex },
    ) => call(program, 'points', 'moveAccount', move.to, move.deadlineSeconds, move.signature),
    /** The zero address withdraws an offer. */
    acceptOperator: (program: Program) => call(program, 'points', 'acceptOperator'),
    offerOperator: (program: Program, operator: Address) =>
      call(program, 'points', 'offerOperator', operator),
    moveAccountData: codec.moveAccountData,
    checksummed: codec.checksummed,
  };
}
