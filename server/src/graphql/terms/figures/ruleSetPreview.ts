/** Shows operators what a rule set would have earned for what was recorded, before it is announced. */
import { worthRoundedUp } from '../../../domain/buyback/reserve.ts';
import type { Program } from '../../../domain/program.ts';
import type {
  ComparedEpoch,
  ComparedMember,
  ComparedRule,
  SpreadStep,
} from '../../../domain/terms/ruleSetComparison.ts';
import { MAX_HARDEST_HIT } from '../../../domain/terms/ruleSetComparison.ts';
import {
  MAX_PREVIEW_DAYS,
  MAX_PREVIEWED_STATEMENTS,
  type RuleSetPreview,
} from '../../../services/terms/previewRuleSet.ts';
import { builder, ofOwnProgram } from '../../core/builder.ts';
import { moneyOf, type OfProgram } from '../../core/connection.ts';
import { MemberType } from '../../members/member.ts';
import { ProgramType } from '../../programs/program.ts';
import { RuleSetInput, toRuleSet } from '../termsInput.ts';

const ONLY_READERS = { 'members:read': true } as const;
/** It reads and computes thousands of statements. */
const PREVIEW_COST = 3_000;
const MEMBER_COST = 30;
const DEFAULT_DAYS = 28;
/** Rules of two sets of 32. */
const SHOWN_RULES = 64;
const SPREAD_STEPS = 11;

const BEFORE = 'Points by the newest published rule set.';
const AFTER = 'Points by the rule set of the preview.';
const PreviewedRule = builder.objectRef<ComparedRule>('PreviewedRule').implement({
  description: 'What was done under one rule, and what it earns by each rule set.',
  authScopes: ONLY_READERS,
  fields: (t) => ({
    ruleId: t.expose('ruleId', { type: 'UInt', description: 'Id of the rule.' }),
    name: t.exposeString('name', {
      nullable: true,
      description: 'Name of the rule; null for one that neither rule set has.',
    }),
    count: t.expose('count', { type: 'Amount', description: 'Number of actions.' }),
    amount: t.expose('amount', { type: 'Amount', description: 'Total amount of the actions.' }),
    before: t.expose('before', { type: 'Points', description: BEFORE }),
    after: t.expose('after', { type: 'Points', description: AFTER }),
  }),
});

const PreviewedEpoch = builder.objectRef<ComparedEpoch>('PreviewedEpoch').implement({
  description: 'What was done in one epoch, and what it earns by each rule set.',
  authScopes: ONLY_READERS,
  fields: (t) => ({
    epoch: t.expose('epoch', { type: 'UInt', description: 'Number of the epoch.' }),
    before: t.expose('before', { type: 'Points', description: BEFORE }),
    after: t.expose('after', { type: 'Points', description: AFTER }),
  }),
});

const PreviewedMember = builder.objectRef<OfProgram<ComparedMember>>('PreviewedMember').implement({
  description: 'A member, and what it earns by each rule set.',
  authScopes: ONLY_READERS,
  fields: (t) => ({
    member: t.field({
      extensions: { cost: MEMBER_COST },
      type: MemberType,
      nullable: true,
      description: 'The member.',
      resolve: ({ program, memberId }, _args, { members }) => members.findById(program, memberId),
    }),
    before: t.expose('before', { type: 'Points', description: BEFORE }),
    after: t.expose('after', { type: 'Points', description: AFTER }),
  }),
});

const SpreadStepType = builder.objectRef<SpreadStep>('PreviewSpreadStep').implement({
  description:
    'Number of members whose points change by more than `fromPercent`, up to `toPercent`; by exactly that much where both are the same.',
  authScopes: ONLY_READERS,
  fields: (t) => ({
    fromPercent: t.exposeInt('from', {
      description: 'Lower end, in percent; -100 is all of them.',
    }),
    toPercent: t.exposeInt('to', {
      nullable: true,
      description: 'Upper end, in percent; null for no end.',
    }),
    members: t.expose('members', { type: 'UInt', description: 'Number of members.' }),
  }),
});

