/**
 * Shows a total of a bill by the locale, exactly: no float holds it.
 *
 * @param minorUnits whole number of the smallest unit of the currency, such as cents
 */
export function showTotal(minorUnits: string, currency: string, tag: string): string {
  const format = new Intl.NumberFormat(tag, { style: 'currency', currency });
  const decimals = format.resolvedOptions().maximumFractionDigits ?? 0;
  const digits = minorUnits.replace('-', '').padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const text = decimals === 0 ? whole : `${whole}.${digits.slice(-decimals)}`;
  const signed = minorUnits.startsWith('-') ? `-${text}` : text;
  // A decimal string is formatted as it is; the types know numbers alone.
  return format.format(signed as unknown as number);
}
