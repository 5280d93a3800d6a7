import { useEffect, useState, type RefObject } from 'react';

const ASLEEP_AFTER_MS = 20_000;
const TOUCHES = ['pointerdown', 'keydown', 'scroll'] as const;

/** Tells whether nobody looks: after 20 seconds without a touch, while the page is hidden, and while the scene is out of view. */
export function useAsleep(scene: RefObject<HTMLElement | null>): boolean {
  const [isIdle, setIdle] = useState(false);
  const [isSeen, setSeen] = useState(true);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const wake = (): void => {
      clearTimeout(timer);
      setIdle(document.hidden);
      if (!document.hidden) timer = setTimeout(() => setIdle(true), ASLEEP_AFTER_MS);
    };
    document.addEventListener('visibilitychange', wake);
    for (const touch of TOUCHES) addEventListener(touch, wake, { passive: true });
    wake();
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', wake);
      for (const touch of TOUCHES) removeEventListener(touch, wake);
    };
  }, []);
  useEffect(() => {
    if (scene.current === null) return undefined;
    const observer = new IntersectionObserver(([entry]) => setSeen(entry?.isIntersecting ?? true));
    observer.observe(scene.current);
    return () => observer.disconnect();
  }, [scene]);
  return isIdle || !isSeen;
}
