import { useRef } from 'react';
import { LIMITS } from '../../../shared/quality/limits.ts';
import { words } from '../../../shared/words/app.ts';
import { coachWords } from '../../../shared/words/coach.ts';
import type { StageState } from '../../capture/session.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Meter, useMovedByLevel } from './Meter.tsx';
import { useStage } from './stageState.tsx';

const ZONE = { from: LIMITS.darkFace.value, to: LIMITS.brightFace.value };
const faceMean = ({ coach }: StageState) => coach.light.faceMean;
const coarse = (state: StageState) => {
  const mean = faceMean(state);
  return mean === null ? null : Math.round(mean * 10) / 10;
};

/** How bright the face is, and whether both of its sides are. */
export function LightMeter() {
  const text = words.stage.light;
  const said = coachWords.meters;
  const level = useStage(coarse);
  const face = useStage(({ coach }) => coach.light.face);
  const sides = useStage(({ coach }) => coach.light.sides);
  const pin = useRef<HTMLElement>(null);
  useMovedByLevel(pin, faceMean);
  return (
    <Meter
      side="right"
      title={
        <>
          <Icon name="light" size="small" /> {text.title}
        </>
      }
      label={text.meter}
      level={level}
      levelWords={said.face.verdicts[face]}
      zone={ZONE}
      zoneWords={text.zones}
      verdicts={[
        {
          title: said.face.label,
          word: said.face.verdicts[face],
          good: face === 'unknown' ? null : face === 'good',
        },
        {
          title: said.sides.label,
          word: said.sides.verdicts[sides],
          good: sides === 'unknown' ? null : sides === 'even',
        },
      ]}
    >
      <span className="well" data-shades="" />
      <i className="pin" ref={pin} />
    </Meter>
  );
}
