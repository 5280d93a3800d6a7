import { Button } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkplace } from '../../../access/workplace.ts';
import { saveFile } from '../../../../shared/storage/saveFile.ts';
import type { DeskLiabilityDay } from '../data/queries.ts';

const COLUMNS = ['startsAt', 'issued', 'burned', 'outstanding', 'reserve', 'owed'] as const;
const LINE_END = '\r\n';

/** Days as a file: dates and decimal strings, of which none needs quotes. */
export const csvOfDays = (days: readonly DeskLiabilityDay[]): string =>
  [COLUMNS.join(','), ...days.map((day) => COLUMNS.map((column) => day[column]).join(','))]
    .map((line) => line + LINE_END)
    .join('');

/** Saves the days that are shown as a file. */
export function DaysCsvButton({
  days,
}: {
  readonly days: readonly DeskLiabilityDay[];
}): JSX.Element {
  const { t } = useTranslation('console');
  const { programId } = useWorkplace();
  return (
    <Button
      variant="default"
      disabled={days.length === 0}
      onClick={() =>
        saveFile(`liability-${programId}.csv`, new Blob([csvOfDays(days)], { type: 'text/csv' }))
      }
    >
      {t('list.csv')}
    </Button>
  );
}
