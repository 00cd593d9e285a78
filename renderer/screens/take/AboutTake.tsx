import { useId } from 'react';
import type { TakeDetail } from '../../../shared/contract.ts';
import type { MediaInfo } from '../../../shared/domain/media.ts';
import { ShotSchema } from '../../../shared/domain/report.ts';
import { say, words } from '../../../shared/words/app.ts';
import { useCall } from '../../app/queries.ts';
import { Select } from '../../ui/Choice.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Facts } from '../../ui/parts.tsx';

/** What the take is: its shot, which can be changed, and the facts of its source. */
export function AboutTake({ detail }: { detail: TakeDetail }) {
  const { take } = detail;
  const { recording } = take;
  const text = words.take.about;
  const shotId = useId();
  const setShot = useCall('setShot');
  return (
    <details className="about-take disclosure">
      <summary>
        {text.title}
        <Icon name="down" size="small" />
      </summary>
      <div>
        <div className="field">
          <label htmlFor={shotId}>{text.shot}</label>
          <Select
            id={shotId}
            value={setShot.isPending ? setShot.variables.shot : take.shot}
            options={ShotSchema.options.map((value) => ({ value, label: words.take.shots[value] }))}
            onChange={(shot) => setShot.mutate({ takeId: take.id, shot })}
          />
          <p className="help">{text.shotHelp}</p>
        </div>
        <Facts
          of={[
            take.media && [text.length, say.wholeLength(take.media.durationSeconds)],
            take.media && [text.picture, picture(take.media)],
            take.media && [text.sound, sound(take.media)],
            [text.file, text.fileText(take.source.originalName, say.bytes(take.source.sizeBytes))],
            recording && [text.camera, recording.setup.camera.label],
            recording?.setup.microphone ? [text.microphone, recording.setup.microphone.label] : null,
            recording?.counts ? [text.lostFrames, lostFrames(recording.counts.dropped)] : null,
            [take.origin === 'imported' ? text.imported : text.recorded, say.day(take.createdAt)],
          ]}
        />
        {take.source.storage === 'referenced' && <p className="quiet small">{text.referenced}</p>}
      </div>
    </details>
  );
}

/** Null: the recorder did not know. */
const lostFrames = (dropped: number | null): string =>
  dropped === null ? words.take.about.lostFramesUnknown : say.count(dropped);

/** A codec's usual name; what has none keeps its technical one in capitals. */
const codec = (name: string): string => words.take.about.codecs[name] ?? name.toUpperCase();

function picture({ video }: MediaInfo): string {
  const { about } = words.take;
  if (!video) return about.noSound;
  const rate = video.averageFrameRate.toFixed(2).replace(/\.?0+$/, '');
  return about.pictureText(video.displayWidth, video.displayHeight, rate, codec(video.codec));
}

function sound({ audio }: MediaInfo): string {
  const { about } = words.take;
  return audio
    ? about.soundText(codec(audio.codec), String(audio.sampleRate / 1000), audio.channels)
    : about.noSound;
}
