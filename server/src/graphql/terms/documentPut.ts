import { mutation } from '../mutations/mutation.ts';
import type { Document } from '../../domain/terms/document.ts';
import { DocumentType } from './document.ts';

mutation({
  name: 'documentPut',
  kind: null,
  scope: 'program:write',
  // A text is hashed and stored.
  cost: 500,
  description:
    'Stores a text by its hash, for `documentHash` of a rule set to name as the small print of a program; at most 20 new texts a day and organisation. Safe to repeat.',
  errors: ['REQUIRED', 'TOO_LONG', 'MALFORMED', 'QUOTA_USED_UP'],
  input: (t) => ({
    text: t.string({
      required: true,
      description:
        'Text in Markdown, with all languages in it, 1 to 65,536 bytes of UTF-8; stored byte for byte and never changed.',
    }),
  }),
  payload: (t) => ({
    document: t.field({
      type: DocumentType,
      nullable: true,
      description: 'The document with its hash; null when there are userErrors.',
      resolve: ({ document }) => document,
    }),
  }),
  empty: { document: null as Document | null },
  resolve: async ({ documents, organisationId }, { text }) => ({
    document: await documents.put({ organisationId }, text),
  }),
  state: (_context, _input, put) =>
    Promise.resolve(put?.document ? { hash: put.document.hash } : null),
});
