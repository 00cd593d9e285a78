import { useLocation } from 'wouter';
import { say, words } from '../../shared/words/app.ts';
import { Icon, type IconName } from '../ui/Icon.tsx';
import { useActivityCount } from './activities.ts';
import { useOnline } from './online.ts';
import { useAnswer } from './queries.ts';
import { routes } from './routes.ts';

/** Where you can go, how much is there, whether the network is, and what goes on. */
export function Sidebar() {
  const text = words.shell;
  const library = useAnswer('listTakes', {}).data;
  const twins = useAnswer('listTwins', {}).data?.twins.length;
  return (
    <nav className="side" aria-label={text.navigation}>
      <div className="brand">
        <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
          <circle className="self" cx="9.2" cy="12" r="6.6" />
          <circle className="twin" cx="14.8" cy="12" r="6.6" />
          <circle className="dot" cx="12" cy="12" r="1.9" />
        </svg>
        <span className="label">{text.product}</span>
      </div>
      <ul>
        <li>
          <Place
            to={routes.library}
            icon="library"
            label={text.library}
            number={library?.takes.length}
            within="/takes"
          />
        </li>
        <li>
          <Place to={routes.twins} icon="twins" label={text.twins} number={twins} within="/twins" />
        </li>
      </ul>
      <div className="end">
        <Network orders={library?.ordersOnTheirWay ?? 0} />
        <Place to={routes.settings} icon="settings" label={text.settings} within="/settings" />
      </div>
    </nav>
  );
}

function Place(props: {
  to: string;
  icon: IconName;
  label: string;
  number?: number | undefined;
  within: string;
}) {
  const [location] = useLocation();
  const here = location === props.to || location.startsWith(props.within);
  return (
    <a href={`#${props.to}`} aria-current={here ? 'page' : undefined} title={props.label}>
      <Icon name={props.icon} />
      <span className="label">{props.label}</span>
      {props.number !== undefined && props.number > 0 && (
        <span className="number">{say.count(props.number)}</span>
      )}
    </a>
  );
}

function Network({ orders }: { orders: number }) {
  const online = useOnline();
  const running = useActivityCount();
  const sentence = online ? words.shell.online(running, orders) : words.shell.offline(running, orders);
  return (
    <div className="network" role="status" title={sentence} data-offline={online ? undefined : ''}>
      <Icon name={online ? 'online' : 'offline'} />
      <span className="label">{sentence}</span>
    </div>
  );
}
