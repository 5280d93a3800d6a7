import type { JSX } from 'react';
import { useWords } from '../format/AuditWords.tsx';

interface DifferencesProps {
  readonly all: readonly {
    readonly name: string;
    readonly before: string | null;
    readonly after: string | null;
  }[];
}

/** What two versions say differently, side by side; what is the same is left out. */
export function Differences({ all }: DifferencesProps): JSX.Element {
  const { say } = useWords();
  if (all.length === 0) return <p>{say('terms.same')}</p>;
  return (
    <table className="differences-table">
      <thead>
        <tr>
          <th scope="col">{say('terms.what')}</th>
          <th scope="col">{say('terms.before')}</th>
          <th scope="col">{say('terms.after')}</th>
        </tr>
      </thead>
      <tbody>
        {all.map(({ name, before, after }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{before ?? say('terms.none')}</td>
            <td>{after ?? say('terms.none')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
