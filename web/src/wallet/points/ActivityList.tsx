import type { JSX } from 'react';
import { Link } from 'wouter';
import { LookIcon } from '../../shared/ui/icons.tsx';
import { Amount } from '../../shared/ui/Values.tsx';
import { useRowLooks, type RowContext } from './activityWords.ts';
import type { ActivityRow } from './fields.ts';

/** Rows of what happened, newest first. Each leads to what explains it. */
export function ActivityList({
  rows,
  context,
}: {
  readonly rows: readonly ActivityRow[];
  readonly context: RowContext;
}): JSX.Element {
  const lookOf = useRowLooks(context);
  return (
    <ul className="rows">
      {rows.map((row, index) => {
        const { title, note, points, state, icon, otherIcon, to } = lookOf(row);
        const look = state.look === 'plain' ? '' : `is-${state.look}`;
        return (
          <li key={`${row.at} ${row.kind} ${row.rule?.ruleId ?? ''} ${index}`}>
            <Link className="row" href={to}>
              <span className="row-icon">
                <LookIcon icon={icon} otherwise={otherIcon} />
              </span>
              <span>
                <span className="row-title">{title}</span>
                <span className="row-note">{note}</span>
              </span>
              <span className="row-value">
                {points !== null && <Amount value={points} sign />}
                {state.words !== '' && <small className={look}>{state.words}</small>}
              </span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
