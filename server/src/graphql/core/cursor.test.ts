import type { Express } from 'express';
import request from 'supertest';
import { beforeAll, describe, expect, it } from 'vitest';
import { INVENTED_PROGRAM } from '../../testing/builders/program.ts';
import { createHttpOnlyApp, GOOD_KEY } from '../../testing/httpOnly.ts';
import type { GraphqlServices } from './context.ts';
import { openCursor, sealCursor } from './cursor.ts';
import { encodeGlobalId } from './globalId.ts';

const OTHER = { ...INVENTED_PROGRAM, id: 'prg_other' };
const HOLDER = `0x${'ab'.repeat(20)}`;
const MEMBERS = ['mei', 'jun'].map((externalId) => ({
  id: `mem_${externalId}`,
  externalId,
  account: HOLDER,
  links: [],
}));
const AS_OF = { asOfBlock: 12, stale: false };
const read: unknown[] = [];
const page =
  (row: object) =>
  (_program: unknown, ...rest: unknown[]) => {
    read.push(rest.at(-1));
    return Promise.resolve({ rows: [row], hasNextPage: true, ...AS_OF });
  };

let app: Express;
beforeAll(async () => {
  app = await createHttpOnlyApp({
    scopes: ['members:read', 'program:read'],
    services: {
      programs: {
        get: (id: string) => Promise.resolve(id === OTHER.id ? OTHER : INVENTED_PROGRAM),
      },
      totals: { asOf: () => Promise.resolve({ blockNumber: 12, atMs: 0 }) },
      members: {
        find: (_program: unknown, id: string) =>
          Promise.resolve(MEMBERS.find(({ externalId }) => externalId === id)),
        history: (_program: unknown, _member: unknown, asked: unknown) => {
          read.push(asked);
          return Promise.resolve({ entries: [{ cursor: '3.1.1' }], hasNextPage: true });
        },
      },
      changes: { list: page({ number: 3 }), objectionsOf: page({ change: 3, holder: HOLDER }) },
      rounds: { list: page({ round: 3 }), sharesOf: page({ round: 3, holder: HOLDER }) },
      catalogue: { listItems: page({ number: 3 }), listOrders: page({ number: 3 }) },
    } as unknown as Partial<GraphqlServices>,
  });
});

interface Body {
  readonly data?: Record<string, Record<string, { readonly pageInfo: { endCursor: string } }>>;
  readonly errors?: { readonly extensions: object }[];
}
async function ask(around: string, list: string, after?: string): Promise<Body> {
  const args = after === undefined ? '' : `(after: "${after}")`;
  const response = await request(app)
    .post('/graphql')
    .set('authorization', `Bearer ${GOOD_KEY}`)
    .send({ query: `{ of: ${around} { ${list}${args} { pageInfo { endCursor } } } }` });
  return response.body as Body;
}
const program = (id: string): string => `program(id: "${encodeGlobalId('Program', id)}")`;
const member = (id: string): string => `member(memberId: "${id}")`;

const LISTS = [
  ...[program(INVENTED_PROGRAM.id), program(OTHER.id)].flatMap((around) =>
    ['changes', 'rounds', 'items'].map((list) => [around, list] as const),
  ),
  [program(INVENTED_PROGRAM.id), 'orders'] as const,
  ...['mei', 'jun'].flatMap((id) =>
    ['history', 'shares', 'objections', 'orders'].map((list) => [member(id), list] as const),
  ),
];

describe('a cursor', () => {
  it.each(LISTS)('of %s.%s goes on in this list, and in no other', async (around, list) => {
    const { data } = await ask(around, list);
    const cursor = data?.['of']?.[list]?.pageInfo.endCursor ?? '';
    const next = await ask(around, list, cursor);
    expect(next.errors).toBeUndefined();
    // The position that the service is asked for is that of the row.
    expect(JSON.stringify(read.at(-1))).toContain('3');
    for (const [otherAround, other] of LISTS) {
      if (otherAround === around && other === list) continue;
      const { errors } = await ask(otherAround, other, cursor);
      expect([otherAround, other, errors?.[0]?.extensions]).toEqual([
        otherAround,
        other,
        expect.objectContaining({ code: 'MALFORMED', field: 'after' }),
      ]);
    }
  });

  it('is one text: what decodes to the same is none', () => {
    const list = ['Round', 'prg_1'] as const;
    const cursor = sealCursor(list, '3');
    expect(openCursor(list, cursor)).toBe('3');
    expect(openCursor(list, null)).toBeNull();
    for (const text of [`${cursor}=`, `${cursor} `, ` ${cursor}`, '', '3', 'a'.repeat(300)]) {
      expect(() => openCursor(list, text)).toThrow('is not a cursor of this connection');
    }
    expect(() => openCursor(list, sealCursor(list, ''))).toThrow();
  });
});
