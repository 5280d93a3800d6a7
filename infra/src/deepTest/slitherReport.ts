/** One thing that slither found, in its own words. */
export interface Finding {
  detector: string;
  impact: string;
  description: string;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/**
 * Reads what `slither --json` writes.
 * @throws when it is no report of an analysis that came to its end
 */
export const readSlitherReport = (text: string): Finding[] => {
  const report: unknown = JSON.parse(text);
  if (!isRecord(report) || report.success !== true || !isRecord(report.results)) {
    throw new Error('This is no report of slither.');
  }
  // It leaves the list out when it is empty.
  const detectors = report.results.detectors ?? [];
  if (!Array.isArray(detectors)) throw new Error('This is no report of slither.');
  return detectors.map((finding: unknown) => {
    if (!isRecord(finding)) throw new Error('This is no finding of slither.');
    return {
      detector: String(finding.check),
      impact: String(finding.impact),
      description: String(finding.description).trim(),
    };
  });
};
