import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../graphql/client.ts';
import { createPoller, HIDDEN_MS, QUICK_MS, SHOWN_MS, type PageState } from './poller.ts';

const HOME = { document: 'query Home', variables: null };
const PUBLIC = { document: 'query Program', variables: null, isPublic: true };

function world() {
  let isHidden = false;
  let changed: () => void = () => undefined;
  let failure: ApiError | null = null;
  const asked: string[] = [];
  const page: PageState = {
    isHidden: () => isHidden,
    isOnline: () => true,
    onChange: (call) => (changed = call),
  };
  let maySee = true;
  const poller = createPoller({
    client: {
      ask: async (document, ..._variables) => {
        asked.push(document as unknown as string);
        await Promise.resolve();
        if (failure !== null) throw failure;
        return { answer: asked.length } as never;
      },
    },
    page,
    mayAsk: ({ isPublic }) => maySee || isPublic === true,
  });
  return {
    ...{ poller, asked },
    hide: (hidden: boolean) => {
      isHidden = hidden;
      changed();
    },
    fails: (error: ApiError | null) => (failure = error),
    lock: () => (maySee = false),
  };
}
const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the poller', () => {
  it('asks at once, then slowly, and quickly for a minute when something is under way', async () => {
    const { poller, asked } = world();
    poller.watch(HOME, () => undefined);
    await pass(0);
    expect(asked).toHaveLength(1);
    await pass(SHOWN_MS);
    expect(asked).toHaveLength(2);
    poller.quicken();
    await pass(QUICK_MS * 3);
    expect(asked).toHaveLength(5);
    await pass(60_000);
    const quick = asked.length;
    await pass(SHOWN_MS * 2);
    expect(asked.length - quick).toBeLessThanOrEqual(2);
  });

  it('asks seldom while it is hidden, not at all after ten minutes, and at once when it is seen again', async () => {
    const { poller, asked, hide } = world();
    poller.watch(HOME, () => undefined);
    await pass(0);
    hide(true);
    await pass(HIDDEN_MS);
    expect(asked).toHaveLength(2);
    await pass(600_000);
    const last = asked.length;
    await pass(3_600_000);
    expect(asked).toHaveLength(last);
    hide(false);
    await pass(0);
    expect(asked).toHaveLength(last + 1);
  });

  it('keeps what was loaded when a later try fails, and says why', async () => {
    const { poller, fails } = world();
    poller.watch(HOME, () => undefined);
    await pass(0);
    fails(new ApiError('No answer came.', { code: 'OFFLINE' }));
    await pass(SHOWN_MS);
    expect(poller.read(HOME)).toMatchObject({ data: { answer: 1 }, error: { code: 'OFFLINE' } });
    fails(null);
    await pass(SHOWN_MS);
    expect(poller.read(HOME).error).toBeNull();
  });

  it('asks a question once for all who want to know, and no more when nobody does', async () => {
    const { poller, asked } = world();
    const leave = [poller.watch(HOME, () => undefined), poller.watch(HOME, () => undefined)];
    await pass(SHOWN_MS);
    for (const each of leave) each();
    const before = asked.length;
    await pass(SHOWN_MS * 3);
    expect(asked).toHaveLength(before);
    expect(before).toBeLessThanOrEqual(3);
  });

  it('asks nothing of a member without a session, and forgets one member before the next', async () => {
    const { poller, asked, lock } = world();
    poller.watch(HOME, () => undefined);
    poller.watch(PUBLIC, () => undefined);
    await pass(0);
    poller.forget();
    expect(poller.read(HOME).data).toBeNull();
    expect(poller.read(PUBLIC).data).not.toBeNull();
    lock();
    asked.length = 0;
    await pass(SHOWN_MS);
    expect(asked).toEqual([PUBLIC.document]);
  });
});
