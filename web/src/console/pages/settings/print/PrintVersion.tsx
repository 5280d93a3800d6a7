import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { usePolled } from '../../../../shared/polling/usePolled.ts';
import { Asked } from '../../../parts/Asked.tsx';
import { PrintTextQuery } from './queries.ts';

const LINES = [120] as const;

function VersionText({ id, title }: { readonly id: string; readonly title: string }): JSX.Element {
  const { t } = useTranslation('settings');
  return (
    <Asked of={usePolled(PrintTextQuery, { id })} lines={LINES}>
      {({ node }) => {
        const text = node?.__typename === 'RuleSet' ? (node.document?.text ?? null) : null;
        return text === null ? (
          <p>{t('print.noText')}</p>
        ) : (
          <div
            className="settings-text settings-print"
            role="region"
            aria-label={title}
            tabIndex={0}
          >
            <pre>{text}</pre>
          </div>
        );
      }}
    </Asked>
  );
}

/** One version of the small print; its text is asked for when it is opened. */
export function PrintVersion({
  id,
  hash,
  title,
}: {
  readonly id: string;
  /** Null for a version from which there is none. */
  readonly hash: string | null;
  readonly title: string;
}): JSX.Element {
  const { t } = useTranslation('settings');
  const [isOpen, setOpen] = useState(false);
  return (
    <li className="part settings-stack">
      <h3>{title}</h3>
      {hash === null ? (
        <p>{t('print.ended')}</p>
      ) : (
        <>
          <code className="settings-code">{hash}</code>
          <button
            className="button quiet"
            type="button"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? t('print.close') : t('print.open')}
          </button>
          {isOpen && <VersionText {...{ id, title }} />}
        </>
      )}
    </li>
  );
}
