import { Button } from '@mantine/core';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { usePolled } from '../../../../shared/polling/usePolled.ts';
import { useSignedIn } from '../../../access/workplace.ts';
import { useServiceClock } from '../../../../shared/clock/useServiceClock.ts';
import { Asked } from '../../../parts/Asked.tsx';
import { NothingYet } from '../../../parts/NothingYet.tsx';
import { ToDesk } from '../../../parts/ToDesk.tsx';
import type { DeskRule } from '../../../terms/fields.ts';
import { useAct } from '../../../writes/useAct.ts';
import { memberHref } from '../address/memberAddress.ts';
import { ActFrame, DonePart, NoSuchMember } from './ActFrame.tsx';
import { readGrant, rulesInForce, type TypedGrant } from './grant.ts';
import { GrantForm } from './GrantForm.tsx';
import { GrantFollows } from './GrantFollows.tsx';
import { ActionsGrant, GrantQuery, type GrantProgram } from './queries.ts';

const LINES = [420] as const;
const EMPTY: TypedGrant = { rule: '', count: '1', amount: '', reason: '', hours: '0' };

function Granting({
  memberId,
  program,
  rules,
  into,
}: {
  readonly memberId: string;
  readonly program: GrantProgram;
  readonly rules: readonly [DeskRule, ...DeskRule[]];
  /** Who has what is granted from a merge on; null for none. */
  readonly into: { readonly memberId: string | null; readonly startsAt: string } | null;
}): JSX.Element {
  const { t } = useTranslation('members');
  const { person } = useSignedIn();
  const [typed, setTyped] = useState(EMPTY);
  const name = `actionsRecord:${memberId}`;
  const act = useAct({ name, kind: 'actionsRecord', document: ActionsGrant, isKeyless: true });
  const rule = rules.find((each) => each.name === typed.rule) ?? rules[0];
  const { grant } = readGrant(typed, rule);
  const again = (): void => {
    setTyped(EMPTY);
    act.forget();
  };
  if (act.write?.phase === 'done') {
    return (
      <DonePart title={t('grant.done.title')} words={t('grant.done.words')}>
        <Link className="button" href={memberHref(memberId)} onClick={again}>
          {t('grant.done.go')}
        </Link>
        <Button variant="default" onClick={again}>
          {t('grant.done.again')}
        </Button>
      </DonePart>
    );
  }
  return (
    <div className="work">
      <GrantForm {...{ memberId, name, typed, rule, rules, act }} onType={setTyped} />
      <GrantFollows
        {...{ rule, grant, into }}
        hours={typed.hours}
        division={program.clock}
        marginSeconds={program.limits.voidMarginSeconds}
        person={person.name}
      />
    </div>
  );
}

/** Grants a member points by hand, under a rule of the program, for a reason. */
export function GrantDesk({ memberId }: { readonly memberId: string }): JSX.Element {
  const { t } = useTranslation('members');
  const asked = usePolled(GrantQuery, { memberId });
  useServiceClock(asked.data?.program?.clock.now, asked.loadedAt);
  return (
    <ActFrame memberId={memberId} title={t('grant.title')} lead={t('grant.lead')}>
      <Asked of={asked} lines={LINES}>
        {({ program, member }) => {
          if (program === null || member === null) return <NoSuchMember memberId={memberId} />;
          const [first, ...others] = rulesInForce(program);
          if (first === undefined) {
            return (
              <NothingYet title={t('grant.noRule.title')} words={t('grant.noRule.words')}>
                <ToDesk noun="rules">{t('grant.noRule.go')}</ToDesk>
              </NothingYet>
            );
          }
          return (
            <Granting
              memberId={memberId}
              program={program}
              rules={[first, ...others]}
              into={member.mergedInto}
            />
          );
        }}
      </Asked>
    </ActFrame>
  );
}
