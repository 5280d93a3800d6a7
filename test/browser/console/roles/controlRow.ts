import type { Locator, Page } from 'playwright-core';
import type { Operator } from '../consoleStage.ts';
import type { Least } from '../never/row.ts';
import type { PlaceName } from './places.ts';

/** A person at a page whose controls are looked at. */
export interface Looker {
  readonly page: Page;
  readonly say: Operator['say'];
  field(key: string, values?: Readonly<Record<string, string>>): Locator;
  button(key: string): Locator;
}

/** One control of the console that has something written. */
export interface ControlRow {
  /** Name of the document of its mutation. */
  readonly mutation: string;
  /** The least role that may. */
  readonly needs: Least;
  readonly place: PlaceName;
  /** The first one on the way to it, which is off for those who may not. */
  control(at: Looker): Locator;
  /** Fills in what it wants from those who may. */
  readonly ready?: (at: Looker) => Promise<unknown>;
  /** Says who may where the control is not there for those who may not; left out where it is there, and off. */
  readonly instead?: (at: Looker) => Locator;
}

/** A table row whose control is a button, by the key of its words. */
export const buttonRow = (
  mutation: string,
  needs: Least,
  place: PlaceName,
  key: string,
  ready?: ControlRow['ready'],
): ControlRow => ({
  ...{ mutation, needs, place, control: ({ button }: Looker) => button(key) },
  ...(ready !== undefined && { ready }),
});
