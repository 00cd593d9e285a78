import { expect, test } from 'vitest';
import { escapeText, Markup, markup } from './markup.ts';

test('what stands between the parts is text', () => {
  const hostile = `<script>alert("1" & '2')</script>`;
  expect(markup`<p title="${hostile}">${hostile}</p>`.text).toBe(
    '<p title="&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;">&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;</p>',
  );
});

test('markup, lists and nothing', () => {
  const items = ['a', '<b>'].map((item) => markup`<li>${item}</li>`);
  expect(markup`<ul>${items}${null}${undefined}${3}</ul>`.text).toBe(
    '<ul><li>a</li><li>&lt;b&gt;</li>3</ul>',
  );
  expect(markup`${Markup.ours('<b>')}`.text).toBe('<b>');
});

test('what no page may hold is marked; letters of every script stay', () => {
  expect(escapeText('a\u0000b\u001bc\ud83dd\ude00')).toBe('a\ufffdb\ufffdc\ufffdd\ufffd');
  expect(escapeText('Zoë 日本 עברית 👩‍👩‍👧 \u202efdp.exe')).toBe('Zoë 日本 עברית 👩‍👩‍👧 \u202efdp.exe');
});
