/** Pictures of people who do not exist, one for each id, so that a full library looks like one. */

const WALLS = [
  ['#5f6a72', '#2b3238'],
  ['#7a6c5d', '#332c26'],
  ['#4f5d56', '#1f2724'],
  ['#5b5866', '#26242d'],
  ['#6d7f77', '#2f3a36'],
] as const;
const CLOTHES = ['#4a6f7c', '#53597f', '#8a4f4a', '#4d6b52', '#6b5a7d'] as const;
const SKINS = ['#d6ad93', '#a9785a', '#e2bfa6', '#6f4a36', '#c2947a'] as const;
const HAIR = ['#3a2e2c', '#1b1718', '#7a3320', '#57443a', '#221d1c'] as const;

const pick = <T>(of: readonly T[], number: number): T => of[number % of.length] as T;

export function posterOf(id: string): string {
  const number = [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 7);
  const [light, dark] = pick(WALLS, number);
  const window = number % 2 === 0 ? 40 : 500;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360" preserveAspectRatio="xMidYMid slice">
<defs><linearGradient id="wall" x1="${number % 2}" x2="${(number + 1) % 2}"><stop stop-color="${light}"/><stop offset="1" stop-color="${dark}"/></linearGradient>
<filter id="soft"><feGaussianBlur stdDeviation="5"/></filter></defs>
<rect width="640" height="360" fill="url(#wall)"/>
<g filter="url(#soft)"><rect x="${window}" y="26" width="112" height="170" fill="#dfe9f1"/><path d="M${window + 56} 26v170M${window} 108h112" stroke="#8b98a3" stroke-width="7"/>
<rect x="${560 - window}" y="92" width="96" height="6" fill="#00000055"/><circle cx="${600 - window}" cy="72" r="15" fill="#f0d3a4"/></g>
<path d="M180 360c6-78 58-104 116-114h50c58 10 108 38 114 114z" fill="${pick(CLOTHES, number)}"/>
<path d="M286 246l35 66 35-66z" fill="#e6e1d6"/><path d="M296 196h50v46a25 26 0 0 1-50 0z" fill="${pick(SKINS, number)}" opacity=".88"/>
<path d="M266 138c0-52 22-76 55-76s55 24 55 76-22 82-55 82-55-30-55-82z" fill="${pick(SKINS, number)}"/>
<path d="M260 140c-6-64 24-92 61-92s67 28 61 92c-8-40-22-52-61-54-39 2-53 14-61 54z" fill="${pick(HAIR, number)}"/></svg>`;
}
