import { graphql, type ResultOf } from '../../../../shared/graphql/graphql.ts';

/** What is owed to members, where it lies, and what money there is for it. */
export const LiabilityQuery = graphql(`
  query DeskLiability {
    program {
      settings {
        backed
        settlementToken {
          symbol
        }
      }
      liability {
        asOfBlock
        stale
        outstanding
        inAccounts
        tendered
        objected
        ordered
        maturing
        due
        pricePerPoint
        worth
        reserve
        owed
        free
        onChain {
          outstanding
          reserve
          matches
        }
      }
    }
  }
`);

/** How it came about, day by day, oldest first. */
export const LiabilityDaysQuery = graphql(`
  query DeskLiabilityDays($last: Int!) {
    program {
      settings {
        settlementToken {
          symbol
          decimals
        }
      }
      liability {
        days(last: $last) {
          startsAt
          issued
          burned
          outstanding
          reserve
          owed
        }
      }
    }
  }
`);

export type LiabilityProgram = NonNullable<ResultOf<typeof LiabilityQuery>['program']>;
export type DeskLiability = LiabilityProgram['liability'];
export type DeskLiabilityDay = NonNullable<
  ResultOf<typeof LiabilityDaysQuery>['program']
>['liability']['days'][number];
