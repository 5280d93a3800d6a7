import { graphql, type ResultOf } from '../../../../shared/graphql/graphql.ts';
import { DraftFields } from '../../../announcing/drafts/queries.ts';
import { WaysFields } from '../../../announcing/outlook.ts';
import { DeskClockFields, DeskRuleSetFields } from '../../../terms/fields.ts';

/** What a change of the rules begins from. */
export const RuleChangeQuery = graphql(
  `
    query RuleChange {
      program {
        name
        clock {
          ...DeskClockFields
        }
        settings {
          noticeSeconds
          settlementToken {
            symbol
          }
        }
        newest: ruleSets(first: 1) {
          stale
          edges {
            node {
              ...DeskRuleSetFields
            }
          }
        }
        buybackTerms(first: 1) {
          edges {
            node {
              pricePerPoint
            }
          }
        }
        termsDraft(target: RULES) {
          ...DraftFields
        }
        ...WaysFields
      }
    }
  `,
  [DeskClockFields, DeskRuleSetFields, WaysFields, DraftFields],
);

/** Ids that were ever used: none of them may be given to another rule. */
export const UsedRulesQuery = graphql(`
  query UsedRules {
    program {
      ruleSets(first: 100) {
        edges {
          node {
            rules {
              ruleId
            }
          }
        }
      }
    }
  }
`);

/** What the rules to come would have earned. */
export const RulesPreviewQuery = graphql(`
  query RulesPreview($ruleSet: RuleSetInput!) {
    program {
      ruleSetPreview(ruleSet: $ruleSet, days: 28) {
        before
        after
        costBefore
        costAfter
        membersBetter
        membersWorse
        membersSame
        isWhole
        rules {
          ruleId
          count
          before
          after
        }
        spread {
          fromPercent
          toPercent
          members
        }
        hardestHit {
          before
          after
          member {
            memberId
          }
        }
      }
    }
  }
`);

export type RuleChangeProgram = NonNullable<ResultOf<typeof RuleChangeQuery>['program']>;
export type RulesPreview = NonNullable<
  ResultOf<typeof RulesPreviewQuery>['program']
>['ruleSetPreview'];
