import type { JSX, ReactNode } from 'react';
import { useWorkplace } from '../access/workplace.ts';
import { AskingAs } from '../asking/AskingAs.tsx';
import { PausedBar } from '../parts/PausedBar.tsx';
import { JumpPalette } from './JumpPalette.tsx';
import { PersonMenu } from './PersonMenu.tsx';
import { ProgramSwitcher } from './ProgramSwitcher.tsx';
import { ResumedWrites } from './ResumedWrites.tsx';
import { SideNav } from './SideNav.tsx';
import { SigningSteps } from './SigningSteps.tsx';
import { TestBar } from './TestBar.tsx';

/** What is around every page of a program. */
export function Shell({ children }: { readonly children: ReactNode }): JSX.Element {
  const { isTest, organisationApi } = useWorkplace();
  return (
    <div className={isTest ? 'shell in-test' : 'shell'}>
      <TestBar />
      <div className="side">
        <ProgramSwitcher />
        <SideNav />
        <PersonMenu />
      </div>
      <main className="main">
        <PausedBar />
        <ResumedWrites />
        <AskingAs api={organisationApi}>
          <ResumedWrites />
        </AskingAs>
        {children}
      </main>
      <JumpPalette />
      <SigningSteps />
    </div>
  );
}
