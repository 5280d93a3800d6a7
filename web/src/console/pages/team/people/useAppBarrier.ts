import { useTranslation } from 'react-i18next';
import { isTestProgram, useSignedIn, useWorkplace } from '../../../access/workplace.ts';

/** Says why an owner changes no team yet: where a program is live, only with an authenticator app. Null for no reason. */
export function useAppBarrier(): string | null {
  const { t } = useTranslation('team');
  const { organisation } = useWorkplace();
  const { person } = useSignedIn();
  const isLive = organisation.programs.some((program) => !isTestProgram(organisation, program));
  return isLive && !person.hasTwoFactor ? t('people.needsApp') : null;
}
