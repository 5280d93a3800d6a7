import { describe, expect, it } from 'vitest';
import type { Program } from '../../domain/program.ts';
import { createAllowedOrigins } from './allowedOrigins.ts';

const program = { id: 'prg_1' } as Program;
const allowed = (origin: string, more: { publicUrl?: string; isLocal?: boolean } = {}) =>
  createAllowedOrigins({
    looks: { of: () => Promise.resolve({ origins: ['https://shop.example'] } as never) },
    ...{ publicUrl: null, isLocal: false, ...more },
  }).allows(program, origin);

describe('pages that act for members', () => {
  it('are those that the program names', async () => {
    expect(await allowed('https://shop.example')).toBe(true);
    for (const other of ['http://shop.example', 'https://shop.example:444', 'https://example']) {
      expect(await allowed(other)).toBe(false);
    }
  });

  it("are the service's own, and no others of its host", async () => {
    const own = { publicUrl: 'https://points.example' };
    expect(await allowed('https://points.example', own)).toBe(true);
    for (const other of ['https://points.example:8443', 'http://points.example']) {
      expect(await allowed(other, own)).toBe(false);
    }
    expect(await allowed('https://points.example')).toBe(false);
  });

  it('are those of this machine where the chain is on it, and nowhere else', async () => {
    for (const page of ['http://localhost:4000', 'http://127.0.0.1', 'https://[::1]:1']) {
      expect(await allowed(page, { isLocal: true })).toBe(true);
      expect(await allowed(page)).toBe(false);
    }
    expect(await allowed('http://localhost.example', { isLocal: true })).toBe(false);
  });
});
