import { NativeSelect } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkplace } from '../../../access/workplace.ts';

/** Chooses whether something is of the program alone, or of all programs in its environment. */
export function WhereChoice({
  isOfProgram,
  onChoose,
}: {
  readonly isOfProgram: boolean;
  readonly onChoose: (isOfProgram: boolean) => void;
}): JSX.Element {
  const { t } = useTranslation('developers');
  const { program } = useWorkplace();
  return (
    <NativeSelect
      label={t('keys.where')}
      data={[
        { value: 'program', label: t('keys.whereProgram', { name: program.name }) },
        { value: 'all', label: t('keys.whereAll') },
      ]}
      value={isOfProgram ? 'program' : 'all'}
      onChange={({ currentTarget }) => onChoose(currentTarget.value === 'program')}
    />
  );
}
