/** What the demo looks like, in both languages. */
import { readFileSync } from 'node:fs';
import type { Program } from '../../domain/program.ts';
import type { LookChange, Looks } from '../../services/programs/looks.ts';

/** A cup under a drop. */
const LOGO = readFileSync(new URL('./logo.png', import.meta.url)).toString('base64');

const DEMO_LOOK: LookChange = {
  logo: LOGO,
  pointName: { en: 'drops', zh: '水滴' },
  colors: { accent: '#08766a', accentDark: '#5ad6be' },
  rules: [
    { id: 1, label: { en: 'Purchase', zh: '消费' }, icon: 'bag' },
    { id: 2, label: { en: 'Check-in', zh: '签到' }, icon: 'pin' },
    { id: 3, label: { en: 'Review', zh: '写评价' }, icon: 'star' },
    { id: 4, label: { en: 'Tea tasting', zh: '品茶会' }, icon: 'leaf' },
  ],
  items: [
    { id: 1, label: { en: 'A pot of tea', zh: '一壶茶' }, icon: 'pot' },
    { id: 2, label: { en: 'A mug with our name', zh: '店名马克杯' }, icon: 'cup' },
  ],
};

/** Gives the demo its look, unless it has one: what its owner chose stays. */
export async function dressDemo(looks: Pick<Looks, 'of' | 'set'>, program: Program): Promise<void> {
  const { pointName, colors } = await looks.of(program.id);
  if (pointName === null && colors === null) await looks.set(program, DEMO_LOOK, 'demo-look');
}
