import type { DeskRuleSet } from '../../../terms/fields.ts';
import { useWorkplace } from '../../../access/workplace.ts';
import { useRows, type Rows } from '../../../lists/useRows.ts';
import type { ResultOf } from '../../../../shared/graphql/graphql.ts';
import { DeskVersionsQuery } from './queries.ts';

/** Reads the versions of the rules page by page, newest first. */
export function useVersions(): Rows<DeskRuleSet, ResultOf<typeof DeskVersionsQuery>> {
  const { api } = useWorkplace();
  return useRows({
    document: DeskVersionsQuery,
    variables: {},
    client: api.client,
    pick: ({ program }) => program?.ruleSets,
  });
}
