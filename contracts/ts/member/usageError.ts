/** What was asked for can't be tried as it was asked; the message says in one sentence what would be right. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The contracts refuse what was asked for; the message says why. */
export class Refused extends Error {
  override readonly name = 'Refused';
}
