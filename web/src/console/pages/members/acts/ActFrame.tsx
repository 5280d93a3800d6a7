import type { JSX, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { DeskHead } from '../../../parts/DeskHead.tsx';
import { NothingYet } from '../../../parts/NothingYet.tsx';
import { useFocusHere } from '../../../parts/useFocusHere.ts';
import { memberHref } from '../address/memberAddress.ts';
import '../../../terms/terms.css';

/** The page of something that is done for a member. */
export function ActFrame({
  memberId,
  title,
  lead,
  children,
}: {
  readonly memberId: string;
  readonly title: string;
  readonly lead: string;
  readonly children: ReactNode;
}): JSX.Element {
  const { t } = useTranslation('members');
  const crumbs = [
    { words: t('title'), href: '/members' },
    { words: memberId, href: memberHref(memberId) },
  ];
  return (
    <>
      <DeskHead title={title} lead={lead} crumbs={crumbs} />
      {children}
    </>
  );
}

/** There is no member of this id. */
export function NoSuchMember({ memberId }: { readonly memberId: string }): JSX.Element {
  const { t } = useTranslation('members');
  return (
    <NothingYet title={t('unknown.title', { memberId })} words={t('unknown.words')}>
      <Link className="button" href="/members">
        {t('unknown.go')}
      </Link>
    </NothingYet>
  );
}

/** What follows, beside the form: before anything is sent. */
export function FollowsPart({
  title,
  isBad = false,
  lines,
}: {
  readonly title: string;
  /** Whether it can not be taken back. */
  readonly isBad?: boolean;
  readonly lines: readonly string[];
}): JSX.Element {
  const { t } = useTranslation('members');
  return (
    <section className="panel" aria-label={t('follows')}>
      <div className={isBad ? 'verdict bad' : 'verdict quiet'}>
        <h2>{title}</h2>
      </div>
      <ul className="part follows">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}

/** It was done: its result, and where to go on. */
export function DonePart({
  title,
  words,
  children,
}: {
  readonly title: string;
  readonly words: string;
  /** Links and buttons. */
  readonly children: ReactNode;
}): JSX.Element {
  const head = useFocusHere<HTMLHeadingElement>();
  return (
    <section className="panel" role="status">
      <div className="verdict good">
        <h2 ref={head} tabIndex={-1}>
          {title}
        </h2>
        <p>{words}</p>
      </div>
      <div className="part member-ways">{children}</div>
    </section>
  );
}
