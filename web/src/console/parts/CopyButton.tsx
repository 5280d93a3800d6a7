import { Button } from '@mantine/core';
import { useEffect, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';

const SAID_FOR_MS = 4_000;

/** Copies a text; says whether it is on the clipboard. */
export function CopyButton({
  text,
  label,
}: {
  readonly text: string;
  /** What is copied, in words. */
  readonly label: string;
}): JSX.Element {
  const { t } = useTranslation('console');
  const [said, setSaid] = useState<'copied' | 'notCopied' | null>(null);
  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => setSaid(null), SAID_FOR_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('copied');
    } catch {
      // Forbidden, or no secure page: it can be marked and copied by hand.
      setSaid('notCopied');
    }
  };
  return (
    <span className="copy">
      <Button variant="default" onClick={() => void copy()}>
        {label}
      </Button>
      <span role="status">{said !== null && t(`copy.${said}`)}</span>
    </span>
  );
}
