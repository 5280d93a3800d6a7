import { Button } from '@mantine/core';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';

const SAID_FOR_MS = 4_000;

/** Copies a text; says whether it is on the clipboard. */
export function CopyText({
  text,
  label,
}: {
  readonly text: string;
  /** What is copied, in words. */
  readonly label: string;
}): JSX.Element {
  const { t } = useTranslation('developers');
  const [said, setSaid] = useState<'copied' | 'notCopied' | null>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('copied');
    } catch {
      // Forbidden, or no secure page: it can be marked and copied by hand.
      setSaid('notCopied');
    }
    setTimeout(() => setSaid(null), SAID_FOR_MS);
  };
  return (
    <span className="dev-copy">
      <Button variant="default" onClick={() => void copy()}>
        {label}
      </Button>
      <span role="status">{said !== null && t(`copy.${said}`)}</span>
    </span>
  );
}

/** Code to paste. */
export function Snippet({
  code,
  label,
}: {
  readonly code: string;
  readonly label: string;
}): JSX.Element {
  const { t } = useTranslation('developers');
  return (
    <div className="dev-snippet">
      {/* It scrolls: the keyboard reaches it. */}
      <div className="dev-code" role="region" aria-label={label} tabIndex={0}>
        <pre>
          <code>{code}</code>
        </pre>
      </div>
      <CopyText text={code} label={t('copy.code')} />
    </div>
  );
}
