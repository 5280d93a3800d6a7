import { graphql, type ResultOf } from '../../../shared/graphql/graphql.ts';

/** A draft that one person saved and another one may announce. */
export const DraftFields = graphql(`
  fragment DraftFields on TermsDraft {
    terms
    note
    revision
    savedBy
    savedAt
  }
`);

/** Saves what is in the form, in the place of the draft that was seen. */
export const DraftSave = graphql(`
  mutation DraftSave($input: TermsDraftSaveInput!) {
    payload: termsDraftSave(input: $input) {
      draft {
        terms
        note
        savedAt
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`);

/** Deletes the draft that was seen. */
export const DraftDelete = graphql(`
  mutation DraftDelete($input: TermsDraftDeleteInput!) {
    payload: termsDraftDelete(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export type SavedDraft = ResultOf<typeof DraftFields>;
export type DraftSaved = ResultOf<typeof DraftSave>['payload']['draft'];
