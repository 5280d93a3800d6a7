import { watchTheme } from '../theme/theme.ts';
import { accentsOf, type ChosenColors } from './accent.ts';

/**
 * Shows the page in the colours of a program, in whichever theme it is shown. Set on the element by script, as the page allows no
 * style in its HTML.
 *
 * @returns what shows the colours of the page again
 */
export function showAccent(chosen: ChosenColors): () => void {
  const { style } = document.documentElement;
  const accents = accentsOf(chosen);
  const names = Object.keys(accents.light ?? accents.dark ?? {});
  const clear = (): void => {
    for (const name of names) style.removeProperty(name);
  };
  const end = watchTheme((theme) => {
    clear();
    for (const [name, color] of Object.entries(accents[theme] ?? {}))
      style.setProperty(name, color);
  });
  return () => {
    end();
    clear();
  };
}
