import { expect, it } from 'vitest';
import { oneLine } from './words.ts';

it('writes typed lines in one', () => {
  expect(oneLine(' Sent back.\nUnopened. ')).toBe('Sent back. Unopened.');
  expect(oneLine('Sent back.\r\n\r\n  Unopened,\ttwice.\n')).toBe('Sent back. Unopened, twice.');
  expect(oneLine('退货。 \u2028未拆封。')).toBe('退货。 未拆封。');
  expect(oneLine('Two  spaces')).toBe('Two  spaces');
});
