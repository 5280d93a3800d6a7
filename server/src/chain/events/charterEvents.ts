import { charterAbi } from '@dewpoint/contracts/abi/charterAbi.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { decodeBuybackTerms, decodeTerms } from '@dewpoint/contracts/terms.ts';
import { Interface } from 'ethers';
import type { ProposedTerms } from '../../domain/events.ts';
import type { ProgramContracts } from '../../domain/program.ts';
import type { CharterEvent } from '../../domain/events.ts';
import { addressOf, bigintOf, createEventParser, msOf, numberOf } from './eventParser.ts';

/**
 * Decodes the terms of a change. Null for bytes that the contract accepted and that can't be decoded, such as a name that is
 * not UTF-8: an operator must not be able to stop the indexer with them.
 */
export function readProposedTerms(
  target: Address,
  { points }: Pick<ProgramContracts, 'points'>,
  terms: Hex,
): ProposedTerms | null {
  try {
    return target === points
      ? { kind: 'RULES', ...decodeTerms(terms) }
      : { kind: 'BUYBACK', ...decodeBuybackTerms(terms) };
  } catch {
    return null;
  }
}

/** Decodes events of a charter. `proposed` is read later, by {@link readProposedTerms}: only the program knows its targets. */
export const charterEvents = createEventParser<CharterEvent>(new Interface(charterAbi), {
  ChangeAnnounced: (args) => ({
    kind: 'ChangeAnnounced',
    change: numberOf(args, 'id'),
    target: addressOf(args, 'target'),
    impact: numberOf(args, 'impact'),
    comparedVersion: numberOf(args, 'comparedVersion'),
    noticeEndsAtMs: msOf(args, 'noticeEndsAt'),
    diesAtMs: msOf(args, 'diesAt'),
    lastRoundOwed: args['lastRoundOwed'] as boolean,
    firstEligibleRound: numberOf(args, 'firstEligibleRound'),
    countedSupply: bigintOf(args, 'countedSupply'),
    terms: args['terms'] as Hex,
    proposed: null,
  }),
  ChangeEnacted: (args) => ({
    kind: 'ChangeEnacted',
    change: numberOf(args, 'id'),
    version: numberOf(args, 'version'),
  }),
  ChangeStruckDown: (args) => ({
    kind: 'ChangeStruckDown',
    change: numberOf(args, 'id'),
    objections: bigintOf(args, 'objections'),
    needed: bigintOf(args, 'needed'),
  }),
  ChangeWithdrawn: (args) => ({
    kind: 'ChangeWithdrawn',
    change: numberOf(args, 'id'),
    counted: args['counted'] as boolean,
  }),
  Objected: (args) => ({
    kind: 'Objected',
    change: numberOf(args, 'id'),
    holder: addressOf(args, 'holder'),
    amount: bigintOf(args, 'amount'),
    held: bigintOf(args, 'held'),
    objections: bigintOf(args, 'objections'),
  }),
  ObjectionReleased: (args) => ({
    kind: 'ObjectionReleased',
    change: numberOf(args, 'id'),
    holder: addressOf(args, 'holder'),
    amount: bigintOf(args, 'amount'),
  }),
});
