/**
 * Something about this machine that only its user can change: a port in use, a missing Python. The message is one clear sentence
 * that says what to do; it is shown without a stack trace.
 */
export class SetupProblem extends Error {
  override name = 'SetupProblem';
}
