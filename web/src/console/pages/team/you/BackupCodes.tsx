import { Button } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { saveFile } from '../../../../shared/storage/saveFile.ts';
import { useSignedIn } from '../../../access/workplace.ts';
import { CopyButton } from '../../../parts/CopyButton.tsx';
import { useFocusHere } from '../../../parts/useFocusHere.ts';

const FILE = 'dewpoint-backup-codes.txt';

/** The backup codes, shown here and nowhere else, until the person says that they are kept. */
export function BackupCodes({
  codes,
  onKept,
}: {
  readonly codes: readonly string[];
  readonly onKept: () => void;
}): JSX.Element {
  const { t } = useTranslation('team');
  const { person } = useSignedIn();
  const title = useFocusHere<HTMLHeadingElement>();
  const text = `${codes.join('\n')}\n`;
  const save = (): void => {
    const head = t('twoFactor.fileHead', { email: person.email });
    saveFile(FILE, new Blob([`${head}\n\n${text}`], { type: 'text/plain;charset=utf-8' }));
  };
  return (
    <div className="you-steps">
      <h3 ref={title} tabIndex={-1}>
        {t('twoFactor.codes')}
      </h3>
      <p>{t('twoFactor.codesWords')}</p>
      <ul className="you-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="ask-ways">
        <CopyButton text={text} label={t('twoFactor.copyCodes')} />
        <Button variant="default" onClick={save}>
          {t('twoFactor.saveCodes')}
        </Button>
      </div>
      <Button className="you-kept" onClick={onKept}>
        {t('twoFactor.kept')}
      </Button>
    </div>
  );
}
