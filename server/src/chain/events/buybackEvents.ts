import { buybackAbi } from '@dewpoint/contracts/abi/buybackAbi.ts';
import type { Address } from '@dewpoint/contracts/statement.ts';
import { Interface } from 'ethers';
import type { BuybackEvent } from '../../domain/events.ts';
import {
  addressOf,
  bigintOf,
  createEventParser,
  numberOf,
  type EventArguments,
} from './eventParser.ts';

const tenderOf = (kind: 'Tendered' | 'Untendered', args: EventArguments): BuybackEvent => ({
  kind,
  round: numberOf(args, 'round'),
  holder: addressOf(args, 'holder'),
  amount: bigintOf(args, 'amount'),
  held: bigintOf(args, 'held'),
  tendered: bigintOf(args, 'tendered'),
});
const claimOf = (args: EventArguments): { round: number; holder: Address; amount: bigint } => ({
  round: numberOf(args, 'round'),
  holder: addressOf(args, 'holder'),
  amount: bigintOf(args, 'amount'),
});
const amountsOf = (args: EventArguments): { amount: bigint; reserve: bigint } => ({
  amount: bigintOf(args, 'amount'),
  reserve: bigintOf(args, 'reserve'),
});

/** Decodes events of a buyback. */
export const buybackEvents = createEventParser<BuybackEvent>(new Interface(buybackAbi), {
  TermsPublished: (args) => ({
    kind: 'TermsPublished',
    terms: {
      version: numberOf(args, 'version'),
      fromRound: numberOf(args, 'fromRound'),
      pricePerPoint: bigintOf(args, 'pricePerPoint'),
      budgetPerRound: bigintOf(args, 'budgetPerRound'),
      minTender: bigintOf(args, 'minTender'),
    },
  }),
  Tendered: (args) => tenderOf('Tendered', args),
  Untendered: (args) => tenderOf('Untendered', args),
  RoundSettled: (args) => ({
    kind: 'RoundSettled',
    round: numberOf(args, 'round'),
    version: numberOf(args, 'version'),
    covered: args['covered'] as boolean,
    budget: bigintOf(args, 'budget'),
    tendered: bigintOf(args, 'tendered'),
    filled: bigintOf(args, 'filled'),
    payout: bigintOf(args, 'payout'),
  }),
  PointsClaimed: (args) => ({ kind: 'PointsClaimed', ...claimOf(args) }),
  MoneyClaimed: (args) => ({ kind: 'MoneyClaimed', ...claimOf(args), to: addressOf(args, 'to') }),
  MoneySent: (args) => ({
    kind: 'MoneySent',
    holder: addressOf(args, 'holder'),
    to: addressOf(args, 'to'),
    amount: bigintOf(args, 'amount'),
  }),
  Deposited: (args) => ({ kind: 'Deposited', from: addressOf(args, 'from'), ...amountsOf(args) }),
  Synced: (args) => ({ kind: 'Synced', ...amountsOf(args) }),
  Withdrawn: (args) => ({ kind: 'Withdrawn', to: addressOf(args, 'to'), ...amountsOf(args) }),
});
