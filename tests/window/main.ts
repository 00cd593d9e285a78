/** The window with an engine made of fixtures: `?scenario=…` says which. Only tests open this page. */
import '../../renderer/app/zodWithoutEval.ts';
import { fakeBridge } from './fake/bridge.ts';
import { SCENARIOS } from './fake/scenarios.ts';

const asked = new URLSearchParams(window.location.search).get('scenario') ?? 'full';
const scenario = SCENARIOS[asked];
if (!scenario) throw new Error(`There is no scenario called ${asked}.`);
Object.defineProperty(window, 'studio', { value: fakeBridge(scenario()) });
await import('../../renderer/main.tsx');
