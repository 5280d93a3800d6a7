import { graphql, type ResultOf } from '../../shared/graphql/graphql.ts';

/** What the contract says of an announcement before it is made. */
export const OutlookFields = graphql(`
  fragment OutlookFields on ChangeOutlook {
    kind
    hurtsMembers
    hurtsHolders
    noticeEndsAt
    earliestEffect
    diesAt
    objectionsNeeded
    lastRound {
      round
      closesAt
    }
    blockedBy {
      code
      message
    }
    differences {
      ruleId
      field
      kind
      hurtsMembers
      hurtsHolders
    }
  }
`);

/** What keeps a change from being announced, as the program knows it. */
export const WaysFields = graphql(`
  fragment WaysFields on Program {
    pendingChange {
      number
      target
    }
    changeRest {
      until
    }
  }
`);

export type TermsOutlook = ResultOf<typeof OutlookFields>;
export type ProgramWays = ResultOf<typeof WaysFields>;

/** What the contract would refuse. */
export interface RefusedTerm {
  readonly code: string;
  readonly field: string | null;
  readonly message: string;
}
