import { Button } from '@mantine/core';
import { useEffect, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';

const SAID_FOR_MS = 4_000;

/** Copies a text; says whether it is on the clipboard. */
export function CopyButton({
  text,
  label,
  about,
  isSmall = false,
}: {
  readonly text: string;
  /** What is copied, in words. */
  readonly label: string;
  /** Said to those who read by ear, after the label, where several stand together. */
  readonly about?: string;
  readonly isSmall?: boolean;
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
      <Button
        variant="default"
        {...(isSmall && { size: 'compact-sm' })}
        {...(about !== undefined && { 'aria-label': `${label} ${about}` })}
        onClick={() => void copy()}
      >
        {label}
      </Button>
      <span role="status">{said !== null && t(`copy.${said}`)}</span>
    </span>
  );
}
