import { useId, type JSX } from 'react';

/** Something that can be ticked. */
interface Tick {
  readonly value: string;
  readonly title: string;
  readonly words?: string;
  /** Whether the title is code. */
  readonly isCode?: boolean;
}

/** Several of a few things, each as large as a finger. */
export function Ticks({
  legend,
  ticks,
  chosen,
  error = null,
  onChoose,
}: {
  readonly legend: string;
  readonly ticks: readonly Tick[];
  readonly chosen: readonly string[];
  readonly error?: string | null;
  readonly onChoose: (chosen: readonly string[]) => void;
}): JSX.Element {
  const id = useId();
  return (
    <fieldset className="dev-ticks" {...(error !== null && { 'aria-describedby': id })}>
      <legend>{legend}</legend>
      {ticks.map(({ value, title, words, isCode = false }) => (
        <label key={value} className="dev-tick">
          <input
            type="checkbox"
            value={value}
            checked={chosen.includes(value)}
            onChange={({ currentTarget }) =>
              onChoose(
                currentTarget.checked
                  ? [...chosen, value]
                  : chosen.filter((other) => other !== value),
              )
            }
          />
          {isCode ? <code>{title}</code> : <span>{title}</span>}
          {words !== undefined && <small>{words}</small>}
        </label>
      ))}
      {error !== null && (
        <p id={id} className="dev-error">
          {error}
        </p>
      )}
    </fieldset>
  );
}
