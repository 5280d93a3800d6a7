import { describe, expect, it } from 'vitest';
import { restAt, type EndedChange } from './rest.ts';

const NOTICE_MS = 100;
const program = { noticePeriodMs: NOTICE_MS };

/** Announced and ended at these moments; it would die 50 after its notice. */
const change = (
  announcedAtMs: number,
  state: EndedChange['state'],
  endedAtMs = 0,
  isStrike = state === 'STRUCK_DOWN',
): EndedChange => ({
  announcedAtMs,
  state,
  isStrike,
  diesAtMs: announcedAtMs + NOTICE_MS + 50,
  resolved: state === 'PENDING' ? null : { atMs: endedAtMs, blockNumber: 1, transactionHash: '0x' },
});
const rest = (nowMs: number, ...changes: EndedChange[]) => restAt(program, changes, nowMs);

describe('the rest before the next hurtful change', () => {
  it('is none before anything came to nothing', () => {
    expect(rest(0)).toEqual({ strikesInARow: 0, untilMs: null });
    expect(rest(0, change(0, 'PENDING'))).toEqual({ strikesInARow: 0, untilMs: null });
    expect(rest(200, change(0, 'ENACTED', 110))).toEqual({ strikesInARow: 0, untilMs: null });
  });

  it('is a notice period after a strike, a withdrawal and a death', () => {
    expect(rest(60, change(0, 'STRUCK_DOWN', 60))).toEqual({ strikesInARow: 1, untilMs: 160 });
    expect(rest(60, change(0, 'WITHDRAWN', 60))).toEqual({ strikesInARow: 0, untilMs: 160 });
    expect(rest(150, change(0, 'PENDING'))).toEqual({ strikesInARow: 0, untilMs: 250 });
    expect(rest(149, change(0, 'PENDING')).untilMs).toBeNull();
  });

  it('doubles from the second strike in a row on, up to eight notice periods', () => {
    const close = [0, 200, 500, 1_000, 2_000].map((at) => change(at, 'STRUCK_DOWN', at + 50));
    expect(
      close.map((_, last) => {
        const { untilMs } = rest(9_999, ...close.slice(0, last + 1));
        return (untilMs ?? 0) - ((close[last]?.announcedAtMs ?? 0) + 50);
      }),
    ).toEqual([100, 200, 400, 800, 800]);
  });

  it('counts a withdrawal that came when objections had reached half of what was needed', () => {
    const fled = change(200, 'WITHDRAWN', 250, true);
    expect(rest(300, change(0, 'STRUCK_DOWN', 50), fled)).toEqual({
      strikesInARow: 2,
      untilMs: 450,
    });
  });

  it('forgets strikes once a hurtful change was enacted, or comes eight notice periods later', () => {
    const twice = [change(0, 'STRUCK_DOWN', 50), change(200, 'STRUCK_DOWN', 250)];
    // Its rest ends at 450.
    expect(rest(9_999, ...twice, change(500, 'ENACTED', 620)).strikesInARow).toBe(0);
    expect(rest(1_249, ...twice, change(1_249, 'PENDING')).strikesInARow).toBe(2);
    expect(rest(1_250, ...twice, change(1_250, 'PENDING')).strikesInARow).toBe(0);
  });
});
