import { AMOUNT_SCALE, NO_COUNT_CAP, NO_END, NO_POINTS_CAP } from '@dewpoint/contracts/formula.ts';
import type { Rule, RuleSet } from '../../domain/program.ts';
import { builder, PUBLIC } from '../core/builder.ts';
import { numberInProgram } from '../core/connection.ts';

/** A rule as members read it. */
export const RuleType = builder.objectRef<Rule>('Rule').implement({
  description:
    'What one kind of action earns. For a member and an epoch it earns min(maxPoints, min(count, maxCount) * perAction + amount * perMillionUnits / 1,000,000), rounded down once. Source: the `RuleSetPublished` event of the contract.',
  authScopes: PUBLIC,
  fields: (t) => ({
    ruleId: t.int({ description: '0 to 255; never used again.', resolve: (rule) => rule.id }),
    name: t.exposeString('name', {
      description: 'The name under which an app reports actions. Never changes for an id.',
    }),
    text: t.exposeString('text', { description: 'The rule in words. Never changes for an id.' }),
    perAction: t.expose('perAction', { type: 'Points', description: 'Points for one action.' }),
    perMillionUnits: t.expose('perUnit', {
      type: 'Points',
      description: `Points for ${AMOUNT_SCALE.toLocaleString('en')} units of amount.`,
    }),
    maxCount: t.field({
      type: 'UInt',
      nullable: true,
      description: 'At most this many actions of a member and epoch earn; null: no cap.',
      resolve: (rule) => (rule.maxCount === NO_COUNT_CAP ? null : Number(rule.maxCount)),
    }),
    maxPoints: t.field({
      type: 'Points',
      nullable: true,
      description: 'At most these points for a member and epoch; null: no cap.',
      resolve: (rule) => (rule.maxPoints === NO_POINTS_CAP ? null : rule.maxPoints),
    }),
    untilEpoch: t.field({
      type: 'UInt',
      nullable: true,
      description: 'Earns in epochs before this one; null: no end.',
      resolve: (rule) => (rule.untilEpoch === NO_END ? null : rule.untilEpoch),
    }),
  }),
});

/** A version with the program that it belongs to, which its global id names. */
export interface RuleSetOfProgram extends RuleSet {
  readonly programId: string;
}

const ruleSetRef = builder.objectRef<RuleSetOfProgram>('RuleSet');

/** One version of the rules. */
export const RuleSetType = builder.node(ruleSetRef, {
  description:
    'All rules and the budget of the program, in force from one epoch on. A published version never changes. Source: the `RuleSetPublished` event of the contract.',
  authScopes: PUBLIC,
  id: { resolve: (ruleSet) => `${ruleSet.programId}:${ruleSet.version}` },
  loadOne: (id, { program }) => {
    const version = numberInProgram(program, id);
    const found = program.ruleSets.find((ruleSet) => ruleSet.version === version);
    return found === undefined ? null : { ...found, programId: program.id };
  },
  fields: (t) => ({
    version: t.expose('version', { type: 'UInt', description: 'Ascending from the first.' }),
    fromEpoch: t.expose('fromEpoch', { type: 'UInt', description: 'First epoch it governs.' }),
    budgetPerEpoch: t.expose('budgetPerEpoch', {
      type: 'Points',
      description: 'Points that may be minted during one epoch of the clock.',
    }),
    rules: t.expose('rules', {
      extensions: { cost: 0, rows: 32 },
      type: [RuleType],
      description: 'Ascending by rule id, 1 to 32.',
    }),
    blockNumber: t.expose('blockNumber', {
      type: 'UInt',
      description: 'Block in which it was published.',
    }),
    transactionHash: t.expose('transactionHash', {
      type: 'Hex',
      description: 'Transaction that published it.',
    }),
  }),
});
