import { Button } from '@mantine/core';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkplace } from '../access/workplace.ts';
import { headersOf } from '../asking/consoleClient.ts';
import { saveFile } from '../../shared/storage/saveFile.ts';

/** Saves all of a list as a file, filtered as it is shown. @param props.list its name at `/exports`, such as "orders.csv" */
export function CsvButton({
  list,
  filters = {},
}: {
  readonly list: string;
  /** As the list is asked for; those that are null or empty are left out. */
  readonly filters?: Readonly<Record<string, string | null>>;
}): JSX.Element {
  const { t } = useTranslation('console');
  const { organisation, programId } = useWorkplace();
  const [isSaving, setSaving] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const save = async (): Promise<void> => {
    setSaving(true);
    setFailed(false);
    try {
      const given = Object.entries(filters).filter(([, value]) => value !== null && value !== '');
      const query = new URLSearchParams(given as [string, string][]).toString();
      const response = await fetch(`/exports/${list}${query === '' ? '' : `?${query}`}`, {
        headers: headersOf({ organisation: organisation.id, program: programId }),
      });
      if (!response.ok) throw new Error(`${list}: ${response.status}`);
      saveFile(list, await response.blob());
    } catch {
      setFailed(true);
    } finally {
      setSaving(false);
    }
  };
  return (
    <span className="act">
      <Button variant="default" loading={isSaving} onClick={() => void save()}>
        {t('list.csv')}
      </Button>
      {hasFailed && (
        <small className="barrier" role="alert">
          {t('list.csvFailed')}
        </small>
      )}
    </span>
  );
}
