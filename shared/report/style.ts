/**
 * The page's whole stylesheet. Its hash stands in the page's policy, so that no other style applies: a test says what
 * `REPORT_STYLE_HASH` has to be whenever a letter changes here.
 */
export const REPORT_STYLE_HASH = 'sha256-ecJCtmuLyQH6pzh8ikbJf+gKb0bfFAWtLvmr+ZQnatA=';

const LIGHT = `
  --ground: #f3f4f6; --sheet: #ffffff; --sunken: #eceff2; --line: #dde2e7; --line-strong: #76818c;
  --text: #15191d; --text-2: #48525c; --text-3: #5a646e;
  --pass: #14703c; --pass-soft: #e5f1ea; --band: #cfe8d8; --warn: #7d5000; --warn-soft: #fbf0da; --warn-line: #d27a00;
  --fail: #b3261e; --fail-soft: #fbe9e8; --info: #465567; --info-soft: #e9edf1; --ink: #2d4d77;
  --mark-fail: #e0685f; --mark-warn: #f0b24a; --mark-info: #9fb0c2;`;

const DARK = `
  --ground: #0f1113; --sheet: #16191c; --sunken: #0e1113; --line: #2b3137; --line-strong: #6d7782;
  --text: #eef1f4; --text-2: #aeb7c0; --text-3: #98a2ac;
  --pass: #62d48d; --pass-soft: #172a20; --band: #1d3a2a; --warn: #f3bb50; --warn-soft: #2c2415; --warn-line: #ffa629;
  --fail: #ff8a7d; --fail-soft: #321c1a; --info: #aab9ca; --info-soft: #20262c; --ink: #a9cbf5;
  --mark-fail: #d6584d; --mark-warn: #b9812a; --mark-info: #54616f;`;

