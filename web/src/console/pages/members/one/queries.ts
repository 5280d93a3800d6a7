import { graphql, type ResultOf } from '../../../../shared/graphql/graphql.ts';
import { DeskActionFields } from '../../../actions/queries.ts';
import { DeskClockFields } from '../../../terms/fields.ts';

/** One member: where its points are, its accounts, and what is left of what the service pays for. */
export const DeskMemberQuery = graphql(
  `
    query DeskMember($memberId: String!) {
      program {
        clock {
          ...DeskClockFields
        }
        settings {
          settlementToken {
            symbol
          }
        }
      }
      member(memberId: $memberId) {
        memberId
        createdAt
        lastActivityAt
        account
        ownAccount
        isCustodial
        mergedInto {
          memberId
          startsAt
        }
        balance {
          settled
          pending
          maturing
          tendered
          objected
          ordered
          asOfBlock
          stale
        }
        drops {
          points
          maturing
          heldBack
          askedAt
          settlesAfter
          closesAt
          parts {
            maturesAt
          }
        }
        money {
          account
          owed
        }
        quota {
          left
          renewsAt
        }
        shares(first: 10) {
          edges {
            node {
              locked
              round {
                number
                state
                closesAt
              }
            }
          }
        }
        objections(first: 10) {
          edges {
            node {
              locked
              changeNumber
              change {
                state
                noticeEndsAt
              }
            }
          }
        }
        orders(first: 20) {
          edges {
            node {
              number
              state
              deadline
            }
          }
        }
        history(first: 50) {
          edges {
            node {
              epoch
              state
              points
              minted
            }
          }
        }
      }
    }
  `,
  [DeskClockFields],
);

type Answer = ResultOf<typeof DeskMemberQuery>;
export type DeskMember = NonNullable<Answer['member']>;
export type ProgramOfMember = NonNullable<Answer['program']>;

/** What happened to a member, newest first. */
export const MemberStoryQuery = graphql(`
  query MemberStory($memberId: String!, $kinds: [ActivityKind!], $after: String) {
    member(memberId: $memberId) {
      activity(first: 20, kinds: $kinds, after: $after) {
        edges {
          node {
            kind
            at
            points
            money
            count
            epoch
            account
            to
            roundNumber
            changeNumber
            orderNumber
            rule {
              ruleId
              name
              look {
                label {
                  en
                  zh
                }
              }
            }
            moment {
              blockNumber
              transactionHash
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
`);

type Story = NonNullable<ResultOf<typeof MemberStoryQuery>['member']>['activity'];
export type StoryEntry = Story['edges'][number]['node'];

/** Each thing that a member did, those of the newest day first. */
export const MemberActionsQuery = graphql(
  `
    query MemberActions($memberId: String!, $state: HistoryState, $after: String) {
      program {
        actions(first: 20, memberId: $memberId, state: $state, after: $after) {
          edges {
            node {
              ...DeskActionFields
            }
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  `,
  [DeskActionFields],
);

/** One action by its two ids. */
export const NamedActionQuery = graphql(
  `
    query NamedAction($memberId: String!, $eventId: String!) {
      action(memberId: $memberId, eventId: $eventId) {
        ...DeskActionFields
      }
    }
  `,
  [DeskActionFields],
);

/** The signed statement of a member for one epoch. */
export const MemberReceiptQuery = graphql(`
  query MemberReceipt($memberId: String!, $epoch: Int!) {
    member(memberId: $memberId) {
      receipt(epoch: $epoch) {
        account
        chainId
        epoch
        lines
        points
        pointsEarned
        signature
        signer
      }
    }
  }
`);
