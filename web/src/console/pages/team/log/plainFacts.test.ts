import { expect, it } from 'vitest';
import { plainFactsOf } from './plainFacts.ts';

it('a text of the log is read line by line, numbers and lists as they are', () => {
  expect(plainFactsOf('{"price":"5.00","rules":[{"ruleId":1},{"ruleId":2}],"to":null}')).toEqual([
    { path: 'price', value: '5.00' },
    { path: 'rules › 1 › ruleId', value: '1' },
    { path: 'rules › 2 › ruleId', value: '2' },
    { path: 'to', value: 'null' },
  ]);
  expect(plainFactsOf('{"cut …')).toEqual([{ path: '', value: '{"cut …' }]);
  expect(plainFactsOf('{}')).toEqual([]);
});
