import { words } from '../../../shared/words/app.ts';
import { useAnswer } from '../../app/queries.ts';
import { routes } from '../../app/routes.ts';
import { ButtonLink } from '../../ui/Button.tsx';
import { Banner, Disclosure, Note } from '../../ui/parts.tsx';

/** What holds for everything below: practising, the trial runtime, records that were set aside. */
export function Banners() {
  const state = useAnswer('getAppState', {}).data;
  if (!state) return null;
  const { practising, trialRuntime, problems } = state;
  const text = words.library;
  return (
    <>
      {trialRuntime ? (
        <Banner tone="info">
          <b>{text.trial.strong}</b> {text.trial.rest} {text.practising.rest}
        </Banner>
      ) : (
        practising && (
          <Banner
            tone="info"
            action={
              <ButtonLink size="small" href={routes.settings}>
                {text.practising.action}
              </ButtonLink>
            }
          >
            <b>{text.practising.strong}</b> {text.practising.rest}
          </Banner>
        )
      )}
      {problems.length > 0 && (
        <Note tone="warn" title={text.problems(problems.length)}>
          <Disclosure title={text.problemsShow}>
            <ul className="problems">
              {problems.map((problem) => (
                <li key={problem.message}>{problem.message}</li>
              ))}
            </ul>
          </Disclosure>
        </Note>
      )}
    </>
  );
}
