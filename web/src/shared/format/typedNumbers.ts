/** Digits in groups of three, as amounts are shown; "0,125" is none, as it is meant as a part of one. */
const IN_THOUSANDS = /^[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/;

/**
 * Writes a typed number plainly: without spaces and thousands signs, with a point before its decimals. A comma that is no thousands
 * sign stays, so that no number is read from "1,5": it could be meant as 1.5.
 */
export function bareNumber(text: string): string {
  const typed = text.replace(/\s/g, '').replaceAll('，', ',').replace('。', '.');
  return IN_THOUSANDS.test(typed) ? typed.replaceAll(',', '') : typed;
}
