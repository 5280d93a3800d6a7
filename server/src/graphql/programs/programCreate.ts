import { createProgram } from '../../services/programs/createProgram.ts';
import { contractMutation } from '../mutations/contractMutation.ts';
import { BuybackTermsInput, RuleSetInput, toRuleSet } from '../terms/termsInput.ts';
import { ProgramType } from './program.ts';

contractMutation({
  name: 'programCreate',
  kind: 'OPERATOR',
  forOwners: 'LIVE',
  createsProgram: true,
  description:
    'Creates a program with its Points, charter, buyback and catalogue contracts in one transaction, with the key of the service as operator and recorder. Later, only rule sets and buyback terms can change.',
  errors: [
    'OUT_OF_RANGE',
    'TOO_LONG',
    'REQUIRED',
    'MALFORMED',
    'NOT_A_TOKEN',
    'RULE_NAME_TAKEN',
    'RULE_WORDS_FIXED',
    'PROGRAM_EXISTS',
    'UNKNOWN_DOCUMENT',
  ],
  input: (t) => ({
    name: t.string({ required: true, description: 'Name of the points, 1 to 64 bytes.' }),
    symbol: t.string({ required: true, description: 'Symbol of the points, 1 to 16 bytes.' }),
    startsAt: t.field({
      type: 'DateTime',
      required: true,
      description: 'Start of epoch 0, which must be the current epoch; in whole seconds.',
    }),
    epochSeconds: t.field({
      type: 'UInt',
      required: true,
      description: 'Length of an epoch in seconds, 1 hour to 7 days.',
    }),
    settlementWindow: t.field({
      type: 'UInt',
      required: true,
      description:
        'Number of epochs for which the contract accepts statements after their own epoch: 8 to 252, a multiple of 4, and 7 days or more.',
    }),
    transferable: t.boolean({
      required: true,
      description: 'Whether holders can transfer points; never changes.',
    }),
    backed: t.boolean({
      required: true,
      defaultValue: false,
      description:
        'Whether no point is ever minted that the money in the reserve could not buy back; never changes. A backed program always buys points back.',
    }),
    noticeSeconds: t.field({
      type: 'UInt',
      required: true,
      description: 'Notice period in seconds, 7 to 60 days.',
    }),
    objectionThresholdBps: t.field({
      type: 'UInt',
      required: true,
      description:
        'Share of the supply, in basis points, whose objection strikes a change down: 100 to 2,000 (1 to 20 percent).',
    }),
    objectionCap: t.field({
      type: 'Points',
      required: true,
      description:
        'Points whose objection strikes a change down, however large the supply is: 100.00 or more; never changes.',
    }),
    settlementToken: t.field({
      type: 'Address',
      required: true,
      description:
        'Address of the ERC-20 token that the buyback pays with; it must have `decimals`.',
    }),
    firstRoundAt: t.field({
      type: 'DateTime',
      required: true,
      description:
        'Time at which round 0 opens: not in the past, at most 92 days ahead, in whole seconds.',
    }),
    roundPeriodSeconds: t.field({
      type: 'UInt',
      required: true,
      description:
        'Seconds from the opening of a round to the opening of the next: at least `roundWindowSeconds`, at most 92 days.',
    }),
    roundWindowSeconds: t.field({
      type: 'UInt',
      required: true,
      description: 'Seconds for which a round is open: 2 days or more.',
    }),
    orderDeadlineSeconds: t.field({
      type: 'UInt',
      required: true,
      description: 'Seconds that the operator has to fulfil an order: 1 to 60 days.',
    }),
    buyback: t.field({
      type: BuybackTermsInput,
      required: true,
      description: 'First buyback terms.',
    }),
    dryRun: t.boolean({
      description:
        'Whether to check and simulate everything and to create nothing: without userErrors, the same input would create the program now.',
    }),
    opening: t.field({
      type: [RuleSetInput],
      required: true,
      description: 'One rule set, or two: the first for epoch 0, the second from epoch 1 on.',
    }),
  }),
  resolve: (context, request, { startsAt, firstRoundAt, opening, dryRun, ...input }) =>
    createProgram(
      context,
      context.organisationId,
      { ...request, program: null },
      {
        ...input,
        startsAtMs: startsAt,
        firstRoundAtMs: firstRoundAt,
        opening: opening.map(toRuleSet),
      },
      { dryRun: dryRun ?? false },
    ),
  payload: (t) => ({
    address: t.field({
      type: 'Address',
      nullable: true,
      description:
        'Address of the Points contract that the program has, or would have under this idempotencyKey; null when there are userErrors.',
      resolve: ({ points }) => points ?? null,
    }),
    program: t.field({
      type: ProgramType,
      nullable: true,
      description:
        'The new program, whose rules follow a moment later; null until the transaction is mined and when there are userErrors. Create its API keys on the machine of the service.',
      resolve: ({ created }) => created ?? null,
    }),
  }),
  state: async (_context, _input, made) => {
    if (!made?.created) return null;
    const { id, address, name, symbol } = made.created;
    return Promise.resolve({ id, address, name, symbol });
  },
});
