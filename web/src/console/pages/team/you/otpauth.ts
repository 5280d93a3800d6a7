const GROUP = /.{1,4}/g;

/** Reads the secret out of what an authenticator app scans, `otpauth://totp/...`. */
export const appSecretIn = (uri: string): string => new URL(uri).searchParams.get('secret') ?? '';

/** Divides a secret as people read it: "JBSW Y3DP". */
export const inGroups = (secret: string): string => (secret.match(GROUP) ?? []).join(' ');
