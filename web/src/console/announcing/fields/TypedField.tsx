import { useId, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { LineEffect } from '../../terms/compareRules.ts';
import './field.css';

/** One value in a sentence: what it was, struck through, and what it shall be. */
export function TypedField({
  label,
  value,
  was = null,
  effect = null,
  error = null,
  describedBy,
  isDisabled = false,
  kind = 'number',
  placeholder = '',
  onChange,
  onLeave,
}: {
  readonly label: string;
  readonly value: string;
  /** As it is shown; null when it is the same. */
  readonly was?: string | null;
  readonly effect?: LineEffect | null;
  /** In words; null for none. */
  readonly error?: string | null;
  readonly describedBy?: string;
  readonly isDisabled?: boolean;
  readonly kind?: 'number' | 'count' | 'wide' | 'date';
  /** What an empty field means. */
  readonly placeholder?: string;
  readonly onChange: (value: string) => void;
  /** Is called when the field loses the focus. */
  readonly onLeave?: () => void;
}): JSX.Element {
  const { t } = useTranslation('console');
  const errorId = useId();
  const look = effect === 'better' ? ' is-better' : effect === null ? '' : ' is-worse';
  const described = [...(error === null ? [] : [errorId]), ...(describedBy ?? '').split(' ')];
  const ids = described.filter((id) => id !== '').join(' ');
  return (
    <span className={`field ${kind}${error === null ? look : ' is-wrong'}`}>
      {was !== null && (
        <s>
          <span className="visually-hidden">{t('announcing.was')} </span>
          {was}
        </s>
      )}
      <input
        type={kind === 'date' ? 'date' : 'text'}
        {...(kind !== 'date' && { inputMode: kind === 'count' ? 'numeric' : 'decimal' })}
        aria-label={label}
        aria-invalid={error !== null}
        {...(ids !== '' && { 'aria-describedby': ids })}
        autoComplete="off"
        placeholder={placeholder}
        value={value}
        disabled={isDisabled}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
        onBlur={onLeave}
      />
      {error !== null && (
        <small id={errorId} className="field-error">
          {error}
        </small>
      )}
    </span>
  );
}
