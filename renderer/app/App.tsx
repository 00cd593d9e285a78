import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Route, Router, Switch, useLocation } from 'wouter';
import { words } from '../../shared/words/app.ts';
import { LibraryScreen } from '../screens/library/LibraryScreen.tsx';
import { OrderScreen } from '../screens/order/OrderScreen.tsx';
import { PublishScreen } from '../screens/publish/PublishScreen.tsx';
import { SettingsScreen } from '../screens/settings/SettingsScreen.tsx';
import { CompareScreen } from '../screens/take/compare/CompareScreen.tsx';
import { TakeScreen } from '../screens/take/TakeScreen.tsx';
import { TwinsScreen } from '../screens/twins/TwinsScreen.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { Page } from '../ui/Page.tsx';
import { Message } from '../ui/parts.tsx';
import { DropTarget } from './DropTarget.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { listenToEngine } from './events.ts';
import { useStudioLocation } from './heldPage.ts';
import { KeysDialog } from './keys/KeysDialog.tsx';
import { Notices } from './Notices.tsx';
import { createQueryClient, useAnswer } from './queries.ts';
import { routes } from './routes.ts';
import { Sidebar } from './Sidebar.tsx';
import { useTheme } from './theme.ts';
import './shell.css';

/** The recorder and what belongs to it are read when somebody goes to the stage. */
const StageScreen = lazy(() => import('../screens/stage/StageScreen.tsx'));

export function App() {
  const [client] = useState(createQueryClient);
  useEffect(() => listenToEngine(client), [client]);
  return (
    <QueryClientProvider client={client}>
      <Router hook={useStudioLocation}>
        <Shell />
      </Router>
    </QueryClientProvider>
  );
}

function Shell() {
  useTheme(useAnswer('getSettings', {}).data?.settings.theme);
  const [location] = useLocation();
  const onStage = location === routes.stage;
  return (
    // A bright window lights the face: the stage is dark whatever the other screens are.
    <div
      className="app"
      data-rail={location.startsWith('/takes') ? '' : undefined}
      data-alone={onStage ? '' : undefined}
      data-theme={onStage ? 'dark' : undefined}
    >
      {/* A button and not a link: the address behind "#" is the page's own. */}
      <button type="button" className="button skip" onClick={() => document.getElementById('page')?.focus()}>
        {words.shell.skip}
      </button>
      {!onStage && <Sidebar />}
      <ErrorBoundary>
        <Switch>
          <Route path={routes.library} component={LibraryScreen} />
          <Route path="/takes/:takeId">{({ takeId }) => <TakeScreen key={takeId} takeId={takeId} />}</Route>
          <Route path="/takes/:takeId/compare/:otherId?">
            {({ takeId, otherId }) => (
              <CompareScreen key={takeId} takeId={takeId} otherId={otherId ?? null} />
            )}
          </Route>
          <Route path="/takes/:takeId/publish/:twinId?">
            {({ takeId, twinId }) => <PublishScreen key={takeId} takeId={takeId} twinId={twinId ?? null} />}
          </Route>
          <Route path="/takes/:takeId/orders/:orderId">
            {({ takeId, orderId }) => <OrderScreen key={orderId} takeId={takeId} orderId={orderId} />}
          </Route>
          <Route path={routes.stage}>
            <Suspense fallback={<Message title={words.stage.loading} busy />}>
              <StageScreen />
            </Suspense>
          </Route>
          <Route path="/twins/:twinId?">{({ twinId }) => <TwinsScreen twinId={twinId ?? null} />}</Route>
          <Route path={routes.settings} component={SettingsScreen} />
          <Route component={NotFound} />
        </Switch>
      </ErrorBoundary>
      <Notices />
      <DropTarget />
      <KeysDialog />
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
