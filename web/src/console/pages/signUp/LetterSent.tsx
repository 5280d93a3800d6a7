import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';

/** Says where the letter is that goes on. */
export function LetterSent({
  email,
  isMailed,
  words,
}: {
  readonly email: string;
  /** Whether letters leave the service; otherwise they are in its log. */
  readonly isMailed: boolean;
  readonly words: string;
}): JSX.Element {
  const { t } = useTranslation('signUp');
  return (
    <div role="status">
      <p className="door-note">
        <b>{email}</b> {words}
      </p>
      {!isMailed && <p className="door-note waiting">{t('letter.inLog')}</p>}
    </div>
  );
}
