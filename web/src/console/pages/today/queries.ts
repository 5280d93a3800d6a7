import { graphql } from '../../../shared/graphql/graphql.ts';

/** What is due in a program, and how it stands. */
export const TodayQuery = graphql(`
  query Today {
    program {
      clock {
        now
        currentEpoch
        startsAt
        epochSeconds
      }
      holders
      origins
      settings {
        settlementToken {
          symbol
        }
      }
      supply {
        outstanding
        stale
      }
      reserve {
        total
        owed
        withdrawable
      }
      orderCounts {
        open
      }
      pendingChange {
        number
        noticeEndsAt
        hurtsMembers
        objections
        objectionsNeeded
        earliestEnactment
      }
      currentRound {
        ...DueRound
      }
      nextRound {
        ...DueRound
      }
      rulesDraft: termsDraft(target: RULES) {
        savedBy
      }
      buybackDraft: termsDraft(target: BUYBACK) {
        savedBy
      }
      settlement {
        open
        oldestOpenEpoch
      }
    }
  }

  fragment DueRound on Round {
    number
    state
    opensAt
    closesAt
    tendered
    cover {
      available
      budget
      covered
    }
  }
`);

/** Whether anything was ever recorded. */
export const FirstActionQuery = graphql(`
  query FirstAction {
    program {
      actions(first: 1) {
        edges {
          cursor
        }
      }
    }
  }
`);

/** What the service runs on, and what apps are connected by. */
export const UpkeepQuery = graphql(`
  query Upkeep {
    gasTank {
      account
      balance
      low
    }
    apiKeys(first: 1) {
      edges {
        node {
          id
        }
      }
    }
  }
`);

/** Endpoints that are told of events. */
export const TodayHooksQuery = graphql(`
  query TodayHooks {
    webhookEndpoints {
      id
      url
      state
      failures
    }
  }
`);
