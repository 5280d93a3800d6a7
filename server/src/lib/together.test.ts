import { describe, expect, it } from 'vitest';
import { together } from './together.ts';

describe('together', () => {
  it('throws only when nothing is under way any more, and then the first failure', async () => {
    const ended: string[] = [];
    const runFor = async (turns: number, name: string, fails: boolean): Promise<void> => {
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      ended.push(name);
      if (fails) throw new Error(name);
    };
    const running = [runFor(9, 'last', false), runFor(5, 'late', true), runFor(1, 'early', true)];
    await expect(together(running)).rejects.toThrow('late');
    expect(ended).toEqual(['early', 'late', 'last']);
  });
});
