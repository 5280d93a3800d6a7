import { TextInput } from '@mantine/core';
import { useId, type JSX, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorWords } from '../../../shared/ui/States.tsx';
import type { Wrong } from './draft/checks.ts';
import type { ProgramDraft } from './draft/draft.ts';

/** What every step is given. */
export interface StepProps {
  readonly draft: ProgramDraft;
  readonly wrong: Wrong;
  readonly onChange: (part: Partial<ProgramDraft>) => void;
}

/** Names of what is typed. */
export type TextField = {
  [Name in keyof ProgramDraft]: ProgramDraft[Name] extends string ? Name : never;
}[keyof ProgramDraft];

/** Says what is wrong with a field, in words of these pages or of the API's catalogue. */
export function useWrongWords(): (code: string | undefined) => string | null {
  const { t, i18n } = useTranslation('newProgram');
  const errorWords = useErrorWords();
  return (code) => {
    if (code === undefined) return null;
    return i18n.exists(`newProgram:bad.${code}`) ? t(`bad.${code}`) : errorWords(code);
  };
}

/** A field that is typed into: its words are of its name. */
export function DraftText({
  name,
  draft,
  wrong,
  onChange,
  isNumber = false,
  unit,
}: StepProps & {
  readonly name: TextField;
  readonly isNumber?: boolean;
  /** What the number counts, such as days. */
  readonly unit?: string;
}): JSX.Element {
  const { t } = useTranslation('newProgram');
  const wrongWords = useWrongWords();
  return (
    <TextInput
      className={isNumber ? 'np-number' : 'np-text'}
      name={name}
      autoComplete="off"
      label={t(`fields.${name}.label`)}
      description={t(`fields.${name}.why`)}
      {...(isNumber && { inputMode: 'decimal' as const })}
      {...(unit !== undefined && {
        rightSection: <span className="np-unit">{unit}</span>,
        rightSectionWidth: 'auto',
      })}
      error={wrongWords(wrong[name])}
      value={draft[name]}
      onChange={({ currentTarget }) => onChange({ [name]: currentTarget.value })}
    />
  );
}

/** A lock: what it is beside is for ever. */
export function Lock(): JSX.Element {
  return (
    <svg
      className="np-lock"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      aria-hidden="true"
    >
      <path d="M5 9h10v8H5ZM7 9V6.500a3 3 0 0 1 6 0V9" strokeWidth="1.7" strokeLinejoin="round" />
    </svg>
  );
}

/** One of a few answers, each with what it means. */
export interface Answer {
  readonly value: string;
  readonly title: string;
  readonly words: string;
}

/** A question with few answers, of which each says what it means. */
export function Choices({
  legend,
  words,
  value,
  choices,
  isForEver = false,
  children,
  onChoose,
}: {
  readonly legend: string;
  readonly words?: string;
  readonly value: string;
  readonly choices: readonly Answer[];
  readonly isForEver?: boolean;
  /** What goes on below the answers. */
  readonly children?: ReactNode;
  readonly onChoose: (value: string) => void;
}): JSX.Element {
  const name = useId();
  return (
    <fieldset className="np-choices">
      <legend>
        {isForEver && <Lock />}
        {legend}
      </legend>
      {words !== undefined && <p className="np-why">{words}</p>}
      <div className="np-options">
        {choices.map((choice) => (
          <label key={choice.value} className="np-option">
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => onChoose(choice.value)}
            />
            <b>{choice.title}</b>
            <small>{choice.words}</small>
          </label>
        ))}
      </div>
      {children}
    </fieldset>
  );
}
