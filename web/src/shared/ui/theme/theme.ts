/** Colours of the page: as the device has them, or as a person chose. */
export type Theme = 'system' | 'light' | 'dark';

const CHOSEN = 'dewpoint.theme';

/** Returns the theme that was chosen here before. */
export function chosenTheme(): Theme {
  try {
    const kept = localStorage.getItem(CHOSEN);
    return kept === 'light' || kept === 'dark' ? kept : 'system';
  } catch {
    // Forbidden, as in a frame: nothing was chosen.
    return 'system';
  }
}

/** Shows the page in a theme. @param isKept whether it is remembered, where that is allowed */
export function chooseTheme(theme: Theme, isKept = false): void {
  const { dataset } = document.documentElement;
  if (theme === 'system') delete dataset['theme'];
  else dataset['theme'] = theme;
  if (!isKept) return;
  try {
    localStorage.setItem(CHOSEN, theme);
  } catch {
    // A frame may not remember anything.
  }
}

const DARK = '(prefers-color-scheme: dark)';

/** Tells which theme the page is shown in, now and whenever that changes. @returns what ends it */
export function watchTheme(shown: (theme: 'light' | 'dark') => void): () => void {
  const root = document.documentElement;
  const device = matchMedia(DARK);
  const tell = (): void => {
    const chosen = root.dataset['theme'];
    const isDark = chosen === undefined ? device.matches : chosen === 'dark';
    shown(isDark ? 'dark' : 'light');
  };
  const watched = new MutationObserver(tell);
  watched.observe(root, { attributeFilter: ['data-theme'] });
  device.addEventListener('change', tell);
  tell();
  return () => {
    watched.disconnect();
    device.removeEventListener('change', tell);
  };
}
