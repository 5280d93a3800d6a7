import { graphql, type ResultOf } from '../../../../shared/graphql/graphql.ts';

/** What was chosen when the program was created, and where its contracts are. */
export const SettingsQuery = graphql(`
  query Settings {
    program {
      name
      symbol
      address
      chainId
      transferable
      settlementWindow
      createdAt {
        at
        blockNumber
      }
      clock {
        epochSeconds
        startsAt
      }
      settings {
        backed
        noticeSeconds
        objectionThresholdBps
        objectionCap
        orderDeadlineSeconds
        roundPeriodSeconds
        roundWindowSeconds
        firstRoundAt
        charter
        buyback
        catalogue
        forwarder
        settlementToken {
          address
          symbol
          decimals
        }
      }
      settlement {
        open
        oldestOpenEpoch
      }
    }
  }
`);

/** What the service has to send transactions with. */
export const GasQuery = graphql(`
  query Gas {
    gasTank {
      account
      balance
      low
      lowBelow
    }
  }
`);

export type SettingsProgram = NonNullable<ResultOf<typeof SettingsQuery>['program']>;
export type GasAccount = ResultOf<typeof GasQuery>['gasTank'][number];
