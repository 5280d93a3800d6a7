/** Encodes calls as the contracts read them. Pure; see programViews.ts for reads from a chain. */
import { buybackAbi } from '@dewpoint/contracts/abi/buybackAbi.ts';
import { catalogueAbi } from '@dewpoint/contracts/abi/catalogueAbi.ts';
import { charterAbi } from '@dewpoint/contracts/abi/charterAbi.ts';
import { localMoneyAbi } from '@dewpoint/contracts/abi/localMoneyAbi.ts';
import { pointsAbi } from '@dewpoint/contracts/abi/pointsAbi.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { encodeBuybackTerms, encodeTerms } from '@dewpoint/contracts/terms.ts';
import {
  EIP712_DOMAIN_TYPE,
  MOVE_ACCOUNT_TYPES,
  pointsDomain,
} from '@dewpoint/contracts/typedData.ts';
import { getAddress, id, Interface } from 'ethers';
import type { ContractCodec, ContractName, NewTerms } from '../../ports/chain/contractCodec.ts';

const interfaces: Readonly<Record<ContractName, Interface>> = {
  points: new Interface(pointsAbi),
  charter: new Interface(charterAbi),
  buyback: new Interface(buybackAbi),
  catalogue: new Interface(catalogueAbi),
  // Every ERC-20 has the functions of this one that are used here.
  settlementToken: new Interface(localMoneyAbi),
};

/** Encodes terms for `applyTerms` and `impact`. */
export function encodedTerms(terms: NewTerms): Hex {
  return terms.target === 'RULES' ? encodeTerms(terms.terms) : encodeBuybackTerms(terms.terms);
}

/** Implements the {@link ContractCodec}. */
export const contractCodec: ContractCodec = {
  encodeCall: (contract, name, args) => interfaces[contract].encodeFunctionData(name, args) as Hex,
  encodeTerms: encodedTerms,
  moveAccountData: ({ chainId, address }, { from, to, deadlineSeconds }) => ({
    domain: { ...pointsDomain(chainId, address), chainId },
    primaryType: 'MoveAccount',
    types: { EIP712Domain: EIP712_DOMAIN_TYPE, ...MOVE_ACCOUNT_TYPES },
    message: { from, to, deadline: deadlineSeconds },
  }),
  hashOf: (text) => id(text) as Hex,
  checksummed: (address) => {
    try {
      return getAddress(address) as Address;
    } catch {
      return null; // its checksum is wrong
    }
  },
};
