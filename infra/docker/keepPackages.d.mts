/** One package of a lock file. */
export interface LockedPackage {
  readonly link?: boolean;
  readonly resolved?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** @returns the paths of all packages that the workspaces need, by the packages of a lock file */
export function neededPackages(
  packages: Readonly<Record<string, LockedPackage>>,
  workspaces: readonly string[],
): Set<string>;
