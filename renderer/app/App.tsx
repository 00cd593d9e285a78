import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Route, Router, Switch, useLocation } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { words } from '../../shared/words/app.ts';
import { LibraryScreen } from '../screens/library/LibraryScreen.tsx';
import { OrderScreen } from '../screens/order/OrderScreen.tsx';
import { PublishScreen } from '../screens/publish/PublishScreen.tsx';
import { SettingsScreen } from '../screens/settings/SettingsScreen.tsx';
import { TakeScreen } from '../screens/take/TakeScreen.tsx';
import { TwinsScreen } from '../screens/twins/TwinsScreen.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { Page } from '../ui/Page.tsx';
import { Message } from '../ui/parts.tsx';
import { DropTarget } from './DropTarget.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { listenToEngine } from './events.ts';
import { Notices } from './Notices.tsx';
import { createQueryClient, useAnswer } from './queries.ts';
import { routes } from './routes.ts';
import { Sidebar } from './Sidebar.tsx';
import { useTheme } from './theme.ts';
import './shell.css';

export function App() {
  const [client] = useState(createQueryClient);
  useEffect(() => listenToEngine(client), [client]);
  return (
    <QueryClientProvider client={client}>
      <Router hook={useHashLocation}>
        <Shell />
      </Router>
    </QueryClientProvider>
  );
}

function Shell() {
  useTheme(useAnswer('getSettings', {}).data?.settings.theme);
  const onTake = useLocation()[0].startsWith('/takes');
  return (
    <div className="app" data-rail={onTake ? '' : undefined}>
      {/* A button and not a link: the address behind "#" is the page's own. */}
      <button type="button" className="button skip" onClick={() => document.getElementById('page')?.focus()}>
        {words.shell.skip}
      </button>
      <Sidebar />
      <ErrorBoundary>
        <Switch>
          <Route path={routes.library} component={LibraryScreen} />
          <Route path="/takes/:takeId">{({ takeId }) => <TakeScreen key={takeId} takeId={takeId} />}</Route>
          <Route path="/takes/:takeId/publish/:twinId?">
            {({ takeId, twinId }) => <PublishScreen key={takeId} takeId={takeId} twinId={twinId ?? null} />}
          </Route>
          <Route path="/takes/:takeId/orders/:orderId">
            {({ takeId, orderId }) => <OrderScreen key={orderId} takeId={takeId} orderId={orderId} />}
          </Route>
          <Route path="/twins/:twinId?">{({ twinId }) => <TwinsScreen twinId={twinId ?? null} />}</Route>
          <Route path={routes.settings} component={SettingsScreen} />
          <Route component={NotFound} />
        </Switch>
      </ErrorBoundary>
      <Notices />
      <DropTarget />
    </div>
  );
}

function NotFound() {
  const text = words.shell.notFound;
  return (
    <Page
      title={text.title}
      windowTitle={words.shell.windowTitle(text.title)}
      crumbsLabel={words.shell.whereYouAre}
    >
      <Message
        title={text.title}
        actions={
          <ButtonLink kind="primary" href={routes.library}>
            {text.back}
          </ButtonLink>
        }
      >
        <p>{text.body}</p>
      </Message>
    </Page>
  );
}
