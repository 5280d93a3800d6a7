import { AMOUNT_SCALE, NO_COUNT_CAP, NO_END, NO_POINTS_CAP } from '@dewpoint/contracts/formula.ts';
import type { Hex } from '@dewpoint/contracts/statement.ts';
import { NO_DOCUMENT } from '../../domain/terms/document.ts';
import type { Rule, RuleSet } from '../../domain/program.ts';
import { builder, PUBLIC } from '../core/builder.ts';
import { numberInProgram } from '../core/connection.ts';

/** Shows the hash of a document; null for none. */
export const shownHash = (hash: Hex): Hex | null => (hash === NO_DOCUMENT ? null : hash);

/** A rule with the id of its program, which is that of the request when it is left out. */
export interface RuleOfProgram extends Rule {
  readonly programId?: string;
}

/** Shows one rule. */
export const RuleType = builder.objectRef<RuleOfProgram>('Rule').implement({
  description:
    'Rule for one kind of action. For each member and epoch it earns min(maxPoints, min(count, maxCount) * perAction + amount * perMillionUnits / 1,000,000), rounded down once. Source: the `RuleSetPublished` event of the Points contract.',
  authScopes: PUBLIC,
  fields: (t) => ({
    ruleId: t.int({
      description: 'Id of the rule, 0 to 255, never reused for another rule.',
      resolve: (rule) => rule.id,
    }),
    name: t.exposeString('name', {
      description: 'Name under which the app reports actions; never changes for a rule id.',
    }),
    text: t.exposeString('text', {
      description: 'Description of the rule for members; never changes for a rule id.',
    }),
    perAction: t.expose('perAction', { type: 'Points', description: 'Points for each action.' }),
    perMillionUnits: t.expose('perUnit', {
      type: 'Points',
      description: `Points for each ${AMOUNT_SCALE.toLocaleString('en')} units of the actions' amount.`,
    }),
    maxCount: t.field({
      type: 'UInt',
      nullable: true,
      description: 'Most actions that earn points, for a member and an epoch; null for no cap.',
      resolve: (rule) => (rule.maxCount === NO_COUNT_CAP ? null : Number(rule.maxCount)),
    }),
    maxPoints: t.field({
      type: 'Points',
      nullable: true,
      description: 'Most points that the rule earns, for a member and an epoch; null for no cap.',
      resolve: (rule) => (rule.maxPoints === NO_POINTS_CAP ? null : rule.maxPoints),
    }),
    untilEpoch: t.field({
      type: 'UInt',
      nullable: true,
      description: 'First epoch in which the rule earns nothing; null for no end.',
      resolve: (rule) => (rule.untilEpoch === NO_END ? null : rule.untilEpoch),
    }),
  }),
});

/** A version of the rule set with the id of its program, which its global id has. */
export interface RuleSetOfProgram extends RuleSet {
  readonly programId: string;
}

const ruleSetRef = builder.objectRef<RuleSetOfProgram>('RuleSet');

/** Shows one version of the rule set. */
export const RuleSetType = builder.node(ruleSetRef, {
  description:
    'Published version of all rules and the budget of a program, in force from one epoch on; it never changes. Source: the `RuleSetPublished` event of the Points contract.',
  authScopes: PUBLIC,
  id: { resolve: (ruleSet) => `${ruleSet.programId}:${ruleSet.version}` },
  loadOne: (id, { program }) => {
    const version = numberInProgram(program, id);
    const found = program.ruleSets.find((ruleSet) => ruleSet.version === version);
    return found === undefined ? null : { ...found, programId: program.id };
  },
  fields: (t) => ({
    version: t.expose('version', {
      type: 'UInt',
      description: 'Number of the version, ascending.',
    }),
    fromEpoch: t.expose('fromEpoch', {
      type: 'UInt',
      description: 'First epoch in which the version is in force.',
    }),
    budgetPerEpoch: t.expose('budgetPerEpoch', {
      type: 'Points',
      description: 'Most points that can be minted during one epoch.',
    }),
    documentHash: t.field({
      type: 'Hex',
      nullable: true,
      description:
        'keccak256 of the small print, byte for byte; null for none. `document` returns its text.',
      resolve: ({ documentHash }) => shownHash(documentHash),
    }),
    rules: t.field({
      extensions: { rows: 32 },
      type: [RuleType],
      description: 'Rules of the set, 1 to 32, by ascending rule id.',
      resolve: ({ rules, programId }) => rules.map((rule) => ({ ...rule, programId })),
    }),
    blockNumber: t.expose('blockNumber', {
      type: 'UInt',
      description: 'Block in which the version was published.',
    }),
    transactionHash: t.expose('transactionHash', {
      type: 'Hex',
      description: 'Transaction that published the version.',
    }),
  }),
});
