import { Fragment, type JSX, type ReactNode } from 'react';

/** Stands in a sentence where the field comes; no sentence has it otherwise. */
export const FIELD_PLACE = '\u0001';

/** Puts a field into a sentence of the catalogue, at the place that its language has for it. @param sentence was made with {@link FIELD_PLACE} */
export function withField(sentence: string, field: ReactNode): JSX.Element {
  return (
    <>
      {sentence.split(FIELD_PLACE).map((part, index) => (
        <Fragment key={index}>
          {index > 0 && field}
          {part}
        </Fragment>
      ))}
    </>
  );
}
