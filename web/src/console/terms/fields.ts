import { graphql, type ResultOf } from '../../shared/graphql/graphql.ts';

/** A rule with its name, looks and numbers. */
export const DeskRuleFields = graphql(`
  fragment DeskRuleFields on Rule {
    ruleId
    name
    text
    look {
      label {
        en
        zh
      }
    }
    perAction
    perMillionUnits
    maxCount
    maxPoints
    untilEpoch
  }
`);

/** A version of all rules, without the text of its small print. */
export const DeskRuleSetFields = graphql(
  `
    fragment DeskRuleSetFields on RuleSet {
      id
      version
      fromEpoch
      budgetPerEpoch
      documentHash
      blockNumber
      transactionHash
      rules {
        ...DeskRuleFields
      }
    }
  `,
  [DeskRuleFields],
);

/** What days and words of terms are counted by. */
export const DeskClockFields = graphql(`
  fragment DeskClockFields on EpochClock {
    now
    currentEpoch
    startsAt
    epochSeconds
  }
`);

export type DeskRule = ResultOf<typeof DeskRuleFields>;
export type DeskRuleSet = ResultOf<typeof DeskRuleSetFields>;
export type DeskClock = ResultOf<typeof DeskClockFields>;
