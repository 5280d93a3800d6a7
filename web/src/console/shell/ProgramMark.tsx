import type { JSX } from 'react';
import type { OwnProgram } from '../access/workplace.ts';

/** The logo of a program, or a drop. */
export function ProgramMark({ program: { look } }: { readonly program: OwnProgram }): JSX.Element {
  if (look.logo !== null) {
    return <img className="mark" src={look.logo} alt="" width="34" height="34" />;
  }
  return (
    <svg className="mark" viewBox="0 0 38 38" aria-hidden="true">
      <rect width="38" height="38" rx="11" fill="#0c5f58" />
      <path
        d="M19 8c.5 2.700 5.500 6.300 5.500 11.500a5.500 5.500 0 0 1-11 0C13.500 14.300 18.500 10.700 19 8Z"
        fill="#8fe5d6"
      />
    </svg>
  );
}
