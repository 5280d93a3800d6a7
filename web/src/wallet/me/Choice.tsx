import { useId, type JSX } from 'react';

/** One of a few things, all of them to be seen. */
export function Choice<Value extends string>({
  title,
  options,
  value,
  onChoose,
}: {
  readonly title: string;
  readonly options: readonly {
    readonly value: Value;
    readonly words: string;
    readonly lang?: string;
  }[];
  readonly value: Value;
  readonly onChoose: (value: Value) => void;
}): JSX.Element {
  const name = useId();
  return (
    <fieldset className="choice">
      <legend>{title}</legend>
      <div className="choice-options">
        {options.map((option) => (
          <label key={option.value} lang={option.lang}>
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              onChange={() => onChoose(option.value)}
            />
            <span>{option.words}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
