import { expect, it } from 'vitest';
import { uuidV7 } from './uuidV7.ts';

it('a UUIDv7 has its version and variant, sorts by time and never comes twice', () => {
  const nowMs = Date.UTC(2026, 0, 1);
  const ids = Array.from({ length: 1_000 }, (_, index) => uuidV7(nowMs + index));
  for (const id of ids) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(Array.from({ length: 1_000 }, () => uuidV7(nowMs))).size).toBe(1_000);
});
