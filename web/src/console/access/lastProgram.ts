const KEPT = 'dewpoint.console.program';

/** Returns the program that was worked on here last; null for none. */
export function lastProgram(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    // Forbidden: each visit begins with the first program.
    return null;
  }
}

/** Remembers the program that is worked on, where that is allowed. */
export function keepProgram(programId: string): void {
  try {
    localStorage.setItem(KEPT, programId);
  } catch {
    // Forbidden: the next visit begins with the first program.
  }
}
