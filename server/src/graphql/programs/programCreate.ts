import { createProgram } from '../../services/programs/createProgram.ts';
import { contractMutation } from '../mutations/contractMutation.ts';
import { BuybackTermsInput, RuleSetInput, toRuleSet } from '../terms/termsInput.ts';
import { ProgramType } from './program.ts';

contractMutation({
  name: 'programCreate',
  kind: 'OPERATOR',
  description:
    'Creates a program: points, charter, buyback and catalogue in one call, with the key of the service as operator and recorder. Nothing but rule sets and buyback terms ever changes; every bound is checked before gas is spent.',
  errors: [
    'OUT_OF_RANGE',
    'TOO_LONG',
    'REQUIRED',
    'MALFORMED',
    'NOT_A_TOKEN',
    'RULE_NAME_TAKEN',
    'RULE_WORDS_FIXED',
    'PROGRAM_EXISTS',
  ],
  input: (t) => ({
    name: t.string({ required: true, description: 'Name of the points, 1 to 64 bytes.' }),
    symbol: t.string({ required: true, description: 'Symbol of the points, 1 to 16 bytes.' }),
    startsAt: t.field({
      type: 'DateTime',
      required: true,
      description: 'Start of epoch 0, which must run now; whole seconds.',
    }),
    epochSeconds: t.field({ type: 'UInt', required: true, description: '1 hour to 7 days.' }),
    settlementWindow: t.field({
      type: 'UInt',
      required: true,
      description: 'In epochs, 8 to 128, a multiple of 4.',
    }),
    transferable: t.boolean({
      required: true,
      description: 'Whether holders may pass points on, for ever.',
    }),
    noticeSeconds: t.field({
      type: 'UInt',
      required: true,
      description: 'Notice of what hurts somebody, 7 to 60 days.',
    }),
    objectionThresholdBps: t.field({
      type: 'UInt',
      required: true,
      description:
        'Hundredths of a percent of the supply whose objection strikes a change down, 100 to 2,000.',
    }),
    settlementToken: t.field({
      type: 'Address',
      required: true,
      description: 'An ERC-20 contract with decimals: what points are bought back with.',
    }),
    firstRoundAt: t.field({
      type: 'DateTime',
      required: true,
      description: 'Round 0 opens then: not in the past, at most 92 days ahead; whole seconds.',
    }),
    roundPeriodSeconds: t.field({
      type: 'UInt',
      required: true,
      description: 'From opening to opening: roundWindowSeconds to 92 days.',
    }),
    roundWindowSeconds: t.field({
      type: 'UInt',
      required: true,
      description: 'For how long a round is open, 2 days or more.',
    }),
    orderDeadlineSeconds: t.field({
      type: 'UInt',
      required: true,
      description: 'What the operator has to fulfil an order, 1 to 60 days.',
    }),
    buyback: t.field({
      type: BuybackTermsInput,
      required: true,
      description: 'The first buyback terms.',
    }),
    opening: t.field({
      type: [RuleSetInput],
      required: true,
      description: 'One rule set; or two, for epoch 0 and from epoch 1 on.',
    }),
  }),
  resolve: (context, request, { startsAt, firstRoundAt, opening, ...input }) =>
    createProgram(context, request, {
      ...input,
      startsAtMs: startsAt,
      firstRoundAtMs: firstRoundAt,
      opening: opening.map(toRuleSet),
    }),
  payload: (t) => ({
    program: t.field({
      type: ProgramType,
      nullable: true,
      description:
        'The new program, whose rules are there a moment later; null until it is mined and with userErrors. Its keys are made on the machine of the service.',
      resolve: ({ created }) => created ?? null,
    }),
  }),
});
