import { graphql, type ResultOf } from '../../../../shared/graphql/graphql.ts';
import { WaysFields } from '../../../announcing/outlook.ts';
import { DeskClockFields, DeskRuleSetFields } from '../../../terms/fields.ts';

/** The small print of the newest versions of the rules. */
export const PrintQuery = graphql(
  `
    query Print {
      program {
        name
        clock {
          ...DeskClockFields
        }
        document {
          hash
          text
        }
        ...WaysFields
        ruleSets(first: 20) {
          stale
          edges {
            node {
              ...DeskRuleSetFields
            }
          }
        }
      }
    }
  `,
  [DeskClockFields, DeskRuleSetFields, WaysFields],
);

/** The text of one version. */
export const PrintTextQuery = graphql(`
  query PrintText($id: ID!) {
    node(id: $id) {
      ... on RuleSet {
        document {
          text
        }
      }
    }
  }
`);

/** Stores a text by its hash: again, it changes nothing. */
export const DocumentPut = graphql(`
  mutation DocumentPut($input: DocumentPutInput!) {
    payload: documentPut(input: $input) {
      document {
        hash
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export type PrintProgram = NonNullable<ResultOf<typeof PrintQuery>['program']>;

/** Hash of the text that a write stored; null while its answer is not here. */
export function hashIn(payload: unknown): `0x${string}` | null {
  const { document = null } = (payload ?? {}) as {
    readonly document?: { readonly hash: `0x${string}` } | null;
  };
  return document?.hash ?? null;
}
