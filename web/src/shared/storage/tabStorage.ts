/** Keeps short texts for one tab. In a frame the browser may forbid it: then they last as long as the page. */
export interface TabStorage {
  get(name: string): string | null;
  set(name: string, text: string): void;
  remove(name: string): void;
  /** Names that begin so, in no order. */
  names(prefix: string): readonly string[];
}

/** Keeps texts in memory alone. */
export function memoryStorage(): TabStorage {
  const kept = new Map<string, string>();
  return {
    get: (name) => kept.get(name) ?? null,
    set: (name, text) => void kept.set(name, text),
    remove: (name) => void kept.delete(name),
    names: (prefix) => [...kept.keys()].filter((name) => name.startsWith(prefix)),
  };
}

const PROBE = 'dewpoint.probe';

/** Keeps texts in the tab where that is allowed, else in memory. Reads and writes never throw. */
export function tabStorage(): TabStorage {
  const inMemory = memoryStorage();
  let storage: Storage;
  try {
    storage = sessionStorage;
    storage.setItem(PROBE, '');
    storage.removeItem(PROBE);
  } catch {
    // Forbidden, as for a frame of another site.
    return inMemory;
  }
  return {
    get: (name) => inMemory.get(name) ?? storage.getItem(name),
    set: (name, text) => {
      try {
        storage.setItem(name, text);
        inMemory.remove(name);
      } catch {
        // It is full.
        inMemory.set(name, text);
      }
    },
    remove: (name) => {
      inMemory.remove(name);
      storage.removeItem(name);
    },
    names: (prefix) =>
      [...new Set([...Object.keys(storage), ...inMemory.names(prefix)])].filter((name) =>
        name.startsWith(prefix),
      ),
  };
}
