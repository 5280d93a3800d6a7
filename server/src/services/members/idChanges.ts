import { setTimeout as delay } from 'node:timers/promises';
import type { ProgramStore } from '../../ports/stores/programs.ts';

/** Longer than any server remembers a program: see MAX_AGE_MS of programs.ts. */
const REMEMBERED_MS = 1_500;

/** Tells all servers that an id of the app stands for another member, and returns when all of them have heard. */
export async function tellServers(
  programs: Pick<ProgramStore, 'changeMemberIds'>,
  programId: string,
): Promise<void> {
  await programs.changeMemberIds(programId);
  // Servers remember what ids stand for, as long as they remember the program.
  await delay(REMEMBERED_MS);
}
