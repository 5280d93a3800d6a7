import { useEffect, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { usePolled } from '../../../../shared/polling/usePolled.ts';
import { Amount } from '../../../../shared/ui/Values.tsx';
import { useWorkplace } from '../../../access/workplace.ts';
import { AnnouncePart } from '../../../announcing/AnnouncePart.tsx';
import { useBlocked } from '../../../announcing/BlockedNote.tsx';
import { ChangeSummary } from '../../../announcing/ChangeSummary.tsx';
import { DraftNote } from '../../../announcing/drafts/DraftNote.tsx';
import { SaveDraftPart } from '../../../announcing/drafts/SaveDraftPart.tsx';
import { useSharedDraft } from '../../../announcing/drafts/useSharedDraft.ts';
import { isHurtful, verdictOf, type VerdictKind } from '../../../announcing/HurtVerdict.tsx';
import { DeskAnnounce } from '../../../announcing/queries.ts';
import { useRefusalWords } from '../../../announcing/useRefusalWords.ts';
import { moneyChangeOf } from '../../../terms/changeOf.ts';
import { compareRuleSets, NO_BUDGET_LIMIT } from '../../../terms/compareRules.ts';
import { epochOf } from '../../../terms/epochs.ts';
import type { DeskRuleSet } from '../../../terms/fields.ts';
import { useAct } from '../../../writes/useAct.ts';
import { typedOfShared } from '../draft/sharedRules.ts';
import { betterPart, errorKey, readTyped, ruleSetInput } from '../draft/typedRules.ts';
import { EffectColumn } from '../effect/EffectColumn.tsx';
import { hurtBy, judged } from '../effect/judged.ts';
import { UsedRulesQuery, type RuleChangeProgram } from '../effect/queries.ts';
import { useOutlook, type AskedRules } from '../effect/useOutlook.ts';
import { RulesSheet } from './RulesSheet.tsx';
import { useRulesForm } from './useRulesForm.ts';

/** Ids of rules are a byte. */
const MOST_RULE_ID = 255;
const MOST_RULES = 32;
/** The name of the write. */
const ANNOUNCE = 'changeAnnounce:rules';

/** An id that no rule ever had; null while it is not known, or when there is no room. */
function useNextRuleId(inForm: readonly { readonly ruleId: number }[]): number | null {
  const { data } = usePolled(UsedRulesQuery);
  if (data === null || inForm.length >= MOST_RULES) return null;
  const used = data.program?.ruleSets.edges.flatMap(({ node }) => node.rules) ?? [];
  const next = Math.max(-1, ...[...used, ...inForm].map(({ ruleId }) => ruleId)) + 1;
  return next > MOST_RULE_ID ? null : next;
}

/** What the contract would refuse of a rule, by the field that it is about. */
function refusedFields(
  refused: AskedRules['refused'],
  sent: readonly { readonly ruleId: number }[],
  words: (refused: AskedRules['refused'][number]) => string,
): Record<string, string> {
  return Object.fromEntries(
    refused.flatMap((each) => {
      const { field } = each;
      const [, at, name = ''] = /rules\[(\d+)\]\.?(\w*)/.exec(field ?? '') ?? [];
      const ruleId = at === undefined ? null : (sent[Number(at)]?.ruleId ?? null);
      if (ruleId !== null) return [[errorKey(ruleId, name), words(each)]];
      return field?.endsWith('budgetPerEpoch') === true ? [['budget', words(each)]] : [];
    }),
  );
}

/** The form, and beside it what it does. */
export function RulesWork({
  program,
  newest,
}: {
  readonly program: RuleChangeProgram;
  readonly newest: DeskRuleSet;
}): JSX.Element {
  const { t } = useTranslation('rules');
  const [, navigate] = useLocation();
  const { programId } = useWorkplace();
  const form = useRulesForm(programId, newest);
  const [isFirstDone, setFirstDone] = useState(false);
  const { clock, settings, pendingChange, changeRest } = program;

  const read = readTyped(form.typed, newest.rules);
  const isWrong = Object.keys(read.errors).length > 0;
  const after = {
    ...newest,
    ...{ rules: read.rules, budgetPerEpoch: read.budget ?? NO_BUDGET_LIMIT },
  };
  const known = compareRuleSets(newest, after, epochOf(clock, clock.now) + 1);
  const isAsked = known.length > 0 && !isWrong;
  const ruleSet = isAsked ? ruleSetInput(read, newest.documentHash) : null;
  const again = JSON.stringify([newest.version, pendingChange?.number, changeRest.until]);
  const asked = useOutlook(ruleSet, again);
  const truth = asked.isAsking ? null : asked.outlook;
  const lines = judged(known, truth);
  const own = hurtBy(known);
  const isOther =
    truth !== null && (own.members !== truth.hurtsMembers || own.holders !== truth.hurtsHolders);
  useEffect(() => {
    if (isOther) console.error('the contract judges these rules otherwise than the page did');
  }, [isOther]);
  const hurt =
    truth === null ? hurtBy(lines) : { members: truth.hurtsMembers, holders: truth.hurtsHolders };
  const kind: VerdictKind = isWrong ? 'wrong' : known.length === 0 ? 'none' : verdictOf(hurt);
  const isHurting = isHurtful(kind);
  const canSplit = isHurting && !form.isSplit && lines.some(({ effect }) => effect === 'better');

  const shared = useSharedDraft('RULES', program.termsDraft, true);
  const { draft } = shared;
  const ofDraft = draft === null ? null : typedOfShared(draft.terms, newest);
  const isUsed = draft !== null && form.sharedAt === draft.savedAt;
  const act = useAct(
    { name: ANNOUNCE, kind: 'changeAnnounce', document: DeskAnnounce },
    ({ payload }) => {
      act.forget();
      if (form.isSplit) {
        setFirstDone(true);
        return form.join();
      }
      if (isUsed) shared.remove(draft.revision);
      form.clear();
      const { change } = payload as { change: { number: number } | null };
      navigate(change === null ? '/changes' : `/changes/${change.number}`);
    },
  );
  const barrier = useBlocked(program, asked.outlook, {
    ...{ now: clock.now, isHurting, target: 'RULES' },
  });
  const refusalWords = useRefusalWords();
  const nextRuleId = useNextRuleId(form.typed.rules);
  const words = Object.fromEntries(
    Object.entries(read.errors).map(([key, error]) => [key, t(`edit.error.${error}`)]),
  );
  const preview = isAsked ? asked.preview : null;
  return (
    <>
      <DraftNote
        {...{ shared, isUsed }}
        use={
          draft === null || ofDraft === null
            ? null
            : {
                isWhole: ofDraft.isWhole,
                go: () => form.use(ofDraft.typed, draft.savedAt),
              }
        }
        hasTyped={form.hasDraft}
      />
      <ChangeSummary
        kind={kind}
        title={t(`verdict.${kind}.short`)}
        noticeSeconds={settings.noticeSeconds}
      >
        {preview !== null && (
          <span>
            <Amount
              value={moneyChangeOf(preview.costBefore, preview.costAfter)}
              symbol={settings.settlementToken.symbol}
              sign
            />
          </span>
        )}
      </ChangeSummary>
      <div className="work">
        <RulesSheet
          {...{ form, newest, lines, clock, nextRuleId }}
          errors={{ ...refusedFields(asked.refused, read.rules, refusalWords), ...words }}
          preview={preview}
          isDisabled={act.isUnderWay}
        />
        <EffectColumn
          {...{ asked, kind, lines, program }}
          blocked={barrier}
          baseVersion={newest.version}
          onSplit={canSplit ? () => form.split(betterPart(form.typed, form.base, lines)) : null}
        >
          <AnnouncePart
            name={ANNOUNCE}
            key={`${form.isSplit}`}
            isHurting={isHurting}
            programName={program.name}
            noticeSeconds={settings.noticeSeconds}
            barrier={barrier}
            isReady={truth !== null && barrier === null}
            isUnderWay={act.isUnderWay}
            onAnnounce={() => {
              if (ruleSet === null) return;
              act.start({ dryRun: false, terms: { ruleSet } });
            }}
          />
          <SaveDraftPart
            shared={shared}
            terms={JSON.stringify({ ruleSet })}
            barrier={ruleSet === null ? t(`verdict.${kind}.title`) : null}
          />
          <DraftNotes form={form} version={newest.version} isFirstDone={isFirstDone} />
        </EffectColumn>
      </div>
    </>
  );
}

/** What is to be known of the draft: where it is kept, from what it was begun, and which part of it is in the form. */
function DraftNotes({
  form,
  version,
  isFirstDone,
}: {
  readonly form: ReturnType<typeof useRulesForm>;
  readonly version: number;
  /** Whether the better part was announced here. */
  readonly isFirstDone: boolean;
}): JSX.Element | null {
  const { t } = useTranslation('rules');
  if (!form.hasDraft) return null;
  return (
    <div className="draft-notes" role="status">
      {form.isSplit && (
        <p>
          {t('split.first')}{' '}
          <button type="button" className="text-button" onClick={form.join}>
            {t('split.join')}
          </button>
        </p>
      )}
      {isFirstDone && <p>{t('split.second')}</p>}
      {form.begunFrom !== null && <p>{t('draft.older', { begun: form.begunFrom, version })}</p>}
      <p>{form.isKept ? t('draft.kept') : t('draft.notKept')}</p>
    </div>
  );
}
