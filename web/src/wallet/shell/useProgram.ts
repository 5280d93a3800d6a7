import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useServiceClock } from '../../shared/clock/useServiceClock.ts';
import { wordsIn } from '../../shared/format/words.ts';
import type { ResultOf } from '../../shared/graphql/graphql.ts';
import { usePublic } from '../../shared/polling/usePolled.ts';
import { showAccent } from '../../shared/ui/color/showAccent.ts';
import { ProgramQuery } from './programQueries.ts';
import { useWallet } from './wallet.ts';

/** Chains that are there to try things out. */
const TEST_CHAINS: readonly number[] = [31_337, 11_155_111, 84_532, 421_614, 11_155_420];

type KnownProgram = NonNullable<ResultOf<typeof ProgramQuery>['program']>;

/** Reads the address of the Points contract out of the program's id. */
export const addressOf = (programId: string): `0x${string}` =>
  `0x${programId.split('_').at(-1) ?? ''}`;

/** What the head of the page needs of the program; null while it is loaded. */
export function useProgram(): (KnownProgram & { readonly isTest: boolean }) | null {
  const { programId } = useWallet();
  const { data, loadedAt } = usePublic(ProgramQuery, { address: addressOf(programId) });
  const program = data?.program ?? null;
  useServiceClock(program?.clock.now, loadedAt);
  return program === null ? null : { ...program, isTest: TEST_CHAINS.includes(program.chainId) };
}

/** What points are called here: by the program, else as everywhere. */
export function usePointName(): string {
  const { t, i18n } = useTranslation('wallet');
  const program = useProgram();
  return wordsIn(program?.look.pointName, i18n.language) ?? t('points');
}

/** Shows the wallet in the colours of its program. */
export function ProgramColors(): null {
  const { accent = null, accentDark = null } = useProgram()?.look.colors ?? {};
  useEffect(
    () => (accent === null ? undefined : showAccent({ accent, accentDark })),
    [accent, accentDark],
  );
  return null;
}
