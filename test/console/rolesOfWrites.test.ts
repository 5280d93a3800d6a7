import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT_DIR } from '@dewpoint/infra/paths.ts';
import { ROLES, SCOPES_OF_ROLES, type Role } from '@dewpoint/server/domain/organisations/roles.ts';
import type { MutationDeclaration } from '@dewpoint/server/graphql/mutations/mutation.ts';
import { schema } from '@dewpoint/server/graphql/schema.ts';
import { expect, it } from 'vitest';
import { CONTROL_ROWS, OPEN_TO_ALL } from '../browser/console/roles/rows/everyRow.ts';
import { WHO_MAY } from '../../web/src/console/access/barrier.ts';

const CONSOLE = join(ROOT_DIR, 'web/src/console');
/** A document of a mutation: its name, and the field that it asks for. */
const DOCUMENT = /mutation (\w+)\(\$input: \w+!\) \{\s*(?:\w+: )?(\w+)\(/g;

/** Fields of mutations by the names of the documents of the console. */
const FIELDS: ReadonlyMap<string, string> = new Map(
  readdirSync(CONSOLE, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.'))
    .flatMap((file) => {
      // Examples in comments are no documents.
      const code = readFileSync(join(CONSOLE, file), 'utf8').replaceAll(/\/\*\*[^]*?\*\//g, '');
      return [...code.matchAll(DOCUMENT)].map(
        ([, name = '', field = '']) => [name, field] as const,
      );
    }),
);

/** A mutation, as the service declares and checks it. */
function declarationOf(field: string): MutationDeclaration {
  const { extensions } = schema.getMutationType()?.getFields()[field] ?? {};
  return extensions?.['mutation'] as MutationDeclaration;
}

/** The role with the fewest rights that may do all of a mutation in test. */
function leastRoleOf(field: string): Role {
  const { scope, forOwners } = declarationOf(field);
  if (forOwners === 'ALL') return 'owner';
  const may = ROLES.filter((role) => SCOPES_OF_ROLES[role].some((each) => each === scope));
  const least = may.at(-1);
  if (least === undefined) throw new Error(`no role may ${field}`);
  return least;
}

const fieldOf = (mutation: string): string => FIELDS.get(mutation) ?? '';

it('has a row for each mutation of the console, or a reason why it has none', () => {
  expect(FIELDS.size).toBeGreaterThan(50);
  const told = [...new Set(CONTROL_ROWS.map(({ mutation }) => mutation))];
  expect([...told, ...Object.keys(OPEN_TO_ALL)].sort()).toEqual([...FIELDS.keys()].sort());
});

it('shows on controls the least role that the service lets do it', () => {
  // It only asks what a change would do.
  const rows = CONTROL_ROWS.filter(({ mutation }) => mutation !== 'ContractOutlook');
  const shown = rows.map(({ mutation, needs }) => [mutation, needs.toLowerCase()]);
  expect(shown).toEqual(rows.map(({ mutation }) => [mutation, leastRoleOf(fieldOf(mutation))]));
});

it('keeps from nobody what is of the person itself', () => {
  const scopes = Object.keys(OPEN_TO_ALL)
    .filter((mutation) => mutation !== 'TransactionSign')
    .map((mutation) => declarationOf(fieldOf(mutation)).scope);
  expect(new Set(scopes)).toEqual(new Set(['person:self']));
});

it('opens controls to the same roles as the service', () => {
  const scopes = {
    OWNER: 'organisation:write',
    MANAGER: 'program:write',
    FULFILLER: 'orders:write',
  };
  for (const [need, scope] of Object.entries(scopes)) {
    const may = ROLES.filter((role) => SCOPES_OF_ROLES[role].some((each) => each === scope));
    expect(WHO_MAY[need as keyof typeof scopes]).toEqual(may.map((role) => role.toUpperCase()));
  }
});
