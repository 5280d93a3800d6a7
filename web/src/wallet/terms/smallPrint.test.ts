import { describe, expect, it } from 'vitest';
import { blocksOf, differingPrint, printInLanguage } from './smallPrint.ts';

const BOTH =
  '# Print\n\n1. **Who.** Everybody\n   who comes.\n2. What.\n\n---\n\n# 细则\n\n1. 谁都\n可以。\n';

describe('small print', () => {
  it('is shown in the language of the page where it has both', () => {
    expect(printInLanguage(BOTH, 'zh')).toContain('# 细则');
    expect(printInLanguage(BOTH, 'zh')).not.toContain('Print');
    expect(printInLanguage(BOTH, 'en')).not.toContain('细则');
    expect(printInLanguage('One text only.', 'zh')).toBe('One text only.');
    expect(printInLanguage('A\n\n---\n\nB', 'en')).toBe('A\n\n---\n\nB');
  });

  it('has headings, lists and paragraphs, whose lines are put together', () => {
    expect(blocksOf(printInLanguage(BOTH, 'en'))).toEqual([
      { kind: 'heading', text: 'Print' },
      { kind: 'list', isNumbered: true, items: ['**Who.** Everybody who comes.', 'What.'] },
    ]);
    expect(blocksOf('1. 谁都\n可以。')).toEqual([
      { kind: 'list', isNumbered: true, items: ['谁都可以。'] },
    ]);
    expect(blocksOf('One\ntwo.\n\n- a\n- b')).toEqual([
      { kind: 'paragraph', text: 'One two.' },
      { kind: 'list', isNumbered: false, items: ['a', 'b'] },
    ]);
  });

  it('tells what goes and what comes, and nothing of what stays', () => {
    expect(differingPrint('Stays.\n\n1. Old.', 'Stays.\n\n1. New.')).toEqual({
      gone: ['Old.'],
      come: ['New.'],
    });
  });
});
