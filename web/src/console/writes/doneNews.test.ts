import { describe, expect, it } from 'vitest';
import type { WritePhase, WriteState } from '../../shared/transactions/transactionState.ts';
import { createDoneNews } from './doneNews.ts';

const write = (phase: WritePhase, part: Partial<WriteState> = {}): WriteState => ({
  ...{ name: 'reserveWithdraw', kind: 'reserveWithdraw', phase, idempotencyKey: 'key-1' },
  ...{ transaction: null, errors: [], againAtMs: null, payload: null, steppedBack: false },
  ...{ isGivenUp: false, isByWallet: false, isResumed: false, ...part },
});

describe('news of what was done', () => {
  it('is told once of a write that was seen under way', () => {
    const news = createDoneNews({});
    expect(news.isNews(null)).toBe(false);
    expect(news.isNews(write('checking'))).toBe(false);
    expect(news.isNews(write('done'))).toBe(true);
    expect(news.isNews(write('done'))).toBe(false);
    // The chain took the block back, and sent it again.
    expect(news.isNews(write('sent'))).toBe(false);
    expect(news.isNews(write('done'))).toBe(false);
  });

  it('is not told to what appears after the end', () => {
    const news = createDoneNews({});
    expect(news.isNews(write('done'))).toBe(false);
    expect(news.isNews(write('checking', { idempotencyKey: 'key-2' }))).toBe(false);
    expect(news.isNews(write('done', { idempotencyKey: 'key-2' }))).toBe(true);
  });

  it('is told of a write that ended before it was seen under way', () => {
    const news = createDoneNews({});
    news.expect(write('checking'));
    expect(news.isNews(write('done'))).toBe(true);
  });

  it('is told once of a write that began before the page was loaded again, whatever appears later', () => {
    const writes = {};
    const done = write('done', { isResumed: true });
    expect(createDoneNews(writes).isNews(done)).toBe(true);
    expect(createDoneNews(writes).isNews(done)).toBe(false);
    expect(createDoneNews({}).isNews(done)).toBe(true);
  });

  it('is not told of what was refused, or failed', () => {
    const news = createDoneNews({});
    news.expect(write('checking'));
    expect(news.isNews(write('refused'))).toBe(false);
    expect(news.isNews(write('failed'))).toBe(false);
  });
});
