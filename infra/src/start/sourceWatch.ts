import { watch } from 'node:fs';

/** Editors write a file in several steps, and a checkout changes many files at once. */
const QUIET_MS = 100;

const isSource = (file: string): boolean =>
  /\.(ts|json|graphql)$/.test(file) && !/\.test\.ts$/.test(file);

/**
 * Watches folders, with everything below them, for changes of sources; tests are none.
 *
 * @param onChange told a file that changed, relative to its folder, once it has been quiet for a moment
 * @returns stops watching
 */
export const watchSources = (
  dirs: readonly string[],
  onChange: (file: string) => void,
): (() => void) => {
  let timer: NodeJS.Timeout | undefined;
  const watchers = dirs.map((dir) =>
    watch(dir, { recursive: true }, (_event, file) => {
      if (file === null || !isSource(file)) return;
      clearTimeout(timer);
      timer = setTimeout(() => onChange(file), QUIET_MS);
    }),
  );
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
};
