import { Component, type ErrorInfo, type ReactNode } from 'react';
import { words } from '../../shared/words/app.ts';
import { Button } from '../ui/Button.tsx';
import { Message } from '../ui/parts.tsx';

/** When a page cannot be drawn: a plain sentence and a way on. The details go to the console only. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override componentDidCatch(error: Error, info: ErrorInfo) {
    console.error(error, info.componentStack);
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    const text = words.shell.broken;
    return (
      <main className="broken">
        <Message
          tone="fail"
          title={text.title}
          actions={
            <Button kind="primary" icon="repeat" onClick={() => window.location.reload()}>
              {text.reload}
            </Button>
          }
        >
          <p>{text.body}</p>
        </Message>
      </main>
    );
  }
}
