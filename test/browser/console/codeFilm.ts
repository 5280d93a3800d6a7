import { writeFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';

/** Squares of a code, row by row: true for a dark one. */
type Squares = readonly (readonly boolean[])[];

const WIDTH = 640;
const HEIGHT = 480;
/** Of the picture; the code is in the middle of it. */
const CODE_HEIGHT = 0.7;
const [DARK, LIGHT, WALL, NO_COLOR] = [30, 225, 120, 128] as const;

/** Reads the squares of the code that a page shows, as a camera before it would. */
export function codeOn(page: Page): Promise<Squares> {
  return page.locator('svg.qr').evaluate((svg) => {
    const size = (svg as SVGSVGElement).viewBox.baseVal.width;
    const rows = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
    const path = svg.querySelector('path')?.getAttribute('d') ?? '';
    for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
      const row = rows[Number(y)];
      if (row !== undefined) row[Number(x)] = true;
    }
    return rows;
  });
}

/** Writes what a camera sees that a code is held before: a film of two frames in the format Y4M. */
export async function filmCode(file: string, squares: Squares): Promise<void> {
  const picture = Buffer.alloc(WIDTH * HEIGHT, WALL);
  const step = Math.floor((HEIGHT * CODE_HEIGHT) / squares.length);
  const side = step * squares.length;
  const [left, top] = [(WIDTH - side) / 2, (HEIGHT - side) / 2].map(Math.floor) as [number, number];
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const isDark = squares[Math.floor(y / step)]?.[Math.floor(x / step)] === true;
      picture[(top + y) * WIDTH + left + x] = isDark ? DARK : LIGHT;
    }
  }
  const frame = [Buffer.from('FRAME\n'), picture, Buffer.alloc((WIDTH * HEIGHT) / 2, NO_COLOR)];
  const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`);
  await writeFile(file, Buffer.concat([head, ...frame, ...frame]));
}
