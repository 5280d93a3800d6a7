import type { JSX, ReactNode } from 'react';
import { Link } from 'wouter';
import type { DeskNoun } from '../icons/deskIcons.tsx';
import { useAddressOf } from './desks.ts';

/** A link to another page of the program, or to a part of it; nothing while there is no such page. */
export function ToDesk({
  noun,
  rest = '',
  children,
}: {
  readonly noun: DeskNoun;
  /** What follows the address of the page, such as "/7". */
  readonly rest?: string;
  readonly children: ReactNode;
}): JSX.Element | null {
  const address = useAddressOf()(noun);
  return address === null ? null : <Link href={`${address}${rest}`}>{children}</Link>;
}
