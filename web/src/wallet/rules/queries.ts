import { graphql, type ResultOf } from '../../shared/graphql/graphql.ts';
import { BuybackVersionFields, ChangeTopicFields, RuleSetFields } from '../terms/fields.ts';

/** What earns what, and what became of it over time. Long histories are on the audit page. */
export const RulesQuery = graphql(
  `
    query Rules {
      viewer {
        program {
          address
          chainId
          createdAt {
            blockNumber
          }
          clock {
            now
            currentEpoch
            startsAt
            epochSeconds
          }
          settings {
            backed
            settlementToken {
              symbol
            }
          }
          ruleSets(first: 8) {
            stale
            edges {
              node {
                ...RuleSetFields
              }
            }
          }
          buybackTerms(first: 20) {
            edges {
              node {
                ...BuybackVersionFields
              }
            }
          }
          changes(first: 8) {
            edges {
              node {
                ...ChangeTopicFields
              }
            }
          }
        }
      }
    }
  `,
  [RuleSetFields, BuybackVersionFields, ChangeTopicFields],
);

export type RulesView = ResultOf<typeof RulesQuery>['viewer']['program'];

/** Versions with the texts of their small print, newest first: the one that is looked for, and the one before it. */
export const VersionsQuery = graphql(
  `
    query RuleVersions($after: String) {
      viewer {
        program {
          clock {
            now
            currentEpoch
            startsAt
            epochSeconds
          }
          settings {
            settlementToken {
              symbol
            }
          }
          ruleSets(first: 5, after: $after) {
            edges {
              node {
                ...RuleSetFields
                document {
                  text
                }
              }
            }
            pageInfo {
              hasNextPage
              endCursor
            }
          }
        }
      }
    }
  `,
  [RuleSetFields],
);

export type VersionsView = ResultOf<typeof VersionsQuery>['viewer']['program'];
export type WholeVersion = VersionsView['ruleSets']['edges'][number]['node'];
