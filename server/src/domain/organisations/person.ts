/** A person who signs in. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly isEmailVerified: boolean;
  /** Whether signing in takes a code of an authenticator app (TOTP) besides. */
  readonly hasTwoFactor: boolean;
}
