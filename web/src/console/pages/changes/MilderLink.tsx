import { Button } from '@mantine/core';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useWorkplace } from '../../access/workplace.ts';
import { useFocusTurn } from '../../parts/useFocusHere.ts';
import { keepDraft, keptDraft } from '../rules/draft/keptDraft.ts';
import { typedOfProposed } from '../rules/draft/sharedRules.ts';
import type { ChangeOfProgram, DeskChange } from './data/queries.ts';

const FORM = '/rules/new';

/** Begins another change from what this one wanted; asks first where that would take the place of a draft. */
export function MilderLink({
  program,
  change,
}: {
  readonly program: ChangeOfProgram;
  readonly change: DeskChange;
}): JSX.Element | null {
  const { t } = useTranslation('changes');
  const { programId } = useWorkplace();
  const [, navigate] = useLocation();
  const [isAsked, setAsked] = useState(false);
  const place = useFocusTurn<HTMLSpanElement>(isAsked, 'button');
  const newest = program.ruleSets.edges[0]?.node;
  if (newest === undefined || change.proposedRules === null) return null;
  const typed = typedOfProposed(change.proposedRules, newest);
  if (typed === null) return null;
  const begin = (): void => {
    keepDraft(programId, { baseVersion: newest.version, typed, later: null });
    navigate(FORM);
  };
  return (
    <span ref={place}>
      {isAsked ? (
        <>
          {t('milderOver')}
          <span className="act-row">
            <Button variant="default" onClick={() => navigate(FORM)}>
              {t('milderMine')}
            </Button>
            <Button variant="default" onClick={begin}>
              {t('milderAnew')}
            </Button>
          </span>
        </>
      ) : (
        <Link
          href={FORM}
          onClick={(event) => {
            event.preventDefault();
            if (keptDraft(programId) === null) begin();
            else setAsked(true);
          }}
        >
          {t('milder')}
        </Link>
      )}
    </span>
  );
}
