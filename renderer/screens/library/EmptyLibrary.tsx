import { words } from '../../../shared/words/app.ts';
import { routes } from '../../app/routes.ts';
import { ButtonLink } from '../../ui/Button.tsx';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { ImportButton } from './ImportButton.tsx';

const STEP_ICONS: readonly IconName[] = ['pass', 'upload', 'speech'];

/** Nothing yet: what to do, and what will happen then. */
export function EmptyLibrary() {
  const text = words.library.empty;
  return (
    <div className="library-empty">
      <svg className="art" viewBox="0 0 320 180" aria-hidden="true" focusable="false">
        <rect className="wall" width="320" height="180" rx="16" />
        <rect className="window" x="34" y="26" width="58" height="82" rx="3" />
        <path className="bars" d="M63 26v82M34 67h58" />
        <path className="body" d="M96 180c2-36 20-50 46-55h36c26 5 44 19 46 55z" />
        <path className="neck" d="M148 104h24v22a12 12 0 0 1-24 0z" />
        <path className="head" d="M135 76c0-22 10-34 25-34s25 12 25 34-10 38-25 38-25-16-25-38z" />
        <path
          className="frame"
          d="M122 50V38a6 6 0 0 1 6-6h12M180 32h12a6 6 0 0 1 6 6v12M198 108v12a6 6 0 0 1-6 6h-12M140 126h-12a6 6 0 0 1-6-6v-12"
        />
      </svg>
      <h2>{text.title}</h2>
      <p>{text.body}</p>
      <div className="two-ways">
        <ButtonLink kind="primary" icon="record" size="large" href={routes.stage}>
          {words.library.recordLong}
        </ButtonLink>
        <ImportButton large />
      </div>
      <p className="quiet small">{text.drop}</p>
      <ol>
        {text.steps.map((step, index) => (
          <li key={step.title}>
            <Icon name={STEP_ICONS[index] ?? 'done'} size="large" />
            <b>{step.title}</b>
            {step.body}
          </li>
        ))}
      </ol>
    </div>
  );
}
