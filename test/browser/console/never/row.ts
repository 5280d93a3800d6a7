import type { Locator, Page } from 'playwright-core';
import type { Cafe } from '../../wallet/walletService.ts';
import type { ConsoleStage, Operator } from '../consoleStage.ts';

/** Who may: the least role that has the right. */
export type Least = 'OWNER' | 'MANAGER' | 'FULFILLER';

/** Where a write of the console is tried: a person at a page of a program, on a stage that other writes share. */
export interface Try {
  readonly stage: ConsoleStage;
  readonly cafe: Cafe;
  readonly page: Page;
  readonly say: Operator['say'];
  /** Told from all other tries: for names and addresses that nothing else has. */
  readonly id: string;
  field(key: string): Locator;
  button(key: string, values?: Readonly<Record<string, string | number>>): Locator;
}

/** A write that can be begun: what it is about was made for this try alone. */
export interface Begun {
  /** Of the page, within the program. */
  readonly path: string;
  /** Key of the title of the page. */
  readonly title: string;
  /** The first control on the way to it, which is off for those who may not; that which sends it when left out. */
  readonly gate?: () => Locator;
  /** Opens its form, and fills it in. */
  fill?(): Promise<void>;
  /** What sends it. */
  readonly button: () => Locator;
  /** Asks the service how often it was done. */
  count(): Promise<number>;
  /** Waits for what the page says once it was done. */
  says(): Promise<void>;
  /** Where the page says how far it is; its usual place when left out. */
  readonly status?: () => Locator;
}

/** One write of the console. */
export interface WriteRow {
  /** Name of the document of its mutation. */
  readonly mutation: string;
  readonly needs: Least;
  /** Makes what it is about. */
  begin(about: Try): Promise<Begun> | Begun;
}
