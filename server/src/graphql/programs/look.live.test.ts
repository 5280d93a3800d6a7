import { randomBytes } from 'node:crypto';
import request from 'supertest';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startService, type TestService } from '../../testing/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

interface Set {
  readonly look: { readonly logo: string | null } | null;
  readonly userErrors: readonly { readonly field: string; readonly code: string }[];
}
const SET = `mutation ($input: ProgramLookSetInput!) { programLookSet(input: $input) {
  look { logo pointName { en zh } colors { accent accentDark } } userErrors { field code } } }`;
async function set(input: object): Promise<Set> {
  const all = { input: { idempotencyKey: service.key(), ...input } };
  const { data, errors } = await service.ask(service.mine.key, SET, all);
  expect(errors).toBeUndefined();
  return data?.['programLookSet'] as Set;
}
const refusals = async (input: object): Promise<unknown> =>
  (await set(input)).userErrors.map(({ field, code }) => [field, code]);
const read = async (query: string, key: string | null = null): Promise<unknown> => {
  const { data, errors } = await service.ask(key, query);
  expect(errors).toBeUndefined();
  return data;
};

const plain = (width: number, height: number): Sharp =>
  sharp({ create: { width, height, channels: 3, background: '#08766a' } });
const base64 = async (image: Sharp): Promise<string> => (await image.toBuffer()).toString('base64');

describe('the look of a program', () => {
  it('is set in parts, shown to everyone, and the same for all callers under one key', async () => {
    const { address } = service.mine.program;
    const first = {
      idempotencyKey: 'look-1',
      pointName: { en: 'Drops', zh: '露珠' },
      colors: { accent: '#08766a' },
      rules: [{ ruleId: 2, label: { zh: '签到' }, icon: '📍' }],
      origins: ['https://shop.example'],
    };
    const answers = await Promise.all(Array.from({ length: 50 }, () => set(first)));
    const look = {
      logo: null,
      pointName: { en: 'Drops', zh: '露珠' },
      colors: { accent: '#08766a', accentDark: null },
    };
    expect(answers).toEqual(answers.map(() => ({ look, userErrors: [] })));
    await set({ colors: null });
    expect(
      await read(`{ program(address: "${address}") { look { pointName { zh } colors { accent } }
        ruleSets(first: 1) { edges { node { rules { ruleId look { icon label { en zh } } } } } } } }`),
    ).toEqual({
      program: {
        look: { pointName: { zh: '露珠' }, colors: null },
        ruleSets: {
          edges: [
            {
              node: {
                rules: [
                  { ruleId: 1, look: null },
                  { ruleId: 2, look: { icon: '📍', label: { en: null, zh: '签到' } } },
                ],
              },
            },
          ],
        },
      },
    });
    expect(await read('{ program { origins } }', service.mine.key)).toEqual({
      program: { origins: ['https://shop.example'] },
    });
    expect(await refusals({ ...first, pointName: { en: 'Other' } })).toEqual([
      ['idempotencyKey', 'IDEMPOTENCY_KEY_REUSED'],
    ]);
    expect(await refusals({ origins: ['shop.example'], colors: { accent: 'red' } })).toEqual([
      ['colors.accent', 'MALFORMED'],
      ['origins[0]', 'MALFORMED'],
    ]);
  });

  it.each(['png', 'webp'] as const)(
    'has a logo of %s drawn afresh, for ever at its address',
    async (format) => {
      const secret = randomBytes(16).toString('hex');
      const image = plain(900, 300).withExif({ IFD0: { Copyright: secret } });
      const given = await image.toFormat(format).toBuffer();
      // Behind its end a file can carry anything.
      const carried = Buffer.concat([given, Buffer.from('<script>alert(1)</script>')]);
      const { look, userErrors } = await set({ logo: carried.toString('base64') });
      expect(userErrors).toEqual([]);
      const path = look?.logo ?? '';
      expect(path).toMatch(/^\/images\/[0-9a-f]{64}$/);
      const served = await request(service.url).get(path).responseType('blob');
      expect(served.status).toBe(200);
      expect(served.headers).toMatchObject({
        'content-type': 'image/webp',
        'cache-control': 'public, max-age=31536000, immutable',
        'content-security-policy': "default-src 'none'; sandbox",
        'x-content-type-options': 'nosniff',
      });
      const bytes = served.body as Buffer;
      expect(await sharp(bytes).metadata()).toMatchObject({
        format: 'webp',
        width: 512,
        height: 171,
      });
      expect(bytes.includes(secret)).toBe(false);
      expect(bytes.includes('script')).toBe(false);

      const next = await set({ logo: await base64(plain(10, 10).png()) });
      expect(next.look?.logo).not.toBe(path);
      expect((await request(service.url).get(path)).status).toBe(404);
      await set({ logo: null });
      expect((await request(service.url).get(next.look?.logo ?? '')).status).toBe(404);
    },
  );

  it('keeps both of two changes at one time', async () => {
    for (let round = 10; round < 20; round += 1) {
      const accent = `#0000${round}`;
      const origins = [`https://shop${round}.example`];
      const done = await Promise.all([set({ colors: { accent } }), set({ origins })]);
      expect(done.map(({ userErrors }) => userErrors)).toEqual([[], []]);
      const stored = await service.foundation.store.looks.find(service.mine.program.id);
      expect(stored).toMatchObject({ colors: { accent }, origins });
    }
  });

  it('takes no other file, none with too many pixels, none with too many bytes', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    const png = await plain(20, 20).png().toBuffer();
    for (const bytes of [
      svg,
      await plain(9, 9).jpeg().toBuffer(),
      png.subarray(0, 60),
      Buffer.from('RIFFxxxxWEBP'),
    ]) {
      expect(await refusals({ logo: bytes.toString('base64') })).toEqual([['logo', 'MALFORMED']]);
    }
    expect(await refusals({ logo: 'not base64!' })).toEqual([['logo', 'MALFORMED']]);
    // A few hundred bytes that would be drawn as 100 million pixels.
    const bomb = await sharp({
      create: { width: 10_000, height: 10_000, channels: 3, background: '#000' },
      limitInputPixels: false,
    })
      .png({ compressionLevel: 9 })
      .toBuffer();
    expect(await refusals({ logo: bomb.subarray(0, 190_000).toString('base64') })).toEqual([
      ['logo', 'TOO_LONG'],
    ]);
    const large = Buffer.concat([png, Buffer.alloc(200_000)]);
    expect(await refusals({ logo: large.toString('base64') })).toEqual([['logo', 'TOO_LONG']]);
  });

  it.each(['/images/x', `/images/${'0'.repeat(64)}`, '/images/..%2f..%2fetc'])(
    'is not at %s',
    async (path) => {
      expect((await request(service.url).get(path)).status).toBe(404);
    },
  );
});
