import { words } from '../../../shared/words/app.ts';
import { AnswerState } from '../../app/AnswerState.tsx';
import { useAnswer } from '../../app/queries.ts';
import { routes } from '../../app/routes.ts';
import { Page } from '../../ui/Page.tsx';
import { Choices } from './Choices.tsx';
import './publish.css';
import { PublishPanel } from './PublishPanel.tsx';
import { type PublishGiven, usePublishForm } from './usePublishForm.ts';
import { usePublishQuote } from './usePublishQuote.ts';

/** Choosing trainer, host, twin and consent, and confirming the price. */
export function PublishScreen({ takeId, twinId }: { takeId: string; twinId: string | null }) {
  const text = words.publish;
  const take = useAnswer('getTake', { takeId });
  const settings = useAnswer('getSettings', {});
  const twins = useAnswer('listTwins', {});
  const app = useAnswer('getAppState', {});
  const waitedFor = [take, settings, twins, app].find((answer) => answer.data === undefined);
  return (
    <Page
      title={text.title}
      windowTitle={words.shell.windowTitle(text.title)}
      crumbsLabel={words.shell.whereYouAre}
      crumbs={[
        { label: words.shell.library, href: routes.library },
        { label: take.data?.take.name ?? words.take.loading, href: routes.take(takeId) },
      ]}
    >
      {take.data && settings.data && twins.data && app.data ? (
        <PublishForm
          given={{
            take: take.data.take,
            settings: settings.data.settings,
            app: app.data,
            twins: twins.data.twins,
            twinId,
          }}
          detail={take.data}
          secrets={settings.data.secrets}
        />
      ) : (
        waitedFor && <AnswerState answer={waitedFor} waiting={text.loading} failed={words.take.failed} />
      )}
    </Page>
  );
}

function PublishForm({
  given,
  detail,
  secrets,
}: {
  readonly given: PublishGiven;
  readonly detail: Parameters<typeof PublishPanel>[0]['detail'];
  readonly secrets: Parameters<typeof Choices>[0]['secrets'];
}) {
  const form = usePublishForm(given);
  const quoted = usePublishQuote(form, given.take.id);
  return (
    <div className="with-aside">
      <section className="main-column scroll" aria-label={words.publish.choices}>
        <div>
          <Choices
            form={form}
            obstacles={quoted.answer.data?.obstacles ?? []}
            settings={given.settings}
            app={given.app}
            secrets={secrets}
          />
        </div>
      </section>
      <PublishPanel form={form} detail={detail} quoted={quoted} />
    </div>
  );
}
