import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import express, { type Express } from 'express';
import request from 'supertest';
import { beforeAll, describe, expect, it } from 'vitest';
import { NO_LOOK } from '../../domain/programs/look.ts';
import { createFaceRoutes } from './faceRoutes.ts';

let app: Express;
beforeAll(async () => {
  const webDist = await mkdtemp(join(tmpdir(), 'dewpoint-faces-'));
  for (const face of ['wallet', 'console', 'audit', 'embed']) await mkdir(join(webDist, face));
  await writeFile(join(webDist, 'wallet', 'index.html'), 'the wallet');
  await writeFile(join(webDist, 'wallet', 'index-abc.js'), 'script');
  await writeFile(join(webDist, 'wallet', 'index-abc.js.br'), brotliCompressSync('script'));
  await writeFile(join(webDist, 'wallet', 'index-abc.js.gz'), gzipSync('script'));
  await writeFile(join(webDist, 'console', 'index.html'), '<meta content="NONCE-OF-THIS-ANSWER">');
  await writeFile(join(webDist, 'audit', 'index.html'), 'the audit page');
  await writeFile(join(webDist, 'audit', 'audit.html'), 'all in one');
  await writeFile(join(webDist, 'audit', 'chains.json'), '[]');
  await writeFile(join(webDist, 'embed', 'v1.js'), 'loader');
  app = express().use(
    createFaceRoutes({
      webDist,
      lookOf: (id) =>
        Promise.resolve(id === 'prg_1' ? { ...NO_LOOK, origins: ['https://shop.example'] } : null),
    }),
  );
});

const policyOf = async (path: string): Promise<string> =>
  String((await request(app).get(path).expect(200)).headers['content-security-policy']);

describe('the wallet', () => {
  it('is shown in frames of the pages that its program allows, and of ours, alone', async () => {
    expect(await policyOf('/embed/prg_1')).toContain("frame-ancestors 'self' https://shop.example");
    expect(await policyOf('/w/prg_1')).toContain("frame-ancestors 'none'");
  });

  it('shows the icons of wallets where these are: in pages at the top', async () => {
    for (const path of ['/w/prg_1', '/w/prg_1/link']) {
      expect(await policyOf(path)).toContain("img-src 'self' data:");
    }
    expect(await policyOf('/console')).toContain("img-src 'self' blob: data:");
    expect(await policyOf('/embed/prg_1')).not.toContain('data:');
  });

  it('is there for programs that are there', async () => {
    for (const path of ['/embed/prg_2', '/w/prg_2', '/w/prg_2/link']) {
      await request(app).get(path).expect(404);
    }
  });

  it('keeps its files for a year, and has no page in the place of one that is gone', async () => {
    const { headers } = await request(app).get('/assets/wallet/index-abc.js').expect(200);
    expect(headers['cache-control']).toContain('immutable');
    await request(app).get('/assets/wallet/index-old.js').expect(404);
    await request(app).get('/assets/wallet/').expect(404);
  });
});

it('sends a file in the smallest form that the browser can read', async () => {
  const get = (encodings: string) =>
    request(app).get('/assets/wallet/index-abc.js').set('accept-encoding', encodings).expect(200);
  const small = await get('gzip, deflate, br');
  const { 'content-encoding': encoding, 'content-type': type, vary } = small.headers;
  expect([encoding, vary]).toEqual(['br', 'Accept-Encoding']);
  expect(type).toMatch(/^text\/javascript/);
  expect(small.headers['cache-control']).toContain('immutable');
  expect(small.text).toBe('script');
  expect((await get('gzip')).headers['content-encoding']).toBe('gzip');
  const plain = await get('identity');
  expect([plain.headers['content-encoding'], plain.text]).toEqual([undefined, 'script']);
});

it('serves the console at each of its addresses, in no frame, with a nonce for each answer', async () => {
  const nonces = new Set<string>();
  for (const path of ['/console', '/console/', '/console/p/prg_1/rules']) {
    const { headers, text } = await request(app).get(path).expect(200);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("script-src 'self';");
    const [, nonce = ''] = /'nonce-([^']+)'/.exec(policy) ?? [];
    expect(text).toBe(`<meta content="${nonce}">`);
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['permissions-policy']).toContain('camera=(self)');
    nonces.add(nonce);
  }
  expect(nonces.size).toBe(3);
  await request(app).get('/assets/console/index-old.js').expect(404);
});

it('serves the audit page for any frame, and lets it ask any node', async () => {
  const policy = await policyOf('/audit/');
  expect(policy).toContain("connect-src 'self' https: http://127.0.0.1:* http://localhost:*");
  expect(policy).toContain('frame-ancestors *');
  await request(app).get('/audit').expect(302).expect('location', '/audit/');
});

it('hands out the audit page in one file to keep, and asks for its list of chains each time', async () => {
  const { headers } = await request(app).get('/audit/audit.html').expect(200);
  expect(headers['content-disposition']).toContain('attachment');
  expect(headers['cache-control']).toBe('no-cache');
  const chains = await request(app).get('/audit/chains.json').expect(200);
  expect(chains.headers['cache-control']).toBe('no-cache');
});

it('serves the loader to every page', async () => {
  const { headers } = await request(app).get('/embed/v1.js').expect(200);
  expect(headers['cross-origin-resource-policy']).toBe('cross-origin');
  expect(headers['cache-control']).toContain('max-age=3600');
});
