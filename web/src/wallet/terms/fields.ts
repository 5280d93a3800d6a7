import { graphql, type ResultOf } from '../../shared/graphql/graphql.ts';
import { RuleNameFields } from '../points/fields.ts';

/** A rule with its name, looks and numbers. */
export const RuleTermsFields = graphql(
  `
    fragment RuleTermsFields on Rule {
      ...RuleNameFields
      perAction
      perMillionUnits
      maxCount
      maxPoints
      untilEpoch
    }
  `,
  [RuleNameFields],
);

/** A version of the rule set, without the text of its small print. */
export const RuleSetFields = graphql(
  `
    fragment RuleSetFields on RuleSet {
      id
      version
      fromEpoch
      budgetPerEpoch
      documentHash
      blockNumber
      transactionHash
      rules {
        ...RuleTermsFields
      }
    }
  `,
  [RuleTermsFields],
);

/** Terms that a change is about, and how far it is: enough to say what it is. */
export const ChangeTopicFields = graphql(
  `
    fragment ChangeTopicFields on Change {
      number
      state
      target
      announcedAt
      noticeEndsAt
      earliestEffect
      hurtsMembers
      hurtsHolders
      comparedVersion
      resolved {
        at
      }
      proposedBuyback {
        pricePerPoint
        budgetPerRound
        minTender
      }
      proposedRules {
        budgetPerEpoch
        documentHash
        notBefore
        rules {
          ...RuleTermsFields
        }
      }
    }
  `,
  [RuleTermsFields],
);

/** Versions of the buyback terms. */
export const BuybackVersionFields = graphql(`
  fragment BuybackVersionFields on BuybackTerms {
    version
    fromRound
    pricePerPoint
    budgetPerRound
    minTender
  }
`);

export type RuleSetVersion = ResultOf<typeof RuleSetFields>;
export type ChangeTopic = ResultOf<typeof ChangeTopicFields>;
export type BuybackVersion = ResultOf<typeof BuybackVersionFields>;
