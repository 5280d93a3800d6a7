import { useEffect, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { showMoney } from '../../../../shared/format/amounts.ts';
import { AnnouncePart } from '../../../announcing/AnnouncePart.tsx';
import { useBlocked } from '../../../announcing/BlockedNote.tsx';
import { ChangeSummary } from '../../../announcing/ChangeSummary.tsx';
import { DraftNote } from '../../../announcing/drafts/DraftNote.tsx';
import { SaveDraftPart } from '../../../announcing/drafts/SaveDraftPart.tsx';
import { useSharedDraft } from '../../../announcing/drafts/useSharedDraft.ts';
import { isHurtful, verdictOf, type VerdictKind } from '../../../announcing/HurtVerdict.tsx';
import { DeskAnnounce } from '../../../announcing/queries.ts';
import { useContractOutlook, type AskedOutlook } from '../../../announcing/useContractOutlook.ts';
import { useRefusalWords } from '../../../announcing/useRefusalWords.ts';
import { useAct } from '../../../writes/useAct.ts';
import { isNothing } from '../data/typedMoney.ts';
import type { DeskTerms, TermsChange } from '../data/queries.ts';
import { mostOf, recomputed } from './pastRounds.ts';
import { ROUNDS_AHEAD, TermsEffect, wordOf } from './TermsEffect.tsx';
import { TermsSheet } from './TermsSheet.tsx';
import {
  judgedTerms,
  readTermsTyped,
  TERMS_FIELDS,
  termsDiffering,
  typedTermsOf,
  typedTermsOfShared,
  type TermsField,
} from './typedTerms.ts';

/** The name of the write. */
const ANNOUNCE = 'changeAnnounce:buyback';

/** What the contract would refuse, by the field that it is about. */
function useRefusedFields(refused: AskedOutlook['refused']): Partial<Record<TermsField, string>> {
  const words = useRefusalWords();
  return Object.fromEntries(
    refused.flatMap((each) => {
      const field = TERMS_FIELDS.find((name) => each.field?.endsWith(name) === true);
      return field === undefined ? [] : [[field, words(each)]];
    }),
  );
}

/** The form, and beside it what it does. */
export function TermsWork({
  program,
  newest,
}: {
  readonly program: TermsChange;
  readonly newest: DeskTerms;
}): JSX.Element {
  const { t } = useTranslation('buyback');
  const [, navigate] = useLocation();
  const { clock, settings, pendingChange, changeRest, supply } = program;
  const { symbol, decimals } = settings.settlementToken;
  const base = typedTermsOf(newest);
  const [edited, setEdited] = useState<typeof base | null>(null);
  /** When the draft was saved that is in the form; null for none. */
  const [sharedAt, setSharedAt] = useState<string | null>(null);
  const typed = edited ?? base;

  const { terms, errors } = readTermsTyped(typed, newest, decimals);
  const isWrong = Object.keys(errors).length > 0;
  const known = termsDiffering(newest, terms, decimals);
  const isAsked = known.length > 0 && !isWrong;
  const again = JSON.stringify([newest.version, pendingChange?.number, changeRest.until]);
  const asked = useContractOutlook(isAsked ? { buyback: terms } : null, again);
  const truth = asked.isAsking ? null : asked.outlook;
  const differs = judgedTerms(known, truth);
  const own = known.some(({ effect }) => effect === 'holders');
  const isOther = truth !== null && own !== truth.hurtsHolders;
  useEffect(() => {
    if (isOther) console.error('the contract judges these terms otherwise than the page did');
  }, [isOther]);
  const holders = truth?.hurtsHolders ?? own;
  const kind: VerdictKind = isWrong
    ? 'wrong'
    : known.length === 0
      ? 'none'
      : verdictOf({ members: false, holders });
  const isHurting = isHurtful(kind);

  const shared = useSharedDraft('BUYBACK', program.termsDraft, false);
  const { draft } = shared;
  const ofDraft = draft === null ? null : typedTermsOfShared(draft.terms, decimals);
  const isUsed = draft !== null && sharedAt === draft.savedAt;
  const act = useAct(
    { name: ANNOUNCE, kind: 'changeAnnounce', document: DeskAnnounce },
    ({ payload }) => {
      act.forget();
      if (isUsed) shared.remove(draft.revision);
      setEdited(null);
      setSharedAt(null);
      const { change } = payload as { change: { number: number } | null };
      navigate(change === null ? '/changes' : `/changes/${change.number}`);
    },
  );
  const barrier = useBlocked(program, asked.outlook, {
    ...{ now: clock.now, isHurting, target: 'BUYBACK' },
  });
  const refusedFields = useRefusedFields(asked.refused);
  const words = Object.fromEntries(
    Object.entries(errors).map(([field, error]) => [
      field,
      t(`terms.error.${error}`, { decimals }),
    ]),
  );
  const most = mostOf(terms, { outstanding: supply.outstanding, rounds: ROUNDS_AHEAD, decimals });
  const rounds = recomputed(
    program.past.edges.map(({ node }) => node),
    terms,
    decimals,
  );
  return (
    <>
      <DraftNote
        {...{ shared, isUsed }}
        use={
          draft === null || ofDraft === null
            ? null
            : {
                isWhole: true,
                go: () => {
                  setEdited(ofDraft);
                  setSharedAt(draft.savedAt);
                },
              }
        }
        hasTyped={known.length > 0 || isWrong}
      />
      <ChangeSummary
        kind={kind}
        title={t(`verdict.${wordOf(kind)}.short`)}
        noticeSeconds={settings.noticeSeconds}
      >
        <span>{t('most.short', { money: `${showMoney(most.money)} ${symbol}` })}</span>
      </ChangeSummary>
      <div className="work">
        <TermsSheet
          {...{ typed, base, differs, most, symbol }}
          title={t('version', { version: newest.version + 1 })}
          tag={
            isNothing(newest.budgetPerRound)
              ? t('terms.afterNothing')
              : t('terms.after', { version: newest.version, round: newest.fromRound })
          }
          errors={{ ...refusedFields, ...words }}
          isDisabled={act.isUnderWay}
          onChange={setEdited}
          onAgain={() => {
            setEdited(null);
            setSharedAt(null);
          }}
        />
        <TermsEffect
          {...{ asked, kind, program, rounds, most }}
          version={newest.version}
          blocked={barrier}
        >
          <AnnouncePart
            name={ANNOUNCE}
            isHurting={isHurting}
            programName={program.name}
            noticeSeconds={settings.noticeSeconds}
            barrier={barrier}
            isReady={truth !== null && barrier === null}
            isUnderWay={act.isUnderWay}
            onAnnounce={() => act.start({ dryRun: false, terms: { buyback: terms } })}
          />
          <SaveDraftPart
            shared={shared}
            terms={JSON.stringify({ buyback: terms })}
            barrier={isAsked ? null : t(`verdict.${wordOf(kind)}.title`)}
          />
        </TermsEffect>
      </div>
    </>
  );
}
