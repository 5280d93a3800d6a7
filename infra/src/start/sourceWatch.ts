import { relative } from 'node:path';
import { watch } from 'chokidar';

/** Editors write a file in several steps, and a checkout changes many files at once. */
const QUIET_MS = 100;

const isSource = (file: string): boolean =>
  /\.(ts|json|graphql)$/.test(file) && !/\.test\.ts$/.test(file);

/**
 * Watches folders, with everything below them, for changes of sources; tests are none.
 *
 * @param onChange Told a file that changed, relative to its folder, once it has been quiet for a moment.
 * @returns stops watching; resolves once every change from then on is told
 */
export const watchSources = async (
  dirs: readonly string[],
  onChange: (file: string) => void,
): Promise<() => Promise<void>> => {
  let timer: NodeJS.Timeout | undefined;
  const stops = await Promise.all(
    dirs.map(async (dir) => {
      // Node's own recursive watching misses every change of a file after the first time that another was put in its place.
      const watcher = watch(dir, { ignoreInitial: true });
      watcher.on('all', (_event, path) => {
        if (!isSource(path)) return;
        clearTimeout(timer);
        timer = setTimeout(() => onChange(relative(dir, path)), QUIET_MS);
      });
      await new Promise<void>((ready) => watcher.once('ready', ready));
      return () => watcher.close();
    }),
  );
  return async () => {
    clearTimeout(timer);
    await Promise.all(stops.map((stop) => stop()));
  };
};
