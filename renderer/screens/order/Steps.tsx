import type { ReactNode } from 'react';
import type { Activity, OrderDetail } from '../../../shared/contract.ts';
import { ORDER_STAGES, type OrderStage } from '../../../shared/domain/order.ts';
import { say, words } from '../../../shared/words/app.ts';
import { useOrderActivity } from '../../app/activities.ts';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { ProgressBar } from '../../ui/parts.tsx';
import { STAGE_ICONS } from '../publish/Road.tsx';
import { type StepStatus, stepsOf } from './orderState.ts';

/** The steps of an order from top to bottom: what is done, what runs and how far, what is to come. */
export function Steps({ detail }: { detail: OrderDetail }) {
  const activity = useOrderActivity(detail.order.id);
  const steps = stepsOf(detail.order);
  return (
    <ol className="steps">
      {ORDER_STAGES.map((stage) => {
        const status = steps[stage];
        const running = status === 'now' && activity?.kind === stage ? activity : null;
        return (
          <Step key={stage} stage={stage} status={status} aside={asideOf(stage, status, running)}>
            <p>{lineOf(detail, stage, status)}</p>
            {stage === 'train' && status === 'now' && detail.order.watch?.lastError && (
              <p>{words.order.lines.lookedLast(detail.order.watch.lastError.message)}</p>
            )}
            {running && (running.progress !== null || running.totalBytes !== null) && (
              <Progress activity={running} stage={stage} />
            )}
          </Step>
        );
      })}
    </ol>
  );
}

const STATUS_ICONS: Partial<Record<StepStatus, IconName>> = { done: 'done', trouble: 'fail', ask: 'warn' };

function Step(props: { stage: OrderStage; status: StepStatus; aside: string; children: ReactNode }) {
  const { stage, status, aside, children } = props;
  return (
    <li data-status={status} aria-current={status === 'now' ? 'step' : undefined}>
      <span className="dot">
        <Icon name={STATUS_ICONS[status] ?? STAGE_ICONS[stage]} />
      </span>
      <div>
        <header>
          <h3>{words.order.stages[stage]}</h3>
          <span>{aside}</span>
        </header>
        {children}
      </div>
    </li>
  );
}

function asideOf(stage: OrderStage, status: StepStatus, running: Activity | null): string {
  if (running?.progress != null) return say.percent(running.progress);
  return status === 'waiting' ? words.order.expects[stage] : words.order.status[status];
}

function Progress({ activity, stage }: { activity: Activity; stage: OrderStage }) {
  const text = words.order;
  const { progress, doneBytes, totalBytes, bytesPerSecond, secondsLeft } = activity;
  const figures = [
    doneBytes !== null && totalBytes !== null
      ? { name: stage === 'upload' ? text.sent : text.done, value: say.bytesOf(doneBytes, totalBytes) }
      : null,
    bytesPerSecond !== null ? { name: text.rate, value: say.rate(bytesPerSecond) } : null,
    secondsLeft !== null ? { name: text.timeLeft, value: say.duration(secondsLeft) } : null,
  ].filter((figure) => figure !== null);
  return (
    <div className="step-progress">
      <ProgressBar value={progress} label={text.stages[stage]} />
      {activity.waitsFor === 'recording' && <p className="small quiet">{words.state.waitsForRecording}</p>}
      {figures.length > 0 && (
        <dl>
          {figures.map((figure) => (
            <div key={figure.name}>
              <dt>{figure.name}</dt>
              <dd>{figure.value}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

function lineOf({ order, prepared }: OrderDetail, stage: OrderStage, status: StepStatus): string {
  const text = words.order.lines;
  const free = order.price.trainingUsd === 0;
  const done = status === 'done';
  switch (stage) {
    case 'prepare':
      return done && prepared ? text.prepared(prepared.videoCopied, prepared.audioCopied) : text.prepare;
    case 'upload':
      return done && order.hosted.master
        ? text.uploaded(say.bytes(order.hosted.master.sizeBytes))
        : text.upload;
    case 'verify':
      if (!done) return text.verify;
      return order.host === 'practice' ? text.verifiedPractice : text.verified;
    case 'train':
      if (order.state.kind === 'ordering') return text.ordering;
      if (order.state.kind === 'unconfirmed') return text.lost;
      if (order.state.kind === 'training' && status === 'now')
        return text.training(say.time(order.state.since));
      if (done) return free ? text.trainedFree : text.trained(say.usd(order.price.trainingUsd));
      return free ? text.trainFree : text.train(say.usd(order.price.trainingUsd));
    case 'first-words':
      if (status === 'now') return text.firstWordsRunning;
      if (order.state.kind === 'training' && order.firstWords.kind === 'none' && order.watch)
        return text.firstWordsNext(say.time(order.watch.nextCheckAt));
      if (order.firstWords.kind === 'unconfirmed') return text.lost;
      return order.price.firstWordsUsd === 0
        ? text.firstWordsFree
        : text.firstWords(say.usd(order.price.firstWordsUsd));
  }
}
