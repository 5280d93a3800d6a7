import { describe, expect, it } from 'vitest';
import { firstSentence, iconOfItem } from './itemWords.ts';

describe('the words of an item', () => {
  it.each([
    ['A pot of tea.', 'A pot of tea'],
    ['A pot of tea. For two, in the garden.', 'A pot of tea'],
    ['一壶茶。两人份，在院子里。', '一壶茶'],
    ['A 1.5 l bottle, chilled', 'A 1.5 l bottle, chilled'],
    ['Free refill!', 'Free refill!'],
    ['A half-price cup, on week-days.', 'A half-price cup, on week-days'],
  ])('name %s by its first sentence', (text, name) => {
    expect(firstSentence(text)).toBe(name);
  });

  it.each([
    ['A mug with our name.', 'cup'],
    ['一壶茶。', 'cup'],
    ['A voucher of 5 yuan.', 'coins'],
    ['Something else.', 'gift'],
  ])('give %s an icon', (text, icon) => {
    expect(iconOfItem({ text })).toBe(icon);
  });
});