export const REPORT_STYLE = `
:root { color-scheme: light dark; ${LIGHT} }
@media (prefers-color-scheme: dark) { :root { ${DARK} } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--ground); color: var(--text); overflow-wrap: anywhere;
  font: 15px/1.5 -apple-system, "Segoe UI Variable Text", "Segoe UI", Inter, "Helvetica Neue", "Liberation Sans", Arial, sans-serif;
}
main, footer { max-width: 900px; margin: 0 auto; padding: 0 32px; }
main { background: var(--sheet); padding-top: 40px; padding-bottom: 8px; }
h1, h2, h3, p, ol, ul, dl, dd, figure { margin: 0; padding: 0; }
h1, h2, h3 { font-weight: 600; line-height: 1.25; text-wrap: balance; }
h1 { font-size: 30px; letter-spacing: -0.01em; }
h2 { font-size: 19px; margin: 44px 0 14px; }
h3 { font-size: 15px; }
svg { display: block; }
.kicker { color: var(--text-3); font-size: 13px; margin-bottom: 6px; }
.facts-line { display: flex; flex-wrap: wrap; gap: 2px 20px; list-style: none; color: var(--text-2); margin-top: 10px; font-size: 14px; }
.provisional { margin-top: 14px; color: var(--text-2); border: 1px dashed var(--line-strong); border-radius: 8px; padding: 8px 12px; }

.verdict { display: flex; gap: 16px; align-items: flex-start; border-radius: 12px; padding: 20px 22px; margin-top: 26px; }
.verdict h2 { font-size: 24px; margin: 0 0 4px; }
.verdict .icon { width: 30px; height: 30px; margin-top: 1px; }
.verdict.pass { background: var(--pass-soft); } .verdict.warn { background: var(--warn-soft); } .verdict.fail { background: var(--fail-soft); }
.icon { flex: none; width: 20px; height: 20px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
.icon.pass { color: var(--pass); } .icon.warn { color: var(--warn); } .icon.fail { color: var(--fail); }
.icon.info, .icon.unknown { color: var(--info); }

.findings { list-style: none; }
.findings > li { display: flex; gap: 14px; padding: 16px 0; border-top: 1px solid var(--line); break-inside: avoid; }
.findings > li:first-child { border-top: 0; padding-top: 4px; }
.findings .icon { margin-top: 1px; }
.findings .body { flex: 1; min-width: 0; }
.label { font-weight: 600; font-size: 13px; }
.label.warn { color: var(--warn); } .label.fail { color: var(--fail); } .label.info { color: var(--info); }
.remedy { margin-top: 3px; color: var(--text-2); }
.figures { display: flex; flex-wrap: wrap; gap: 2px 22px; margin-top: 8px; font-size: 14px; }
.figures div { display: flex; flex-wrap: wrap; gap: 0 6px; }
.figures dt { color: var(--text-3); } .figures dd { font-variant-numeric: tabular-nums; }
.notes { list-style: none; color: var(--text-2); }
.notes li { padding: 5px 0 5px 18px; position: relative; break-inside: avoid; }
.notes li::before { content: ""; position: absolute; left: 2px; top: 14px; width: 6px; height: 6px; border-radius: 50%; background: var(--mark-info); }
.fine { color: var(--text-2); }

.help { color: var(--text-2); font-size: 14px; margin: -8px 0 18px; max-width: 68ch; }
.marks { list-style: none; margin-bottom: 22px; }
.marks li { margin-bottom: 10px; break-inside: avoid; }
.marks p { font-size: 14px; display: flex; gap: 8px; align-items: baseline; margin-bottom: 3px; }
.marks .icon { width: 15px; height: 15px; align-self: center; }
.tracks { display: grid; gap: 20px; }
.track { break-inside: avoid; }
.track header { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 16px; margin-bottom: 5px; }
.track header p { color: var(--text-2); font-size: 14px; font-variant-numeric: tabular-nums; }
.track header, .canvas, .axis, .marks li { margin-right: 70px; }
.canvas { position: relative; }
.edge { position: absolute; left: calc(100% + 6px); width: 64px; font-size: 11px; line-height: 1.1; color: var(--text-3); font-variant-numeric: tabular-nums; overflow-wrap: normal; }
.edge.top { top: 1px; } .edge.bottom { bottom: 1px; }
.plot { width: 100%; height: 76px; background: var(--sunken); border-radius: 5px; }
.lane { width: 100%; height: 12px; border-radius: 3px; }
.ground { fill: var(--sunken); } .band { fill: var(--band); }
.outside { fill: var(--line-strong); opacity: 0.28; }
.mark.fail { fill: var(--mark-fail); } .mark.warn { fill: var(--mark-warn); } .mark.info { fill: var(--mark-info); }
.plot .mark { opacity: 0.34; }
.line { fill: none; stroke: var(--ink); stroke-width: 1.6; stroke-linejoin: round; stroke-linecap: round; vector-effect: non-scaling-stroke; }
.line.beyond { stroke: var(--warn-line); stroke-width: 2.6; }
.wave { fill: var(--ink); }
.axis { width: calc(100% - 70px); height: 18px; margin-top: 6px; overflow: visible; }
.axis text { font-size: 12px; fill: var(--text-3); font-variant-numeric: tabular-nums; }

.moments { display: grid; grid-template-columns: repeat(3, 1fr); gap: 18px; }
.moments.one { grid-template-columns: minmax(0, 420px); }
.moments figure { break-inside: avoid; }
.moments img { display: block; width: 100%; height: auto; max-height: 340px; object-fit: contain; background: var(--sunken); border-radius: 8px; }
.moments figcaption { margin-top: 8px; font-size: 14px; color: var(--text-2); }
.moments .at { font-weight: 600; color: var(--text); font-variant-numeric: tabular-nums; }

.group { margin-bottom: 24px; }
.group h3 { margin-bottom: 4px; }
table { width: 100%; border-collapse: collapse; font-size: 14px; table-layout: fixed; }
th, td { text-align: left; vertical-align: top; padding: 7px 12px 7px 0; border-top: 1px solid var(--line); font-weight: 400; }
thead th { border-top: 0; color: var(--text-3); font-size: 13px; padding: 3px 12px 5px 0; }
th:first-child { width: 32%; } th:nth-child(2) { width: 22%; } th:last-child, td:last-child { padding-right: 0; width: 19%; }
td { font-variant-numeric: tabular-nums; }
tr { break-inside: avoid; }
thead { display: table-header-group; }
.state { display: inline-flex; gap: 6px; align-items: flex-start; }
.state .icon { width: 16px; height: 16px; margin-top: 3px; }
.state.warn { color: var(--warn); } .state.fail { color: var(--fail); } .state.unknown, .state.info { color: var(--info); }

.about { display: grid; grid-template-columns: minmax(90px, 18%) 1fr; gap: 6px 16px; font-size: 14px; }
.about dt { color: var(--text-3); }
footer { color: var(--text-3); font-size: 13px; padding-top: 22px; padding-bottom: 44px; }
footer p + p { margin-top: 2px; }
main { padding-bottom: 40px; }

@media screen and (min-width: 964px) { main { margin-top: 32px; border-radius: 16px; padding-left: 48px; padding-right: 48px; } footer { padding-left: 48px; padding-right: 48px; } }
@media (max-width: 600px) {
  main, footer { padding-left: 18px; padding-right: 18px; } main { padding-top: 24px; }
  h1 { font-size: 24px; } h2 { margin-top: 36px; }
  .verdict { padding: 16px; gap: 12px; } .verdict h2 { font-size: 20px; } .verdict .icon { width: 24px; height: 24px; }
  .moments { grid-template-columns: 1fr; gap: 22px; }
  .findings > li { gap: 10px; }
  .plot { height: 64px; }
  th:first-child { width: 31%; } th:nth-child(2) { width: 24%; } th:last-child, td:last-child { width: 22px; }
  th, td { padding-right: 8px; }
  .state span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  thead th:last-child { font-size: 0; }
}
@page { size: A4; margin: 14mm 15mm 16mm; }
@media print {
  :root { color-scheme: light; ${LIGHT} --ground: #ffffff; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { font-size: 10.5pt; }
  main, footer { max-width: none; padding: 0; margin: 0; }
  h1 { font-size: 20pt; } h2 { font-size: 13.5pt; margin: 22pt 0 8pt; break-after: avoid; } h3 { font-size: 10.5pt; break-after: avoid; }
  .kicker, .facts-line, .figures, .help, .track header p, .moments figcaption, table, .about, .marks p { font-size: 9.5pt; }
  .findings > li { padding: 9pt 0; }
  .verdict { margin-top: 14pt; padding: 12pt 14pt; break-inside: avoid; } .verdict h2 { font-size: 15pt; }
  .course, .about { break-inside: avoid; }
  .tracks { gap: 9pt; } .plot { height: 15mm; } .marks { margin-bottom: 14pt; } .marks li { margin-bottom: 6pt; }
  .moments { grid-template-columns: repeat(4, 1fr); gap: 10pt; } .moments.one { grid-template-columns: 62mm; } .moments img { max-height: 62mm; }
  .group { margin-bottom: 14pt; }
  th, td { padding-top: 3pt; padding-bottom: 3pt; }
  .help { margin-top: -4pt; }
  footer { padding-top: 18pt; }
}
`;
