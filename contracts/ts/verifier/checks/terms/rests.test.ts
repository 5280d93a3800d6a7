import { describe, expect, it } from 'vitest';
import { Rests } from './rests.ts';

const NOTICE = 100;

/** Announces as soon as possible and is struck down, so many times; the moments at which the next may follow. */
function struckDown(times: number): { rests: Rests; waits: number[] } {
  const rests = new Rests(NOTICE);
  const waits: number[] = [];
  for (let i = 0; i < times; i++) {
    const time = rests.until(null);
    rests.announced(time, null);
    rests.failed(time, true);
    waits.push(rests.until(null) - time);
  }
  return { rests, waits };
}

describe('the rest after a hurtful change', () => {
  it('is a notice period, and doubles with each strike in a row, up to eight', () => {
    const { rests, waits } = struckDown(6);
    expect(waits).toEqual([100, 200, 400, 800, 800, 800]);
    expect(rests.strikes).toBe(6);
  });

  it('stays as it is after one that was withdrawn and is no strike', () => {
    const { rests } = struckDown(2);
    rests.failed(1_000, false);
    expect([rests.strikes, rests.until(null)]).toEqual([2, 1_200]);
  });

  it('begins at the death of one that died, at the rate of the strikes before', () => {
    const { rests } = struckDown(3);
    expect(rests.until(5_000)).toBe(5_400);
  });

  it('is forgotten once a hurtful change was enacted', () => {
    const { rests } = struckDown(3);
    rests.enacted();
    rests.failed(1_000, true);
    expect([rests.strikes, rests.until(null)]).toEqual([1, 1_100]);
  });

  it('is forgotten eight notice periods after the last rest ended, and no moment sooner', () => {
    const sooner = struckDown(3).rests;
    sooner.announced(sooner.until(null) + 8 * NOTICE - 1, null);
    expect(sooner.strikes).toBe(3);
    const { rests } = struckDown(3);
    rests.announced(rests.until(null) + 8 * NOTICE, null);
    expect(rests.strikes).toBe(0);
  });
});
