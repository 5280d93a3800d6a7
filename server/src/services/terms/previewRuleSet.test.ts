import { expect, it } from 'vitest';
import type { Program } from '../../domain/program.ts';
import type { ChainClock } from '../../ports/chain/clock.ts';
import type { StatementStore } from '../../ports/stores/statements.ts';
import { INVENTED_PROGRAM, RULES } from '../../testing/builders/program.ts';
import { createPreviewRuleSet } from './previewRuleSet.ts';

const programOf = (organisationId: string, id: string): Program => ({
  ...INVENTED_PROGRAM,
  ...{ organisationId, id },
});

it('previews of one organisation leave places for others, however many programs it has', async () => {
  let open = (): void => undefined;
  const gate = new Promise<void>((resolve) => (open = resolve));
  const statements = {
    countByEpoch: () => gate.then(() => []),
    linesWithin: async function* () {},
  } as unknown as StatementStore;
  const preview = createPreviewRuleSet({
    statements,
    programs: { newest: () => Promise.resolve(null) },
    clock: { now: () => Promise.resolve({ nowMs: 0 }) } as unknown as ChainClock,
  });
  const asks = (organisationId: string, id: string): Promise<unknown> =>
    preview(programOf(organisationId, id), { field: 'ruleSet', ruleSet: RULES, days: 1 }).then(
      () => 'computed',
      (error: unknown) => (error as { readonly code: unknown }).code,
    );

  const asked = [
    ...[asks('org_1', 'prg_1'), asks('org_1', 'prg_2'), asks('org_1', 'prg_3')],
    ...[asks('org_2', 'prg_4'), asks('org_2', 'prg_4')],
  ];
  // Once all of them run or wait.
  setImmediate(open);
  expect(await Promise.all(asked)).toEqual([
    ...['computed', 'computed', 'OVERLOADED', 'computed', 'computed'],
  ]);
  expect(await asks('org_1', 'prg_3')).toBe('computed');
});
