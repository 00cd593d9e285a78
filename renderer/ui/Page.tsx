import { Fragment, type ReactNode, useEffect, useRef } from 'react';
import { Icon } from './Icon.tsx';
import './page.css';

interface PageProps {
  /** Name of the page, also the window's title. */
  readonly title: string;
  readonly windowTitle: string;
  /** The way here, outermost first. */
  readonly crumbs?: readonly { readonly label: string; readonly href: string }[];
  readonly crumbsLabel: string;
  /** Shown in place of the plain title, e.g. a name that can be edited. It must hold the `h1`. */
  readonly heading?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** False until the first page has been shown. */
let navigated = false;

/** The frame of every page: where you are, what you can do, and the page itself. */
export function Page({
  title,
  windowTitle,
  crumbs = [],
  crumbsLabel,
  heading,
  actions,
  children,
}: PageProps) {
  const header = useRef<HTMLElement>(null);
  useEffect(() => {
    document.title = windowTitle;
  }, [windowTitle]);
  // A new page takes the focus, so that the keyboard and a screen reader start at its top; also when its
  // title arrives later. Not what somebody is using, and not at the start of the program: then the skip
  // link should come first.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the title's arrival is what to react to
  useEffect(() => {
    const heading = header.current?.querySelector<HTMLElement>('h1');
    const used = document.activeElement;
    const free = used === null || used === document.body || !used.isConnected || used.tagName === 'A';
    if (navigated && free) heading?.focus({ preventScroll: true });
    navigated = true;
  }, [title]);
  return (
    <div className="page">
      <header ref={header}>
        {crumbs.length === 0 && heading === undefined ? (
          <h1 tabIndex={-1}>{title}</h1>
        ) : (
          <nav className="crumbs grow" aria-label={crumbsLabel}>
            {crumbs.map((crumb) => (
              <Fragment key={crumb.href}>
                <a className="cut" title={crumb.label} href={`#${crumb.href}`}>
                  {crumb.label}
                </a>
                <Icon name="right" size="small" />
              </Fragment>
            ))}
            {heading ?? (
              <h1 className="cut" tabIndex={-1}>
                {title}
              </h1>
            )}
          </nav>
        )}
        {actions !== undefined && <div className="actions">{actions}</div>}
      </header>
      <main id="page" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
