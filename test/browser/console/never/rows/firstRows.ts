import { TEST_ORGANISATION } from '@dewpoint/server/testing/builders/program.ts';
import type { Begun, Try, WriteRow } from '../row.ts';

interface Items {
  readonly program: { readonly items: { readonly edges: { readonly node: { text: string } }[] } };
}

/** Items of the catalogue. */
export const CATALOGUE_ROWS: readonly WriteRow[] = [
  {
    mutation: 'DeskItemAdd',
    needs: 'MANAGER',
    begin: ({ cafe, page, field, button, id }: Try): Begun => {
      const text = `A half-price cup ${id}`;
      return {
        ...{ path: '/catalogue', title: 'catalogue:title' },
        fill: async () => {
          await field('catalogue:add.english').fill(text);
          await field('catalogue:price.label').fill('3');
        },
        button: () => button('catalogue:add.go'),
        count: async () => {
          const query = '{ program { items(first: 100) { edges { node { text } } } } }';
          const { items } = (await cafe.ask<Items>(query)).program;
          return items.edges.filter(({ node }) => node.text.includes(text)).length;
        },
        says: () => page.getByRole('link', { name: text, exact: true }).waitFor(),
      };
    },
  },
];

interface Keys {
  readonly name: string;
}

/** Keys of apps: each is shown once. */
export const KEY_ROWS: readonly WriteRow[] = [
  {
    mutation: 'ApiKeyCreate',
    needs: 'OWNER',
    begin: ({ stage, page, say, field, button, id }: Try): Begun => {
      const name = `till ${id}`;
      const { store } = stage.service.foundation;
      return {
        ...{ path: '/developers', title: 'developers:titles.keys' },
        gate: () => button('developers:keys.new'),
        fill: async () => {
          await button('developers:keys.new').click();
          await field('developers:keys.name').fill(name);
        },
        button: () => button('developers:keys.make'),
        count: async () => {
          const home = { organisationId: TEST_ORGANISATION, environment: 'test' } as const;
          const keys: readonly Keys[] = await store.apiKeys.list(home);
          return keys.filter((key) => key.name === name).length;
        },
        says: async () => {
          await page.getByText(say('developers:keys.isMade'), { exact: true }).waitFor();
          await page.getByRole('heading', { level: 3, name, exact: true }).waitFor();
        },
      };
    },
  },
];

interface Invited {
  readonly email: string;
}

/** People of the organisation. */
export const TEAM_ROWS: readonly WriteRow[] = [
  {
    mutation: 'InvitationCreate',
    needs: 'OWNER',
    begin: ({ stage, page, field, button, id }: Try): Begun => {
      const email = `${id}@tea.example`;
      return {
        ...{ path: '/team', title: 'team:titles.people' },
        fill: () => field('team:invite.email').fill(email),
        button: () => button('team:invite.go'),
        count: async () => {
          const open: readonly Invited[] = await stage.invitations();
          return open.filter((each) => each.email === email).length;
        },
        says: () => page.getByRole('heading', { level: 3, name: email, exact: true }).waitFor(),
      };
    },
  },
];
