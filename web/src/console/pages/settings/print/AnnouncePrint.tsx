import { TextInput } from '@mantine/core';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showPoints } from '../../../../shared/format/amounts.ts';
import { showMoment } from '../../../../shared/format/dates.ts';
import { TransactionStatus } from '../../../../shared/transactions/TransactionStatus.tsx';
import { ErrorCard, Skeleton } from '../../../../shared/ui/States.tsx';
import { ActButton } from '../../../access/ActButton.tsx';
import { BlockedNote, useBlocked } from '../../../announcing/BlockedNote.tsx';
import { DeskAnnounce } from '../../../announcing/queries.ts';
import { RefusedNotes } from '../../../announcing/RefusedNotes.tsx';
import { useContractOutlook } from '../../../announcing/useContractOutlook.ts';
import { ToDesk } from '../../../parts/ToDesk.tsx';
import { budgetOf } from '../../../terms/compareRules.ts';
import { CheckLine } from '../../../terms/CheckLine.tsx';
import { useAct } from '../../../writes/useAct.ts';
import { ruleSetInput } from '../../rules/draft/typedRules.ts';
import type { PrintProgram } from './queries.ts';

const NAME = 'changeAnnounce:print';
const LINES = [160] as const;

/** What the new small print would do by the contract, and the announcement of it: the rules stay as they are. */
export function AnnouncePrint({
  program,
  hash,
  onDone,
}: {
  readonly program: PrintProgram;
  readonly hash: `0x${string}`;
  readonly onDone: () => void;
}): JSX.Element {
  const { t, i18n } = useTranslation('settings');
  const [isTicked, setTicked] = useState(false);
  const [typed, setTyped] = useState('');
  const act = useAct({ name: NAME, kind: 'changeAnnounce', document: DeskAnnounce }, onDone);
  const newest = program.ruleSets.edges[0]?.node ?? null;
  const isSame = newest?.documentHash === hash;
  const ruleSet =
    newest === null || isSame
      ? null
      : ruleSetInput({ rules: newest.rules, budget: budgetOf(newest) }, hash);
  const again = `${program.pendingChange?.number ?? ''} ${program.changeRest.until ?? ''}`;
  const asked = useContractOutlook(ruleSet === null ? null : { ruleSet }, again);
  const { outlook, refused, failure } = asked;
  const blocked = useBlocked(program, outlook, {
    ...{ now: program.clock.now, isHurting: outlook?.hurtsMembers === true, target: 'RULES' },
  });
  const isNamed = typed.trim() === program.name.trim();
  const when = (iso: string): string => showMoment(iso, i18n.language);
  if (isSame) return <p className="panel part">{t('print.same')}</p>;
  return (
    <section className="panel" aria-labelledby="print-announce">
      <div className="panel-head">
        <h2 id="print-announce">{t('print.announce')}</h2>
      </div>
      <div className="part settings-stack">
        {failure !== null && <ErrorCard error={failure} onAgain={asked.askAgain} />}
        {failure === null && outlook === null && asked.isAsking && <Skeleton lines={LINES} />}
        {outlook !== null && (
          <ul className="settings-steps">
            <li>{outlook.hurtsMembers ? t('print.hurts') : t('print.hurtsNot')}</li>
            {outlook.noticeEndsAt !== null && (
              <li>{t('print.notice', { at: when(outlook.noticeEndsAt) })}</li>
            )}
            {outlook.objectionsNeeded !== null && (
              <li>{t('print.objections', { points: showPoints(outlook.objectionsNeeded) })}</li>
            )}
            {outlook.earliestEffect !== null && (
              <li>{t('print.effect', { at: when(outlook.earliestEffect) })}</li>
            )}
          </ul>
        )}
      </div>
      {blocked !== null && <BlockedNote words={blocked} pending={program.pendingChange} />}
      <RefusedNotes refused={refused} />
      <div className="part settings-stack">
        <CheckLine isTicked={isTicked} onTick={setTicked}>
          {t('print.iKnow')}
        </CheckLine>
        <TextInput
          className="settings-address"
          label={t('handOver.type', { name: program.name })}
          autoComplete="off"
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <ActButton
          needs="OWNER"
          loading={act.isUnderWay}
          disabled={
            ruleSet === null || outlook === null || blocked !== null || !isTicked || !isNamed
          }
          onClick={() => ruleSet !== null && act.start({ terms: { ruleSet } })}
        >
          {t('print.go')}
        </ActButton>
        <TransactionStatus name={NAME} />
        <div className="settings-ways">
          <ToDesk noun="changes">{t('print.toChanges')}</ToDesk>
        </div>
      </div>
    </section>
  );
}
