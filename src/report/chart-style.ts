import type { Role } from './chart.ts';

/**
 * The colour of each role in light and dark. Lines have a contrast of at least 3:1 with their background; no two roles
 * differ by hue alone.
 */
const colours: Readonly<Record<Role, { readonly light: string; readonly dark: string }>> = {
  actual: { light: '#16202e', dark: '#f2f5f9' },
  forecast: { light: '#3b6fe0', dark: '#7ea6ff' },
  capacity: { light: '#0e8a5f', dark: '#3fcf97' },
  rival: { light: '#b3661a', dark: '#f0a35e' },
  schedule: { light: '#7a4fd0', dark: '#b79bff' },
  short: { light: '#d03a3a', dark: '#ff7b72' },
};

const grounds = {
  light: { ground: '#ffffff', ink: '#16202e', quiet: '#5b6675', grid: '#e6eaf0', window: '#f2f5fa' },
  dark: { ground: '#10161f', ink: '#f2f5f9', quiet: '#9aa7b8', grid: '#263040', window: '#18212d' },
};

/** The CSS of a stand-alone chart, in light and dark as the reader's system prefers. */
export function chartStyle(): string {
  return `${rules('light')}@media (prefers-color-scheme:dark){${rules('dark')}}${shapes}`;
}

function rules(mode: 'light' | 'dark'): string {
  const { ground, ink, quiet, grid, window } = grounds[mode];
  const roles = Object.entries(colours).map(([role, colour]) => `--${role}:${colour[mode]}`);
  return `.chart{--ground:${ground};--ink:${ink};--quiet:${quiet};--grid:${grid};--window:${window};--area:${mode === 'light' ? 0.17 : 0.26};${roles.join(';')}}`;
}

const roleShapes = (Object.keys(colours) as Role[]).map(role => `.chart .${role}{--role:var(--${role})}`).join('');

const shapes = `${roleShapes}
.chart{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;font-size:12px}
.chart .ground{fill:var(--ground)}
.chart .window{fill:var(--window)}
.chart .grid{stroke:var(--grid);stroke-width:1;fill:none}
.chart .axis{stroke:var(--quiet);stroke-width:1;fill:none}
.chart text{fill:var(--quiet)}
.chart .title{fill:var(--ink);font-size:16px;font-weight:600}
.chart .legend{fill:var(--ink)}
.chart .label{paint-order:stroke;stroke:var(--ground);stroke-width:4px;stroke-linejoin:round}
.chart .mark{stroke:var(--quiet);stroke-width:1;stroke-dasharray:2 3}
.chart .line{fill:none;stroke:var(--role);stroke-width:1.75;stroke-linejoin:round;stroke-linecap:round}
.chart .actual.line{stroke-width:2}
.chart .forecast.line{stroke-width:1.5;stroke-dasharray:6 4}
.chart .rival.line{stroke-dasharray:1.5 4;stroke-width:2.25}
.chart .schedule.line{stroke-dasharray:9 3 2 3}
.chart.narrow{font-size:13px}
.chart .area{fill:var(--role);opacity:var(--area);stroke:none}
.chart .short.area{opacity:.45}`.replaceAll('\n', '');
