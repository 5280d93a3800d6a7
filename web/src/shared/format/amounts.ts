/** Amounts as people read them. They come as decimal strings and stay exact: nothing here is a float. */

/** A place for digits in groups of three, from the right. */
const GROUPS = /\B(?=(\d{3})+$)/g;

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/** Decimals of points. */
export const POINT_DECIMALS = 2;

/** Reads a decimal string as a number of base units. @throws for what is no number, or has too many decimals */
export function toBase(text: string, decimals: number): bigint {
  const [, sign = '', whole = '', part = ''] = DECIMAL.exec(text) ?? [];
  if (whole === '' || part.length > decimals) throw new Error(`${text} is no amount`);
  const units = BigInt(whole + part.padEnd(decimals, '0'));
  return sign === '-' ? -units : units;
}

/** Writes base units as a decimal string with all decimals. */
export function fromBase(units: bigint, decimals: number): string {
  const digits = `${units < 0n ? -units : units}`.padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const part = decimals === 0 ? '' : `.${digits.slice(digits.length - decimals)}`;
  return `${units < 0n ? '-' : ''}${whole}${part}`;
}

/** Groups the whole part by commas, as English and Chinese both do. */
const grouped = (whole: string): string => whole.replace(GROUPS, ',');

/** Shows points, always with two decimals: "1,234.50". */
export function showPoints(points: string): string {
  const [whole = '', part = ''] = fromBase(toBase(points, POINT_DECIMALS), POINT_DECIMALS).split(
    '.',
  );
  return `${grouped(whole)}.${part}`;
}

/** Shows money with at least two decimals, and more where it has more: "3.00", "2.484624". */
export function showMoney(money: string): string {
  const [whole = '', part = ''] = money.split('.');
  return `${grouped(whole)}.${part.replace(/0+$/, '').padEnd(2, '0')}`;
}

/** Adds decimal strings of points. */
export function sumOfPoints(points: readonly string[]): string {
  const sum = points.reduce((total, each) => total + toBase(each, POINT_DECIMALS), 0n);
  return fromBase(sum, POINT_DECIMALS);
}
