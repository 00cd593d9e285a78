import type { ReactNode } from 'react';

/** One question of the order, with its choices. */
export function Question({ title, help, children }: { title: string; help?: string; children: ReactNode }) {
  return (
    <section className="question" aria-label={title}>
      <header>
        <h3>{title}</h3>
        {help !== undefined && <p>{help}</p>}
      </header>
      {children}
    </section>
  );
}
