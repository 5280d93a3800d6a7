import { graphql } from '../../shared/graphql/graphql.ts';

/** What everybody may see of the program: enough for the head of the page. */
export const ProgramQuery = graphql(`
  query WalletProgram($address: Address!) {
    program(address: $address) {
      name
      symbol
      chainId
      look {
        logo
        colors {
          accent
          accentDark
        }
        pointName {
          en
          zh
        }
      }
      clock {
        now
      }
      pendingChange {
        number
      }
    }
  }
`);
