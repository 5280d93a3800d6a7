import { expect, it } from 'vitest';
import type { Caller } from '../../services/access/callers.ts';
import { INVENTED_PROGRAM } from '../../testing/builders/program.ts';
import { refusePeopleInLive } from './memberSession.ts';

it('people are members for a try in test only, apps everywhere', () => {
  for (const environment of ['test', 'live'] as const) {
    const program = { ...INVENTED_PROGRAM, environment };
    const asked = (kind: Caller['kind']) => (): void =>
      refusePeopleInLive({ caller: { kind } as Caller, program });
    expect(asked('KEY')).not.toThrow();
    expect(asked('MEMBER')).not.toThrow();
    if (environment === 'test') expect(asked('PERSON')).not.toThrow();
    else expect(asked('PERSON')).toThrow('only the app');
  }
});
