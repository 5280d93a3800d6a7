/** The sentence about a folder that another process runs from. */
export function alreadyRuns(dir: string, holder: number): string;

/** The sentence about a variable that names no port. */
export function notAPort(variable: string, text: string): string;

/** The sentence about a port that is taken. */
export function portInUse(port: number, what: string, variable: string): string;

/** @returns what keeps `npm start` from starting in this place, in one sentence; null when nothing does */
export function placeProblem(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string | null>;
