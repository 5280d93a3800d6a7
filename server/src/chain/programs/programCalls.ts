/** Encodes every call of a program's contracts. Pure; see programViews.ts for what is read from a chain. */
import { buybackAbi } from '@dewpoint/contracts/abi/buybackAbi.ts';
import { catalogueAbi } from '@dewpoint/contracts/abi/catalogueAbi.ts';
import { charterAbi } from '@dewpoint/contracts/abi/charterAbi.ts';
import { localMoneyAbi } from '@dewpoint/contracts/abi/localMoneyAbi.ts';
import { pointsAbi } from '@dewpoint/contracts/abi/pointsAbi.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { encodeBuybackTerms, encodeTerms } from '@dewpoint/contracts/terms.ts';
import { MOVE_ACCOUNT_TYPES, pointsDomain } from '@dewpoint/contracts/typedData.ts';
import { getAddress, Interface } from 'ethers';
import type { ContractCall } from '../../ports/chain/submitter.ts';
import type { NewTerms, ProgramCalls } from '../../ports/chain/programCalls.ts';

const points = new Interface(pointsAbi);
const charter = new Interface(charterAbi);
const buyback = new Interface(buybackAbi);
const catalogue = new Interface(catalogueAbi);
/** Every ERC-20 has the functions of this one that are used here. */
const token = new Interface(localMoneyAbi);

/** Stands for "as many as wanted" in the catalogue. */
const UNLIMITED_STOCK = 2 ** 32 - 1;
/** The part of EIP-712 that wallets want spelled out and libraries add by themselves. */
const DOMAIN_TYPE = [
  { name: 'name', type: 'string' },
  { name: 'version', type: 'string' },
  { name: 'chainId', type: 'uint256' },
  { name: 'verifyingContract', type: 'address' },
];

const encode = (
  to: Address,
  contract: Interface,
  name: string,
  values: readonly unknown[],
): ContractCall => ({ to, data: contract.encodeFunctionData(name, values) as Hex });

/** What `applyTerms` and `impact` take. */
export function encodedTerms(terms: NewTerms): Hex {
  return terms.target === 'RULES' ? encodeTerms(terms.terms) : encodeBuybackTerms(terms.terms);
}

/** The one {@link ProgramCalls}. */
export const programCalls: ProgramCalls = {
  announce: (program, terms) =>
    encode(program.charter, charter, 'announce', [
      terms.target === 'RULES' ? program.address : program.buyback,
      encodedTerms(terms),
    ]),
  enactChange: (program, change, terms) =>
    encode(program.charter, charter, 'enact', [change, terms]),
  withdrawChange: (program, change) => encode(program.charter, charter, 'withdraw', [change]),
  strikeChange: (program, change) => encode(program.charter, charter, 'strike', [change]),
  object: (program, change, amount) => encode(program.charter, charter, 'object', [change, amount]),
  releaseObjection: (program, change, holder) =>
    encode(program.charter, charter, 'release', [change, holder]),
  tender: (program, round, amount) => encode(program.buyback, buyback, 'tender', [round, amount]),
  untender: (program, round, amount) =>
    encode(program.buyback, buyback, 'untender', [round, amount]),
  settleRounds: (program) => encode(program.buyback, buyback, 'settle', []),
  claimPoints: (program, round, holder) =>
    encode(program.buyback, buyback, 'claimPoints', [round, holder]),
  claimMoney: (program, round, holder) =>
    encode(program.buyback, buyback, 'claimMoney', [round, holder]),
  approveReserve: (program, amount) =>
    encode(program.settlementToken.address, token, 'approve', [program.buyback, amount]),
  depositReserve: (program, amount) => encode(program.buyback, buyback, 'deposit', [amount]),
  withdrawReserve: (program, to, amount) =>
    encode(program.buyback, buyback, 'withdraw', [to, amount]),
  addItem: (program, { price, stock, text }) =>
    encode(program.catalogue, catalogue, 'addItem', [price, stock ?? UNLIMITED_STOCK, text]),
  setItemPrice: (program, item, price) =>
    encode(program.catalogue, catalogue, 'setPrice', [item, price]),
  addItemStock: (program, item, added) =>
    encode(program.catalogue, catalogue, 'addStock', [item, added]),
  withdrawItem: (program, item) =>
    encode(program.catalogue, catalogue, 'scheduleWithdrawal', [item]),
  keepItem: (program, item) => encode(program.catalogue, catalogue, 'cancelWithdrawal', [item]),
  redeem: (program, { item, quantity, maxPrice, orderRef }) =>
    encode(program.catalogue, catalogue, 'redeem', [item, quantity, maxPrice, orderRef]),
  fulfilOrder: (program, order) => encode(program.catalogue, catalogue, 'fulfil', [order]),
  refundOrder: (program, order) => encode(program.catalogue, catalogue, 'refund', [order]),
  moveAccount: (program, { to, deadlineSeconds, signature }) =>
    encode(program.address, points, 'moveAccount', [to, deadlineSeconds, signature]),
  moveAccountData: ({ chainId, address }, { from, to, deadlineSeconds }) => ({
    domain: { ...pointsDomain(chainId, address), chainId },
    primaryType: 'MoveAccount',
    types: { EIP712Domain: DOMAIN_TYPE, ...MOVE_ACCOUNT_TYPES },
    message: { from, to, deadline: deadlineSeconds },
  }),
  checksummed: (address) => {
    try {
      return getAddress(address) as Address;
    } catch {
      return null; // its capital letters are wrong
    }
  },
};
