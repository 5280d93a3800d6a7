import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

/** Parsed, a text takes some 50 times its length: 10 MB at most. Apollo's own store would keep 30 MB of JSON of them. */
const MAX_KEPT_CHARACTERS = 200_000;

/** Keeps the parsed queries that apps send again and again; Apollo calls it, and parses and checks what is not there. */
export class ParsedQueries {
  readonly #queries = new LRUCache<string, DocumentNode>({
    maxSize: MAX_KEPT_CHARACTERS,
    sizeCalculation: ({ loc }) => Math.max(1, loc?.source.body.length ?? MAX_KEPT_CHARACTERS),
  });

  get(key: string): Promise<DocumentNode | undefined> {
    return Promise.resolve(this.#queries.get(key));
  }

  set(key: string, query: DocumentNode): Promise<void> {
    this.#queries.set(key, query);
    return Promise.resolve();
  }

  delete(key: string): Promise<boolean> {
    return Promise.resolve(this.#queries.delete(key));
  }
}
