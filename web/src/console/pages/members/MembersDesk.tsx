import type { JSX } from 'react';
import { Route, Switch } from 'wouter';
import { NotOnThisConsole } from '../../access/NotOnThisConsole.tsx';
import { EraseDesk } from './acts/EraseDesk.tsx';
import { GrantDesk } from './acts/GrantDesk.tsx';
import { MergeDesk } from './acts/MergeDesk.tsx';
import { useMemberId } from './address/memberAddress.ts';
import { MemberDesk } from './one/MemberDesk.tsx';
import { MemberListDesk } from './MemberListDesk.tsx';
import './members.css';

/** Members: all of them, one, and what can be done for one. */
export function MembersDesk(): JSX.Element {
  const memberId = useMemberId();
  return (
    <Switch>
      <Route path="/members">
        <MemberListDesk />
      </Route>
      <Route path="/members/:id">
        <MemberDesk key={memberId} memberId={memberId} />
      </Route>
      <Route path="/members/:id/grant">
        <GrantDesk key={memberId} memberId={memberId} />
      </Route>
      <Route path="/members/:id/merge">
        <MergeDesk key={memberId} memberId={memberId} />
      </Route>
      <Route path="/members/:id/erase">
        <EraseDesk key={memberId} memberId={memberId} />
      </Route>
      <Route>
        <NotOnThisConsole />
      </Route>
    </Switch>
  );
}
