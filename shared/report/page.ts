/**
 * A take's report as one page that is complete in itself: no script, no address outside, nothing to load. Pure: the
 * same content gives the same page.
 */
import type { MediaInfo } from '../domain/media.ts';
import type { Finding, Measure, Report } from '../domain/report.ts';
import type { Observations, TimeRange } from '../quality/observations.ts';
import { bytes, count, day, length, wholeLength } from '../words/appNumbers.ts';
import { takeWords } from '../words/appTake.ts';
import { unparted } from '../words/figures.ts';
import { reportPageWords as words } from '../words/reportPage.ts';
import { verdictText } from '../words/verdicts.ts';
import { icon } from './icons.ts';
import { Markup, markup } from './markup.ts';
import type { Moment } from './moments.ts';
import { REPORT_STYLE, REPORT_STYLE_HASH } from './style.ts';
import { timelineSection } from './timelineSection.ts';

/** A moment with its picture. */
export interface PicturedMoment extends Moment {
  /** Base64 of a JPEG. */
  readonly jpeg: string;
  readonly width: number;
  readonly height: number;
}

export interface ReportContent {
  readonly takeName: string;
  /** Name of the source without its folder. */
  readonly fileName: string;
  readonly report: Report;
  /** Null where only a report was kept; the timeline is left out then. */
  readonly observations: Observations | null;
  readonly moments: readonly PicturedMoment[];
}

/** Nothing is loaded and nothing runs; only our own style and the pictures inside apply. */
const POLICY = `default-src 'none'; img-src data:; style-src '${REPORT_STYLE_HASH}'; base-uri 'none'; form-action 'none'`;

/** A page's own icon keeps browsers from asking a server for one. */
const NO_ICON = 'data:,';

