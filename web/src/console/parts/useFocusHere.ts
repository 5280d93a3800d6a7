import { useEffect, useRef, type RefObject } from 'react';

/**
 * Gives a part the focus as it comes, such as the title of a result in the place of the form that asked for it.
 *
 * @returns what the part takes as `ref`; a title wants `tabIndex={-1}` besides
 */
export function useFocusHere<Part extends HTMLElement>(): RefObject<Part | null> {
  const part = useRef<Part>(null);
  useEffect(() => part.current?.focus(), []);
  return part;
}

/**
 * Moves the focus with a place in which a button becomes a question and a button again: into the question, and back to the button.
 *
 * @param isAsked whether the question is there
 * @param into selects what of the question gets the focus: nothing that does something grave
 * @returns what the place takes as `ref`
 */
export function useFocusTurn<Part extends HTMLElement>(
  isAsked: boolean,
  into: string,
): RefObject<Part | null> {
  const place = useRef<Part>(null);
  const wasAsked = useRef(isAsked);
  useEffect(() => {
    if (wasAsked.current === isAsked) return;
    wasAsked.current = isAsked;
    place.current?.querySelector<HTMLElement>(isAsked ? into : 'button')?.focus();
  }, [isAsked, into]);
  return place;
}
