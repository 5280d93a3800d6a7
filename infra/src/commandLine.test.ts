import { expect, it } from 'vitest';
import { CommandLineError, readArguments } from './commandLine.ts';

const SYNTAX = {
  ...{ command: 'npm run tidy', help: 'npm run tidy', words: false },
  options: { deep: { type: 'boolean', default: false }, folder: { type: 'string' } },
} as const;

it.each([[['--help']], [['-h']], [['--nothing', '--help']]])('%j asks for help', (args) => {
  expect(readArguments(SYNTAX, args)).toBe('help');
});

it('reads options, and words where there are any', () => {
  expect(readArguments(SYNTAX, ['--folder', 'x'])).toMatchObject({
    values: { deep: false, folder: 'x' },
  });
  expect(readArguments({ ...SYNTAX, words: true }, ['x'])).toMatchObject({ positionals: ['x'] });
});

it.each([
  [['--nothing'], "Unknown option '--nothing'"],
  [['--folder'], "Option '--folder <value>' argument missing"],
  [['word'], "Unexpected argument 'word'"],
])('refuses %j in one sentence that says where to look', (args, sentence) => {
  const attempt = (): unknown => readArguments(SYNTAX, args);
  expect(attempt).toThrow(CommandLineError);
  expect(attempt).toThrow(sentence);
  expect(attempt).toThrow(/: npm run tidy -- --help says what there is\.$/);
});
