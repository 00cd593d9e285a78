/** The child's side of `childScript.ts`. */
import type { Answer, Call, Jobs } from './childScript.ts';

/** Answers the parent's calls until the process ends. */
export function serve(jobs: Jobs): void {
  const send = (message: Answer | 'started') => process.send?.(message);
  process.on('message', (call: Call) => {
    const job = jobs[call.job] as ((...args: readonly unknown[]) => unknown) | undefined;
    void (async () => job?.(...call.args))().then(
      (value) => send({ id: call.id, value: value ?? null }),
      (error: unknown) => {
        const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
        send({ id: call.id, code, message: String(error) });
      },
    );
  });
  // A parent that was killed must not leave children behind.
  process.on('disconnect', () => process.exit());
  send('started');
}
