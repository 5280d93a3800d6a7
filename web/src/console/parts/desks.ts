import { createContext, useContext, type ComponentType } from 'react';
import type { DeskNoun } from '../icons/deskIcons.tsx';

/** A page of the console, for one program. */
export interface Desk {
  /** What it is about: the name of its folder, of its words, and of its entry in the navigation. */
  readonly noun: DeskNoun;
  /** Its addresses below the program, as wouter has them: "/rules/*?" for a page with pages of its own. */
  readonly path: string;
  readonly Page: ComponentType;
}

/** The pages that there are. */
export const DesksContext = createContext<readonly Desk[]>([]);

/** Address of a page within the program, such as "/rules"; null while there is no such page. */
export function useAddressOf(): (noun: DeskNoun) => string | null {
  const desks = useContext(DesksContext);
  return (noun) => (desks.some((desk) => desk.noun === noun) ? addressOfDesk(noun) : null);
}

/** Today is where a program begins. */
export const addressOfDesk = (noun: DeskNoun): string => (noun === 'today' ? '/' : `/${noun}`);
