/** Programs: on a chain, and invented ones for tests of what does not ask a chain. */
import { NO_COUNT_CAP, NO_END, NO_POINTS_CAP } from '@dewpoint/contracts/formula.ts';
import type { Address } from '@dewpoint/contracts/statement.ts';
import { NO_BUDGET_CAP, NO_DOCUMENT, type RuleSetTerms } from '@dewpoint/contracts/terms.ts';
import type { NewProgram } from '../../chain/programs/newProgram.ts';
import type { Foundation } from '../../composition/composeServices.ts';
import type { Program } from '../../domain/program.ts';
import { DAY_MS, STARTS_AT_MS } from './time.ts';

/** Runs the programs of tests. */
export const TEST_ORGANISATION = 'org_0000000000000001';
/** Another tenant. */
export const OTHER_ORGANISATION = 'org_0000000000000002';

/** W, in epochs: the smallest that the factory allows. */
export const WINDOW = 8;
/** Base units for one action by {@link RULES}. */
export const PER_ACTION = 1_000n;
/** Price a point: half a local dollar. */
export const PRICE = 500_000n;
/** Pays for 40 points a round. */
export const BUDGET = 20_000_000n;

type Rule = RuleSetTerms['rules'][number];

/** Without caps and without an end. */
export const uncapped = (
  rule: Pick<Rule, 'id' | 'name' | 'text' | 'perAction' | 'perUnit'>,
): Rule => ({ ...rule, maxCount: NO_COUNT_CAP, maxPoints: NO_POINTS_CAP, untilEpoch: NO_END });

export const RULES: RuleSetTerms = {
  notBefore: 0,
  budgetPerEpoch: NO_BUDGET_CAP,
  documentHash: NO_DOCUMENT,
  rules: [
    uncapped({
      id: 1,
      name: 'act',
      text: 'Ten points an action',
      perAction: PER_ACTION,
      perUnit: 0n,
    }),
  ],
};

/** Epochs of a day from the start of the chain's clock on. */
const PLAIN: NewProgram = {
  name: 'Dew',
  symbol: 'DEW',
  startsAtMs: STARTS_AT_MS,
  epochLengthMs: DAY_MS,
  settlementWindow: WINDOW,
  transferable: true,
  opening: [RULES],
};

/** Buys points back: the first round opens on the third day, for three days. */
export const BUYING: Partial<NewProgram> = {
  buybackTerms: { pricePerPoint: PRICE, budgetPerRound: BUDGET, minTender: 100n },
  roundPeriodMs: 14 * DAY_MS,
  roundWindowMs: 3 * DAY_MS,
  orderDeadlineMs: 2 * DAY_MS,
};

/** What the tests of the API have besides: a longer window, and rules by money and by visit. */
export const SERVICE_SETTINGS: Partial<NewProgram> = {
  settlementWindow: 40,
  opening: [
    {
      notBefore: 0,
      budgetPerEpoch: NO_BUDGET_CAP,
      documentHash: NO_DOCUMENT,
      rules: [
        uncapped({
          id: 1,
          name: 'purchase',
          text: '1 point a dollar',
          perAction: 0n,
          perUnit: 1_000_000n,
        }),
        uncapped({
          id: 2,
          name: 'visit',
          text: '2 points a visit',
          perAction: 200n,
          perUnit: 0n,
        }),
      ],
    },
  ],
};

/** What the tests of contract mutations have: a buyback, and rules whose terms the tests change. */
export const MUTATION_SETTINGS: Partial<NewProgram> = {
  ...BUYING,
  orderDeadlineMs: 7 * DAY_MS,
  opening: [
    {
      notBefore: 0,
      budgetPerEpoch: 100_000n,
      documentHash: NO_DOCUMENT,
      rules: [
        uncapped({ id: 1, name: 'visit', text: 'visit in words', perAction: 200n, perUnit: 0n }),
        uncapped({ id: 2, name: 'review', text: 'review in words', perAction: 100n, perUnit: 0n }),
      ],
    },
  ],
};

/** Creates a program on chain, with these settings instead of those of a plain one. */
export const createProgramOn = (
  { deployment }: Pick<Foundation, 'deployment'>,
  settings: Partial<NewProgram> = {},
  organisationId = TEST_ORGANISATION,
): Promise<Program> => deployment.createProgram({ ...PLAIN, ...settings, organisationId });

/** Finds the settlement token that programs of tests have on a chain, and has it deployed where there is none. */
export const tokenOn = async (foundation: Pick<Foundation, 'deployment'>): Promise<Address> =>
  (await createProgramOn(foundation, { name: 'Token' })).settlementToken.address;

/** A program that is on no chain. Epochs of a day from 1970 on. */
export const INVENTED_PROGRAM: Program = {
  id: 'prg_0000000000000001',
  organisationId: TEST_ORGANISATION,
  environment: 'test',
  chainId: 31_337,
  address: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
  charter: '0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512',
  buyback: '0x9fE46736679d2D9a65F0992F2272dE9f3c7fa6e0',
  catalogue: '0xCf7Ed3AccA5a467e9e704C703E8D87F634fB0Fc9',
  forwarder: '0xDc64a140Aa3E981100a9becA4E685f962f0cF6C9',
  recorderLabel: `0x${'5a'.repeat(32)}`,
  name: 'Test',
  symbol: 'T',
  startsAtMs: 0,
  epochLengthMs: DAY_MS,
  settlementWindow: 40,
  transferable: true,
  backed: false,
  noticePeriodMs: 7 * DAY_MS,
  objectionThresholdBps: 500,
  objectionCap: 2n ** 71n - 1n,
  settlementToken: {
    address: '0x5FC8d32690cc91D4c39d9d3abcBD16989F875707',
    symbol: 'LD',
    decimals: 6,
  },
  firstRoundAtMs: 3 * DAY_MS,
  roundPeriodMs: 28 * DAY_MS,
  roundWindowMs: 7 * DAY_MS,
  orderDeadlineMs: 7 * DAY_MS,
  createdAtBlock: 1,
  createdAtMs: 0,
  createdBy: `0x${'01'.repeat(32)}`,
  ruleSets: [],
  buybackTerms: [],
};

/** An invented program that actions can be recorded for, with a rule that has caps and one that has none. */
export const RECORDED_PROGRAM: Program = {
  ...INVENTED_PROGRAM,
  name: 'Dew',
  symbol: 'DEW',
  startsAtMs: STARTS_AT_MS,
  settlementWindow: WINDOW,
  ruleSets: [
    {
      version: 0,
      fromEpoch: 0,
      budgetPerEpoch: NO_BUDGET_CAP,
      documentHash: NO_DOCUMENT,
      rules: [
        {
          id: 1,
          name: 'purchase',
          text: '10 points a purchase, twice a day, and 1 point a dollar, up to 500 points',
          perAction: 1_000n,
          perUnit: 1_000_000n,
          maxCount: 2n,
          maxPoints: 50_000n,
          untilEpoch: NO_END,
        },
        uncapped({
          id: 2,
          name: 'album',
          text: '5 points an album',
          perAction: 500n,
          perUnit: 0n,
        }),
      ],
      blockNumber: 1,
      transactionHash: `0x${'01'.repeat(32)}`,
    },
  ],
};
