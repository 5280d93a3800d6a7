import type { Locator } from 'playwright-core';
import type { Operator } from './consoleStage.ts';

type Values = Readonly<Record<string, string | number>>;

/** What is typed into, pressed and read on a page, by the words that are on it. */
interface Controls {
  field(key: string, values?: Values): Locator;
  button(key: string, values?: Values): Locator;
  press(key: string, values?: Values): Promise<void>;
  /** Title of a part. */
  title(key: string, values?: Values): Locator;
  /** Waits until the page says it. */
  sees(key: string, values?: Values): Promise<void>;
}

export function on({ page, say }: Operator): Controls {
  const button = (key: string, values: Values = {}): Locator =>
    page.getByRole('button', { name: say(key, values), exact: true });
  return {
    button,
    field: (key, values = {}) => page.getByLabel(say(key, values), { exact: true }),
    press: (key, values) => button(key, values).click(),
    title: (key, values = {}) => page.getByRole('heading', { level: 2, name: say(key, values) }),
    sees: (key, values = {}) => page.getByText(say(key, values), { exact: true }).first().waitFor(),
  };
}
