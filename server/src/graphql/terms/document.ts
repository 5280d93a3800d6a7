import type { Document } from '../../domain/terms/document.ts';
import { builder, PUBLIC } from '../core/builder.ts';
import { ProposedRulesType } from './change.ts';
import { RuleSetType } from './rule.ts';

/** One read of up to 64 kB by its key. */
export const DOCUMENT_COST = 100;

/** Shows the small print. */
export const DocumentType = builder.objectRef<Document>('Document').implement({
  description:
    'Small print of a program: one Markdown text with all languages in it, which never changes. Source: the database of the service; its hash is in the rule set on chain.',
  authScopes: PUBLIC,
  fields: (t) => ({
    hash: t.expose('hash', {
      type: 'Hex',
      description: 'keccak256 of the bytes of the text in UTF-8.',
    }),
    text: t.exposeString('text', { description: 'The text, in Markdown, byte for byte.' }),
  }),
});

builder.objectField(RuleSetType, 'document', (t) =>
  t.field({
    extensions: { cost: DOCUMENT_COST },
    type: DocumentType,
    nullable: true,
    description:
      'Small print of this version; null when there is none, and when the service does not have its text.',
    resolve: ({ documentHash }, _args, { documents }) => documents.find(documentHash),
  }),
);

builder.objectField(ProposedRulesType, 'document', (t) =>
  t.field({
    extensions: { cost: DOCUMENT_COST },
    type: DocumentType,
    nullable: true,
    description:
      'Small print of the new rule set; null when there is none, and when the service does not have its text.',
    resolve: ({ documentHash }, _args, { documents }) => documents.find(documentHash),
  }),
);