const PreviewType = builder.objectRef<OfProgram<RuleSetPreview>>('RuleSetPreview').implement({
  description:
    'What a rule set earns for recorded actions, those that still mature included, beside what the newest published one earns for the same, as if both were in force. Budgets are left out, as they delay points and take none. Nothing is stored. Source: the log.',
  authScopes: ONLY_READERS,
  fields: (t) => ({
    fromEpoch: t.expose('fromEpoch', {
      type: 'UInt',
      description: 'First epoch that was looked at.',
    }),
    toEpoch: t.expose('toEpoch', {
      type: 'UInt',
      description: 'Last epoch that was looked at: the current one.',
    }),
    isWhole: t.exposeBoolean('isWhole', {
      description: `Whether all that was asked for was looked at; false where it is more than ${MAX_PREVIEWED_STATEMENTS.toLocaleString('en')} statements, of which the newest were.`,
    }),
    before: t.expose('before', { type: 'Points', description: BEFORE }),
    after: t.expose('after', { type: 'Points', description: AFTER }),
    costBefore: t.field({
      type: 'Money',
      description: 'Price of the points of `before` by the newest buyback terms, rounded up.',
      resolve: ({ program, before, pricePerPoint }) =>
        moneyOf(program, worthRoundedUp(before, pricePerPoint)),
    }),
    costAfter: t.field({
      type: 'Money',
      description: 'Price of the points of `after` by the newest buyback terms, rounded up.',
      resolve: ({ program, after, pricePerPoint }) =>
        moneyOf(program, worthRoundedUp(after, pricePerPoint)),
    }),
    membersBetter: t.field({
      type: 'UInt',
      description: 'Number of members who earn more.',
      resolve: ({ members }) => members.better,
    }),
    membersWorse: t.field({
      type: 'UInt',
      description: 'Number of members who earn less.',
      resolve: ({ members }) => members.worse,
    }),
    membersSame: t.field({
      type: 'UInt',
      description: 'Number of members who earn the same, and did something.',
      resolve: ({ members }) => members.same,
    }),
    rules: t.expose('rules', {
      extensions: { rows: SHOWN_RULES },
      type: [PreviewedRule],
      description: 'Rules of both rule sets, by their ids.',
    }),
    epochs: t.expose('epochs', {
      extensions: { rows: MAX_PREVIEW_DAYS },
      type: [PreviewedEpoch],
      description: 'Epochs in which something was done, oldest first.',
    }),
    spread: t.expose('spread', {
      extensions: { rows: SPREAD_STEPS },
      type: [SpreadStepType],
      description:
        'Members by how their points change, from losing all to gaining most; those who earn nothing by the newest rule set are in no step.',
    }),
    hardestHit: t.field({
      extensions: { rows: MAX_HARDEST_HIT },
      type: [PreviewedMember],
      description: `Members who lose most points, most first, at most ${MAX_HARDEST_HIT}.`,
      resolve: ({ program, hardestHit }) => hardestHit.map((one) => ({ ...one, program })),
    }),
  }),
});

builder.objectField(ProgramType, 'ruleSetPreview', (t) =>
  t.field({
    extensions: { cost: PREVIEW_COST },
    type: PreviewType,
    authScopes: ofOwnProgram('members:read'),
    description:
      'What a rule set would have earned in the last days, beside the newest published one. Nothing is stored or announced; `changeAnnounce(dryRun: true)` says whom it hurts and when it could be in force. Errors: OUT_OF_RANGE, TOO_LONG, MALFORMED, RULE_NAME_TAKEN, RULE_WORDS_FIXED, OVERLOADED.',
    args: {
      ruleSet: t.arg({
        type: RuleSetInput,
        required: true,
        description: 'The rule set to try, as in `changeAnnounce`.',
      }),
      days: t.arg.int({
        required: true,
        defaultValue: DEFAULT_DAYS,
        description: `Days to look back over, 1 to ${MAX_PREVIEW_DAYS}; the epochs that they begin in, the current one included.`,
      }),
    },
    resolve: async (program: Program, { ruleSet, days }, { previewRuleSet }) => {
      const asked = { field: 'ruleSet', ruleSet: toRuleSet(ruleSet), days };
      return { ...(await previewRuleSet(program, asked)), program };
    },
  }),
);
