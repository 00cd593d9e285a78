/** Short names of findings for the one line under a take. Placeholder replaced when the check's catalogue is known. */
export function findingTitle(code: string | null): string | undefined {
  return code ?? undefined;
}
