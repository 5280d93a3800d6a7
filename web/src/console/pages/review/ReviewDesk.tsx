import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { NotOnThisConsole } from '../../access/NotOnThisConsole.tsx';
import { useWorkplace } from '../../access/workplace.ts';
import { ActionCard } from '../../actions/ActionCard.tsx';
import {
  DECISIONS,
  decisionWrite,
  isOpen,
  type ActionName,
  type Decision,
} from '../../actions/decisions.ts';
import { DecisionSheet } from '../../actions/DecisionSheet.tsx';
import { CsvButton } from '../../lists/CsvButton.tsx';
import { ShowMoreRows } from '../../lists/ShowMoreRows.tsx';
import { useRows } from '../../lists/useRows.ts';
import { Asked } from '../../parts/Asked.tsx';
import { DeskHead } from '../../parts/DeskHead.tsx';
import { NothingYet } from '../../parts/NothingYet.tsx';
import { ChosenBar } from './ChosenBar.tsx';
import { DeadlineWords } from './DeadlineWords.tsx';
import { OutcomePart } from './OutcomePart.tsx';
import { outcomesOf } from './outcomes.ts';
import { ReviewQuery } from './queries.ts';
import './review.css';

const LINES = [130, 130, 130] as const;
/** Of one call. */
const MOST_AT_ONCE = 500;
const TOGETHER = 'review';

const keyOf = ({ memberId, eventId }: ActionName): string => JSON.stringify([memberId, eventId]);

/** Actions that do not count yet: looked at before they do. */
export function ReviewDesk(): JSX.Element {
  const { t } = useTranslation('review');
  const { api } = useWorkplace();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [asked, setAsked] = useState<Decision | null>(null);
  const [last, setLast] = useState<Decision | null>(null);
  const [gone, setGone] = useState<readonly string[]>([]);
  const actions = useRows({
    document: ReviewQuery,
    variables: {},
    client: api.client,
    pick: ({ program }) => program?.actions,
  });
  const now = actions.first.data?.program?.clock.now;
  const nowMs = now === undefined ? 0 : Date.parse(now);
  // What was voided here is in later pages until they are asked for again.
  const rows = actions.rows.filter((action) => !gone.includes(keyOf(action)));
  const picked = rows.filter((action) => chosen.includes(keyOf(action)) && isOpen(action, nowMs));
  const choose = (action: ActionName, isChosen: boolean): void =>
    setChosen((known) => {
      const others = known.filter((key) => key !== keyOf(action));
      return isChosen ? [...others, keyOf(action)] : others;
    });
  const all = rows.filter((action) => isOpen(action, nowMs)).slice(0, MOST_AT_ONCE);
  return (
    <>
      <DeskHead title={t('title')} lead={t('lead')}>
        <CsvButton list="actions.csv" filters={{ state: 'MATURING' }} />
      </DeskHead>
      {last !== null && <OutcomePart decision={last} name={decisionWrite(last, TOGETHER)} />}
      <Asked of={actions.first} lines={LINES}>
        {({ program }) => {
          if (program === null) return <NotOnThisConsole />;
          if (rows.length === 0 && !actions.hasMore) {
            return <NothingYet title={t('none.title')} words={t('none.words')} />;
          }
          return (
            <>
              <ChosenBar
                count={picked.length}
                allCount={all.length}
                most={MOST_AT_ONCE}
                onAll={() =>
                  setChosen(picked.length === all.length ? [] : all.map((action) => keyOf(action)))
                }
                onDecide={setAsked}
              />
              {rows.length === 0 && <p className="panel review-quiet">{t('noneYet')}</p>}
              <ol className="panel review-rows">
                {rows.map((action) => (
                  <li className="part" key={keyOf(action)}>
                    <ActionCard
                      action={action}
                      nowMs={nowMs}
                      lead={
                        <>
                          <label className="review-choose">
                            <span className="visually-hidden">
                              {t('choose', {
                                memberId: action.memberId,
                                eventId: action.eventId,
                              })}
                            </span>
                            <input
                              type="checkbox"
                              checked={chosen.includes(keyOf(action))}
                              disabled={!isOpen(action, nowMs)}
                              onChange={({ currentTarget }) =>
                                choose(action, currentTarget.checked)
                              }
                            />
                          </label>
                          <Link href={`/members/${encodeURIComponent(action.memberId)}`}>
                            {action.memberId}
                          </Link>
                        </>
                      }
                    >
                      <DeadlineWords action={action} nowMs={nowMs} />
                    </ActionCard>
                  </li>
                ))}
              </ol>
              <ShowMoreRows of={actions} />
            </>
          );
        }}
      </Asked>
      {DECISIONS.map((decision) => (
        <DecisionSheet
          key={decision}
          isOpen={asked === decision}
          decision={decision}
          name={decisionWrite(decision, TOGETHER)}
          actions={picked}
          onClose={() => setAsked((open) => (open === decision ? null : open))}
          onDone={(write) => {
            const { done, unchanged, refused } = outcomesOf(write);
            const decided = [...done, ...unchanged].map(keyOf);
            const answered = [...decided, ...refused.map(keyOf)];
            setLast(decision);
            if (decision === 'void') setGone((known) => [...known, ...decided]);
            setChosen((known) => known.filter((key) => !answered.includes(key)));
          }}
        />
      ))}
    </>
  );
}
