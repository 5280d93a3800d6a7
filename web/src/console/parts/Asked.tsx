import type { JSX, ReactNode } from 'react';
import { usePoller } from '../../shared/polling/usePolled.ts';
import type { Polled } from '../../shared/polling/poller.ts';
import { ErrorCard, OfflineBar, Skeleton, StaleBar } from '../../shared/ui/States.tsx';
import { useIsOnline, type Need } from '../access/barrier.ts';
import { NoAccess } from './NoAccess.tsx';

/** Codes of a question that the role of the person does not open. */
const NO_ACCESS = ['FORBIDDEN'];

/**
 * What a page shows of a question, in every state: a skeleton as tall as what will come, what failed and why, no access, and the
 * data, with a bar over it when they are from before.
 *
 * @example
 * <Asked of={usePolled(RulesQuery)} lines={[200, 200]} isStale={({ program }) => program.supply.stale}>
 *   {({ program }) => <RuleCards rules={program.ruleSets} />}
 * </Asked>
 */
export function Asked<Result>({
  of: { data, error, loadedAt },
  lines,
  isStale = () => false,
  needs,
  children,
}: {
  readonly of: Polled<Result>;
  /** Heights in pixels of the parts that will come, top to bottom. */
  readonly lines: readonly number[];
  /** Whether the data say that the chain does not answer. */
  readonly isStale?: (data: Result) => boolean;
  /** Who may ask it, for all others to read; left out where all roles may. */
  readonly needs?: Need;
  readonly children: (data: Result) => ReactNode;
}): JSX.Element {
  const poller = usePoller();
  const isOnline = useIsOnline();
  if (error !== null && NO_ACCESS.includes(error.code)) return <NoAccess needs={needs} />;
  if (data === null) {
    // The session ended: the page asks for it by itself.
    const isWaiting = error === null || error.code === 'UNAUTHENTICATED';
    return isWaiting ? (
      <Skeleton lines={lines} onAgain={poller.refresh} />
    ) : (
      <ErrorCard error={error} onAgain={poller.refresh} />
    );
  }
  const isLost = !isOnline || error?.code === 'OFFLINE';
  const isOfChain = isStale(data);
  // Where the session ended the page asks for it by itself.
  const isOld = isOfChain || (error !== null && error.code !== 'UNAUTHENTICATED');
  return (
    <>
      {children(data)}
      {isLost && <OfflineBar loadedAt={loadedAt} />}
      {!isLost && isOld && <StaleBar loadedAt={loadedAt} error={isOfChain ? null : error} />}
    </>
  );
}
