import { expect, it } from 'vitest';
import { ProgressLine } from './progressLine.ts';

function shownBy(isTTY: boolean, steps: number): string {
  let text = '';
  const progress = new ProgressLine({ isTTY, write: (part) => (text += part) });
  for (let done = 1; done <= steps; done++) progress.update({ stage: 'logs', done, total: steps });
  progress.end();
  return text;
}

it('draws one line over and over in a terminal, and leaves none', () => {
  const text = shownBy(true, 2);
  expect(text).toContain('███████████████░░░░░░░░░░░░░░░ Reading the logs: 1 of 2 blocks');
  expect(text).not.toContain('\n');
  expect(text.endsWith('\r\u001b[K')).toBe(true);
});

it('writes a few plain lines elsewhere, however many steps there are', () => {
  const lines = shownBy(false, 1_000).trim().split('\n');
  expect(lines).toHaveLength(5);
  expect(lines.at(-1)).toBe('Reading the logs: 1000 of 1000 blocks');
});
