import { isAudited } from '@dewpoint/server/graphql/mutations/audited.ts';
import type { MutationDeclaration } from '@dewpoint/server/graphql/mutations/mutation.ts';
import { schema } from '@dewpoint/server/graphql/schema.ts';
import { expect, it } from 'vitest';
import { LOGGED_MUTATIONS } from '../../web/src/console/pages/team/log/deeds.ts';
import en from '../../web/src/console/pages/team/messages/en.json' with { type: 'json' };

/** Written to the log of the organisation that is joined or left, by themselves. */
const BY_ITSELF = ['invitationAccept', 'teamLeave'];

it('offers and names in the console what is in the audit log, and nothing else', () => {
  const declared = Object.values(schema.getMutationType()?.getFields() ?? {}).map(
    ({ extensions }) => extensions['mutation'] as MutationDeclaration,
  );
  const logged = [...declared.filter(isAudited).map(({ name }) => name), ...BY_ITSELF].sort();
  expect([...LOGGED_MUTATIONS].sort()).toEqual(logged);
  expect(Object.keys(en.deeds).sort()).toEqual(logged);
});
