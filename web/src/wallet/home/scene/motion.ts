/** The moment of joy: a tapped drop is squeezed, falls into the pool and makes rings. Web Animations only. */

/** Pixels a second squared. Twice what feels real, since the way is short. */
const GRAVITY = 2_600;
/** The water begins so many pixels above the lower edge of the scene. */
const SURFACE = 50;
/** Between two drops that are collected together, and for all of them at most. */
const STEP_MS = 90;
const MOST_STEPS_MS = 1_200;

const calm = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Time after which drop number `index` of `all` begins to fall. */
export const fallDelayMs = (index: number, all: number): number =>
  index * Math.min(STEP_MS, MOST_STEPS_MS / Math.max(1, all));

/** Makes a drop say no, once: nothing is sent without a connection. */
export async function shake(drop: HTMLElement): Promise<void> {
  if (calm()) return;
  const steps = ['0', '-6px', '6px', '-4px', '0'].map((x) => ({ transform: `translateX(${x})` }));
  await drop.animate(steps, { duration: 320 }).finished;
}

/** Lets a drop fall into the pool below the scene. @param text what rises where it fell, such as "+5.20" */
export async function fall(drop: HTMLElement, scene: HTMLElement, text: string): Promise<void> {
  const body = drop.querySelector<HTMLElement>('.drop-body');
  if (body === null) return;
  if (calm()) {
    await body.animate([{ opacity: 1 }, { opacity: 0 }], { duration: 150, fill: 'forwards' })
      .finished;
    return;
  }
  // Browsers allow it after a touch only, and complain about it elsewhere.
  if (navigator.userActivation?.hasBeenActive === true) navigator.vibrate?.(8);
  const bottom = body.getBoundingClientRect().bottom;
  const height = Math.max(20, scene.getBoundingClientRect().bottom - SURFACE - bottom);
  await body.animate(
    [
      { transform: 'scale(1, 1)' },
      { transform: 'scale(1.1, 0.88)' },
      { transform: 'scale(0.96, 1.05)' },
    ],
    { duration: 150, easing: 'ease-out' },
  ).finished;
  await body.animate(
    [
      { transform: 'translateY(0) scale(0.96, 1.05)' },
      { transform: `translateY(${height}px) scale(0.8, 1.2)` },
    ],
    {
      duration: 1_000 * Math.sqrt((2 * height) / GRAVITY),
      easing: 'cubic-bezier(0.45, 0, 0.9, 0.55)',
      fill: 'forwards',
    },
  ).finished;
  body.style.opacity = '0';
  splash(scene, drop.offsetLeft + drop.offsetWidth / 2, text);
}

/** Adds something to the water for as long as it moves. */
function moving(
  water: HTMLElement,
  className: string,
  frames: Keyframe[],
  timing: KeyframeAnimationOptions,
): HTMLElement {
  const element = document.createElement('span');
  element.className = className;
  element.setAttribute('aria-hidden', 'true');
  water.append(element);
  const gone = (): void => element.remove();
  element
    .animate(frames, { fill: 'both', easing: 'ease-out', ...timing })
    .finished.then(gone, gone);
  return element;
}

const at = (element: HTMLElement, x: number, y: number): void => {
  element.style.left = `${x}px`;
  element.style.top = `${y}px`;
};

function ring(water: HTMLElement, x: number, y: number, delay: number, size = 1.25): void {
  const frames = [
    { transform: 'scale(0.1)', opacity: 0.9 },
    { transform: `scale(${size})`, opacity: 0 },
  ];
  at(moving(water, 'ring', frames, { duration: 620, delay }), x, y);
}

/** Two rings, five beads and the number, gone within a second. */
function splash(scene: HTMLElement, x: number, text: string): void {
  // Above the water, not behind it.
  const water = scene.parentElement;
  if (water === null) return;
  const y = scene.clientHeight - SURFACE;
  for (const delay of [0, 110]) ring(water, x, y, delay);
  for (let bead = -2; bead <= 2; bead += 1) {
    const up = -34 - (2 - Math.abs(bead)) * 13;
    const frames = [
      { transform: 'translate(0, 0)', opacity: 1 },
      {
        transform: `translate(${bead * 12}px, ${up}px)`,
        opacity: 1,
        offset: 0.45,
        easing: 'ease-in',
      },
      { transform: `translate(${bead * 17}px, 8px)`, opacity: 0 },
    ];
    at(moving(water, 'bead', frames, { duration: 460 }), x, y);
  }
  const rise = [
    { transform: 'translate(-50%, 0)', opacity: 0 },
    { transform: 'translate(-50%, -26px)', opacity: 1, offset: 0.3 },
    { transform: 'translate(-50%, -52px)', opacity: 0 },
  ];
  const number = moving(water, 'splash-number', rise, { duration: 900 });
  number.textContent = text;
  at(number, x, y);
}

/** One wide ring, when the chain has what was collected. */
export function wideRing(scene: HTMLElement): void {
  if (calm() || scene.parentElement === null) return;
  ring(scene.parentElement, scene.clientWidth / 2, scene.clientHeight - SURFACE, 0, 4);
}
