/** Groups items that many callers write at the same time into few writes. */
export interface GroupCommit<Item, Result> {
  /**
   * Waits until the items are written, together with what others submit under the same key.
   *
   * @returns results in the order of the items; null when the queue is full and nothing was accepted
   * @throws the error of the group's write
   */
  submit(key: string, items: readonly Item[]): Promise<Result[] | null>;
  /** Accepts no more items and waits until the accepted ones are written. */
  close(): Promise<void>;
}

export interface GroupCommitOptions<Item, Result> {
  /** Writes one group; one result for each item, in order. */
  readonly commit: (key: string, items: readonly Item[]) => Promise<readonly Result[]>;
  /** The first caller of a group waits no longer than this for others. */
  readonly maxWaitMs: number;
  readonly maxItemsPerGroup: number;
  /** Items taken and not written, of all keys. */
  readonly maxQueuedItems: number;
  /** Groups of one key that are written at the same time. */
  readonly maxConcurrentGroups: number;
}

interface Group<Item, Result> {
  readonly items: Item[];
  readonly settle: ((outcome: { results: readonly Result[] } | { error: unknown }) => void)[];
}

interface Lane<Item, Result> {
  readonly groups: Group<Item, Result>[];
  running: number;
  timer: NodeJS.Timeout | undefined;
}

export function createGroupCommit<Item, Result>(
  options: GroupCommitOptions<Item, Result>,
): GroupCommit<Item, Result> {
  const lanes = new Map<string, Lane<Item, Result>>();
  const running = new Set<Promise<void>>();
  let queuedItems = 0;
  let closed = false;

  const write = async (key: string, { items, settle }: Group<Item, Result>): Promise<void> => {
    try {
      const results = await options.commit(key, items);
      if (results.length !== items.length) throw new Error('A group lost some of its results.');
      settle.forEach((caller) => caller({ results }));
    } catch (error) {
      settle.forEach((caller) => caller({ error }));
    }
    queuedItems -= items.length;
  };

  const pump = (key: string, lane: Lane<Item, Result>): void => {
    clearTimeout(lane.timer);
    lane.timer = undefined;
    while (lane.running < options.maxConcurrentGroups) {
      const group = lane.groups.shift();
      if (group === undefined) break;
      lane.running += 1;
      const written = write(key, group).then(() => {
        running.delete(written);
        lane.running -= 1;
        // What came meanwhile has waited long enough.
        pump(key, lane);
      });
      running.add(written);
    }
    if (lane.running === 0 && lane.groups.length === 0) lanes.delete(key);
  };

  const join = (key: string, items: readonly Item[]): Promise<Result[]> => {
    const lane = lanes.get(key) ?? { groups: [], running: 0, timer: undefined };
    lanes.set(key, lane);
    let group = lane.groups.at(-1);
    if (group === undefined || group.items.length + items.length > options.maxItemsPerGroup) {
      group = { items: [], settle: [] };
      lane.groups.push(group);
    }
    const from = group.items.length;
    group.items.push(...items);
    const { settle } = group;
    const done = new Promise<Result[]>((resolve, reject) => {
      settle.push((outcome) => {
        if ('results' in outcome) resolve(outcome.results.slice(from, from + items.length));
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- passed on as it came
        else reject(outcome.error);
      });
    });
    if (lane.groups.length > 1 || group.items.length >= options.maxItemsPerGroup) pump(key, lane);
    else lane.timer ??= setTimeout(() => pump(key, lane), options.maxWaitMs);
    return done;
  };

  return {
    submit: async (key, items) => {
      if (closed) throw new Error('Nothing is written any more: closing.');
      if (items.length === 0) return [];
      // A call that is larger than the queue gets in when it is alone, or it never would.
      if (queuedItems > 0 && queuedItems + items.length > options.maxQueuedItems) return null;
      queuedItems += items.length;
      return join(key, items);
    },
    close: async () => {
      closed = true;
      for (const [key, lane] of lanes) pump(key, lane);
      while (running.size > 0) await Promise.all(running);
    },
  };
}
