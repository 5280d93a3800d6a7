import { describe, expect, it } from 'vitest';
import { createNextFlight } from './nextFlight.ts';

/** Work that ends when it is told to. */
function createWork(): {
  readonly begun: string[];
  readonly flight: (key: string) => Promise<number>;
  end(outcome?: Error): Promise<void>;
} {
  const begun: string[] = [];
  const ends: ((outcome?: Error) => void)[] = [];
  const flight = createNextFlight((key: string) => {
    begun.push(key);
    const number = begun.length;
    return new Promise<number>((resolve, reject) => {
      ends.push((outcome) => (outcome === undefined ? resolve(number) : reject(outcome)));
    });
  });
  return {
    begun,
    flight,
    end: async (outcome) => {
      ends.shift()?.(outcome);
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

describe('work that is shared', () => {
  it('answers nobody with what was begun before they asked', async () => {
    const { begun, flight, end } = createWork();
    const first = flight('a');
    const later = [flight('a'), flight('a'), flight('a')];
    expect(begun).toEqual(['a']);
    await end();
    expect(await first).toBe(1);
    // They came while the first was under way, and share the second.
    expect(begun).toEqual(['a', 'a']);
    const last = flight('a');
    await end();
    expect(await Promise.all(later)).toEqual([2, 2, 2]);
    await end();
    expect(await last).toBe(3);
    const afterwards = flight('a');
    expect(begun).toHaveLength(4);
    await end();
    expect(await afterwards).toBe(4);
  });

  it('is not shared with those who ask for something else', async () => {
    const { begun, flight, end } = createWork();
    const both = [flight('a'), flight('b')];
    expect(begun).toEqual(['a', 'b']);
    await end();
    await end();
    expect(await Promise.all(both)).toEqual([1, 2]);
  });

  it('that fails fails for those it was begun for, and the next one is begun', async () => {
    const { flight, end } = createWork();
    const first = flight('a');
    const second = flight('a');
    const failed = expect(first).rejects.toThrow('away');
    await end(new Error('away'));
    await failed;
    await end();
    expect(await second).toBe(2);
  });
});
