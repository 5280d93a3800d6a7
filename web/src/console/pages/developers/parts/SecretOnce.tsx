import { Button } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../../parts/CopyButton.tsx';
import { useFocusHere } from '../../../parts/useFocusHere.ts';

/** A secret that is shown here and nowhere else, until the person says that it is kept. */
export function SecretOnce({
  title,
  words,
  secret,
  onKept,
}: {
  readonly title: string;
  readonly words: string;
  readonly secret: string;
  /** Left out where the page goes on with it. */
  readonly onKept?: () => void;
}): JSX.Element {
  const { t } = useTranslation('developers');
  const head = useFocusHere<HTMLHeadingElement>();
  return (
    <section className="dev-secret" aria-label={title}>
      <div role="status">
        <h2 ref={head} tabIndex={-1}>
          {title}
        </h2>
        <p>{words}</p>
      </div>
      <code className="dev-key">{secret}</code>
      <div className="dev-ways">
        <CopyButton text={secret} label={t('copyIt')} />
        {onKept !== undefined && <Button onClick={onKept}>{t('kept')}</Button>}
      </div>
    </section>
  );
}
