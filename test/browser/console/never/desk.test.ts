import type { Role } from '@dewpoint/server/domain/organisations/roles.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, type OpenBrowser, type Variant } from '../../openBrowser.ts';
import { IS_WHOLE } from '../../variants.ts';
import type { Cafe } from '../../wallet/walletService.ts';
import { startConsole, type ConsoleStage, type Operator } from '../consoleStage.ts';
import { DESK_ACCIDENTS, isDoneOnce, type DeskAccident } from './deskAccidents.ts';
import type { Least, Try } from './row.ts';
import { CATALOGUE_ROWS, KEY_ROWS, TEAM_ROWS } from './rows/firstRows.ts';

const VARIANT: Variant = { language: 'en', width: 1280, theme: 'light' };
const ROWS = [...CATALOGUE_ROWS, ...KEY_ROWS, ...TEAM_ROWS];
/** Accidents of each row in a normal run. */
const EACH = 2;

let stage: ConsoleStage;
let browser: OpenBrowser;
let cafe: Cafe;
beforeAll(async () => {
  [stage, browser] = await Promise.all([startConsole(), openBrowser()]);
  cafe = await stage.openCafe();
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});

/** By turns, so that all of them happen to some row; all of them to each in the whole run. */
const accidentsOf = (turn: number): readonly DeskAccident[] =>
  IS_WHOLE
    ? DESK_ACCIDENTS
    : DESK_ACCIDENTS.filter((_accident, at) => {
        const behind = (at - turn * EACH) % DESK_ACCIDENTS.length;
        return (behind + DESK_ACCIDENTS.length) % DESK_ACCIDENTS.length < EACH;
      });

const LEAST: Readonly<Record<Least, Role>> = {
  ...{ OWNER: 'owner', MANAGER: 'manager', FULFILLER: 'fulfiller' },
};

const tryOf = ({ page, say }: Operator, id: string): Try => ({
  ...{ stage, cafe, page, say, id },
  field: (key) => page.getByLabel(say(key), { exact: true }),
  button: (key, values = {}) => page.getByRole('button', { name: say(key, values), exact: true }),
});

describe.each(ROWS.map((row, turn) => ({ ...row, row, turn })))('$mutation', ({ row, turn }) => {
  it.each(accidentsOf(turn))('is what it says when $name', async (accident) => {
    const role = accident.role?.(row.needs) ?? LEAST[row.needs];
    const at = { role, programId: cafe.program.id } as const;
    const operator = await stage.open(browser, VARIANT, { ...at, isLetAlone: true });
    const id = `${row.mutation}-${DESK_ACCIDENTS.indexOf(accident)}`.toLowerCase();
    const about = tryOf(operator, id);
    const begun = await row.begin(about);
    await operator.goTo(cafe.program.id, begun.path);
    await operator.isAt(begun.title);
    if (accident.role === undefined) await begun.fill?.();
    const becomes = (to: Role): Promise<void> => stage.changeRole(role, to);
    try {
      await accident.happen({ about, watched: operator.watched, row, begun, becomes });
      if (accident.isDone) {
        await begun.says();
        await isDoneOnce(begun);
      } else expect(await begun.count()).toBe(0);
    } finally {
      await becomes(role);
    }
    expect(operator.watched.problems).toEqual([]);
    await operator.watched.context.close();
  });
});