/** The whole page, UTF-8. */
export function reportPage(content: ReportContent): string {
  const { report, takeName } = content;
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="generator" content="Twin Studio">
<title>${words.title(takeName)}</title>
<link rel="icon" href="${NO_ICON}">
<style>${Markup.ours(REPORT_STYLE)}</style>
</head>
<body>
<main>
${head(content)}
${verdict(report)}
${findings(report)}
${moments(content.moments)}
${content.observations === null ? null : timelineSection(report, content.observations)}
${measures(report)}
${about(content)}
</main>
<footer><p>${words.foot}</p><p>${words.schema(report.schema, report.version)}</p></footer>
</body>
</html>
`;
  return page.text;
}

function head({ takeName, report }: ReportContent): Markup {
  const { startSeconds, endSeconds } = report.range;
  const whole = report.media.durationSeconds;
  const isPart = startSeconds > 0.05 || endSeconds < whole - 0.05;
  const [date = '', time = ''] = report.createdAt.split('T');
  const lines = [
    words.checked(words.when(day(`${date}T12:00:00Z`), time.slice(0, 5))),
    words.shots[report.shot],
    isPart
      ? words.part(wholeLength(startSeconds), wholeLength(endSeconds), wholeLength(whole))
      : wholeLength(whole),
  ];
  return markup`<header>
<p class="kicker">${words.kicker}</p>
<h1><bdi>${takeName}</bdi></h1>
<ul class="facts-line">${lines.map((line) => markup`<li>${line}</li>`)}</ul>
${report.depth === 'provisional' ? markup`<p class="provisional">${words.provisional}</p>` : null}
</header>`;
}

function verdict(report: Report): Markup {
  const { verdict: worst } = report;
  return markup`<section class="verdict ${worst}" aria-labelledby="verdict">${icon(worst)}<div><h2 id="verdict">${verdictText(report)}</h2><p>${words.verdictBodies[worst]}</p></div></section>`;
}

function findings({ findings: found }: Report): Markup {
  const trouble = found.filter(({ severity }) => severity !== 'info');
  const notes = found.filter(({ severity }) => severity === 'info');
  const list =
    trouble.length === 0
      ? markup`<p class="fine">${words.nothing}</p>`
      : markup`<ol class="findings">${trouble.map(finding)}</ol>`;
  return markup`<section aria-labelledby="findings"><h2 id="findings">${words.findings}</h2>${list}</section>
${
  notes.length === 0
    ? null
    : markup`<section aria-labelledby="notes"><h2 id="notes">${words.notes}</h2><ul class="notes">${notes.map(
        ({ message, remedy }) => markup`<li>${unparted(message)} ${remedy}</li>`,
      )}</ul></section>`
}`;
}

function finding({ severity, message, remedy, places, measured, limit }: Finding): Markup {
  const figures = [
    places.length === 0 ? null : { name: words.where, value: placesText(places) },
    measured === undefined ? null : { name: words.measured, value: measured },
    limit === undefined ? null : { name: words.wanted, value: limit },
  ].filter((figure) => figure !== null);
  return markup`<li>${icon(severity)}<div class="body">
<p class="label ${severity}">${words.severity[severity]}</p>
<h3>${unparted(message)}</h3>
${remedy === '' ? null : markup`<p class="remedy">${remedy}</p>`}
${
  figures.length === 0
    ? null
    : markup`<dl class="figures">${figures.map(
        ({ name, value }) => markup`<div><dt>${name}</dt><dd>${unparted(value)}</dd></div>`,
      )}</dl>`
}
</div></li>`;
}

/** More places than these say nothing that the timeline does not show. */
const MOST_PLACES = 3;

function placesText(places: readonly TimeRange[]): string {
  const named = places
    .slice(0, MOST_PLACES)
    .map(({ startSeconds, endSeconds }) => words.place(length(startSeconds), length(endSeconds)));
  const more = places.length - named.length;
  return named.join(', ') + (more > 0 ? ` ${words.morePlaces(more)}` : '');
}

function moments(pictured: readonly PicturedMoment[]): Markup | null {
  if (pictured.length === 0) return null;
  const isAny = pictured.every((moment) => moment.findings.length === 0);
  const figures = pictured.map(({ atMs, findings: shown, jpeg, width, height }) => {
    const at = length(atMs / 1000);
    const what = shown.length === 0 ? words.momentAlone : shown.map(({ message }) => message).join(' ');
    return markup`<figure><img src="data:image/jpeg;base64,${jpeg}" width="${width}" height="${height}" alt="${words.momentPicture(at, what)}"><figcaption><span class="at">${words.moment(at)}</span> ${isAny ? null : what}</figcaption></figure>`;
  });
  const title = isAny ? words.moments.any : words.moments.worst;
  return markup`<section aria-labelledby="moments"><h2 id="moments">${title}</h2><div class="moments${figures.length === 1 ? ' one' : ''}">${figures}</div></section>`;
}

function measures({ measures: all }: Report): Markup {
  const groups = (['file', 'person', 'light', 'sound'] as const).flatMap((group) => {
    const own = all.filter((measure) => measure.group === group);
    return own.length === 0 ? [] : [measureTable(words.groups[group], own)];
  });
  return markup`<section aria-labelledby="measures"><h2 id="measures">${words.measures}</h2>${groups}</section>`;
}

function measureTable(title: string, own: readonly Measure[]): Markup {
  const row = ({ label, text, limit, state }: Measure) =>
    markup`<tr><th scope="row">${label}</th><td>${unparted(text)}</td><td>${unparted(limit)}</td><td><span class="state ${state}">${icon(state)}<span>${words.states[state]}</span></span></td></tr>`;
  const columns = [words.measure, words.measured, words.wanted, words.state];
  return markup`<div class="group"><h3>${title}</h3><table><thead><tr>${columns.map(
    (column) => markup`<th scope="col">${column}</th>`,
  )}</tr></thead><tbody>${own.map(row)}</tbody></table></div>`;
}

function about({ report, fileName }: ReportContent): Markup {
  const { media, shot } = report;
  const text = words.facts;
  const facts: [string, string | Markup][] = [
    [text.shot, words.shots[shot]],
    [text.file, markup`<bdi>${fileName}</bdi>`],
    [text.length, wholeLength(media.durationSeconds)],
    [text.picture, pictureText(media)],
    [text.frames, framesText(media)],
    [text.sound, soundText(media)],
    [text.container, words.containers[media.container] ?? media.container],
    [text.size, words.size(bytes(media.sizeBytes), `${(media.bitRate / 1e6).toFixed(1)} Mb`)],
  ];
  return markup`<section aria-labelledby="about"><h2 id="about">${words.about}</h2><dl class="about">${facts.map(
    ([name, value]) => markup`<dt>${name}</dt><dd>${value}</dd>`,
  )}</dl></section>`;
}

function pictureText({ video }: MediaInfo): string {
  if (video === null) return words.noPicture;
  const codec = [codecName(video.codec), video.profile, video.pixelFormat]
    .filter((part) => part !== '')
    .join(' ');
  const picture = words.picture(video.displayWidth, video.displayHeight, codec);
  return video.rotationDegrees === 0 ? picture : `${picture}, ${words.turned(video.rotationDegrees)}`;
}

function framesText({ video }: MediaInfo): string {
  if (video === null) return words.noPicture;
  const rate = String(Number(video.averageFrameRate.toFixed(2)));
  return video.timing.packets === 0
    ? words.framesUncounted(rate)
    : words.frames(rate, count(video.timing.packets));
}

function soundText({ audio }: MediaInfo): string {
  if (audio === null) return words.noSound;
  const codec = [codecName(audio.codec), audio.profile].filter((part) => part !== '').join(' ');
  return words.sound(codec, String(Number((audio.sampleRate / 1000).toFixed(1))), audio.channels);
}

const codecName = (codec: string): string => takeWords.about.codecs[codec] ?? codec;
