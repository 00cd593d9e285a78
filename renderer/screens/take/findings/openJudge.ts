import type { Report } from '../../../../shared/domain/report.ts';
import type { Observations } from '../../../../shared/quality/observations.ts';
import type { FromJudge, Question, ToJudge } from './judgeMessages.ts';

export interface Judge {
  /** Only the newest question is answered: what was asked while another one is judged is forgotten. */
  ask(asked: Question): void;
  close(): void;
}

/** Judges what masters of one take would hold, in a worker of its own, which is started with the first question. */
export function openJudge(observations: Observations, onReport: (report: Report) => void): Judge {
  let worker: Worker | null = null;
  let busy = false;
  let next: ToJudge | null = null;
  const start = (): Worker => {
    const started = new Worker(new URL('./judge.worker.ts', import.meta.url), { type: 'module' });
    started.onmessage = ({ data }: MessageEvent<FromJudge>) => {
      busy = false;
      onReport(data.report);
      if (next !== null) send(next);
    };
    started.postMessage({ kind: 'observations', observations } satisfies ToJudge);
    return started;
  };
  const send = (question: ToJudge) => {
    worker ??= start();
    busy = true;
    next = null;
    worker.postMessage(question);
  };
  return {
    ask(asked) {
      const question: ToJudge = { kind: 'judge', ...asked };
      if (busy) next = question;
      else send(question);
    },
    close: () => worker?.terminate(),
  };
}
