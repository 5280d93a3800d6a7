/** A company or a person that runs programs. */
export interface Organisation {
  /** `org_` and 16 hex digits. */
  readonly id: string;
  readonly name: string;
  /** Name in addresses: lower-case letters, digits and hyphens; unique. */
  readonly slug: string;
}
