import { useRef } from 'react';
import { LIMITS } from '../../../shared/quality/limits.ts';
import { words } from '../../../shared/words/app.ts';
import { coachWords } from '../../../shared/words/coach.ts';
import type { StageState } from '../../capture/session.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Meter, useMovedByLevel } from './Meter.tsx';
import { useStage } from './stageState.tsx';

/** Foot and head of the tube, dBFS. Quieter than its foot is silence to the eye. */
const FOOT_DBFS = -54;
const HEAD_DBFS = 0;
const shareOf = (dbfs: number) => (dbfs - FOOT_DBFS) / (HEAD_DBFS - FOOT_DBFS);

const ZONE = { from: shareOf(LIMITS.quietVoice.value), to: shareOf(LIMITS.loudVoice.value) };
/** In tenths: a reading that changes ten times a second tells a listener nothing. */
const coarse = ({ sound }: StageState) =>
  sound === null ? null : Math.round(Math.min(1, Math.max(0, shareOf(sound.levelDbfs))) * 10) / 10;

const levelOf = ({ sound }: StageState) => (sound === null ? 0 : shareOf(sound.levelDbfs));
const peakOf = ({ sound }: StageState) =>
  sound === null || sound.peakDbfs <= FOOT_DBFS ? null : shareOf(sound.peakDbfs);

/** How loud the voice is, and how quiet the room. */
export function SoundMeter() {
  const text = words.stage.sound;
  const said = coachWords.meters;
  const level = useStage(coarse);
  const heard = useStage(({ microphone }) => microphone.kind === 'live');
  const voice = useStage(({ sound }) => sound?.voice ?? 'unknown');
  const room = useStage(({ sound }) => sound?.room ?? 'unknown');
  const voiceWord = heard ? said.voice.verdicts[voice] : text.off;
  const cover = useRef<HTMLElement>(null);
  const peak = useRef<HTMLElement>(null);
  useMovedByLevel(cover, levelOf);
  useMovedByLevel(peak, peakOf);
  return (
    <Meter
      side="left"
      title={
        <>
          {text.title} <Icon name="voice" size="small" />
        </>
      }
      label={text.meter}
      hint={text.hint}
      level={level}
      levelWords={voiceWord}
      zone={ZONE}
      zoneWords={text.zones}
      verdicts={[
        {
          title: said.voice.label,
          word: voiceWord,
          good: voice === 'unknown' ? null : voice === 'good',
        },
        {
          title: said.room.label,
          word: heard ? said.room.verdicts[room] : text.off,
          good: room === 'unknown' ? null : room === 'quiet',
        },
      ]}
    >
      <span className="well" data-tone={voice === 'good' || voice === 'unknown' ? 'pass' : 'warn'}>
        <i className="bars" />
        <i className="cover" ref={cover} />
      </span>
      <i className="pin" ref={peak} />
    </Meter>
  );
}
