import { graphql } from '../../shared/graphql/graphql.ts';

/** Who is signed in, and for which organisations. */
export const PersonQuery = graphql(`
  query Person {
    person {
      id
      name
      email
      hasTwoFactor
      memberships {
        role
        organisation {
          id
          name
          slug
        }
      }
    }
  }
`);

/** What an organisation has: of the request alone. */
export const OrganisationQuery = graphql(`
  query Organisation {
    organisation {
      id
      environments {
        environment
        chainId
      }
      programs {
        id
        name
        address
        chainId
        look {
          logo
        }
      }
    }
  }
`);
