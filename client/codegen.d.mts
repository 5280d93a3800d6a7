/** @returns the text of src/generated.ts, by the committed schema */
export function generatedOperations(): Promise<string>;
