import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../parts/CopyButton.tsx';
import './code.css';

/** Code to paste. */
export function Snippet({
  code,
  label,
}: {
  readonly code: string;
  readonly label: string;
}): JSX.Element {
  const { t } = useTranslation('console');
  return (
    <div className="dev-snippet">
      {/* It scrolls: the keyboard reaches it. */}
      <div className="dev-code" role="region" aria-label={label} tabIndex={0}>
        <pre>
          <code>{code}</code>
        </pre>
      </div>
      <CopyButton text={code} label={t('copy.code')} />
    </div>
  );
}
