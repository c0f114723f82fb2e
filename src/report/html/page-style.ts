import { chartStyle } from '../chart-style.ts';

/** The style sheet of the page: light, dark and print; charts included. */
export const pageStyle = `${chartStyle()}
:root{--ground:#f6f8fb;--card:#fff;--ink:#16202e;--quiet:#5b6675;--line:#dfe5ec;--accent:#2457c5;--good:#0b7550;--warn:#8a4b08;--bad:#c02626;--good-soft:#e3f5ee;--warn-soft:#fdf1e0;--bad-soft:#fdeaea;--shade:#16202e33}
@media (prefers-color-scheme:dark){:root{--ground:#0b1017;--card:#10161f;--ink:#f2f5f9;--quiet:#a3b0c0;--line:#2a3545;--accent:#8fb3ff;--good:#4fd6a2;--warn:#f0b068;--bad:#ff8f87;--good-soft:#0f2a22;--warn-soft:#2c2112;--bad-soft:#331a1b;--shade:#a3b0c055}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
a{color:var(--accent)}
a:focus-visible,button:focus-visible,input:focus-visible,summary:focus-visible,.wide:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--card);padding:8px;z-index:2}
.top{display:flex;flex-wrap:wrap;gap:8px 24px;align-items:center;padding:12px 24px;background:var(--card);border-bottom:1px solid var(--line)}
.brand{font-weight:700;color:var(--ink);text-decoration:none;letter-spacing:-.01em}
nav ul{display:flex;gap:4px;list-style:none;margin:0;padding:0}
nav a{display:block;padding:6px 12px;border-radius:8px;text-decoration:none;color:var(--ink)}
nav a[aria-current]{background:var(--ground);font-weight:600}
.viewer{margin-left:auto;display:flex;gap:10px;align-items:center;max-width:100%}.viewer span{color:var(--quiet);overflow-wrap:anywhere}
main{max-width:1120px;margin:0 auto;padding:28px 24px 40px;outline:0}
main.stale>:not(.notice){opacity:.55}
h1{font-size:2rem;line-height:1.15;margin:.1em 0 .5em;letter-spacing:-.02em;overflow-wrap:anywhere}
h2{font-size:1.2rem;margin:2em 0 .6em;overflow-wrap:anywhere}
.kicker{margin:0;color:var(--quiet);overflow-wrap:anywhere}.quiet,small{color:var(--quiet)}small{font-size:.85rem;font-weight:400}
.basis{font-size:1.1rem;max-width:48em;overflow-wrap:anywhere}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(180px,1fr));gap:12px;margin:18px 0}
.card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:12px 16px}
.card dt{color:var(--quiet);font-size:.9rem}.card dd{margin:4px 0 0;font-size:1.35rem;font-weight:650;font-variant-numeric:tabular-nums;line-height:1.3}.card dd.text{font-size:1rem;overflow-wrap:anywhere}
.badge{display:inline-block;padding:1px 10px;border-radius:99px;border:1px solid currentColor;font-size:.9rem;font-weight:600;white-space:nowrap}
.badge.go{color:var(--good);background:var(--good-soft)}.badge.atrisk{color:var(--warn);background:var(--warn-soft)}.badge.nogo{color:var(--bad);background:var(--bad-soft)}.badge.quiet,.badge.notdue{color:var(--quiet)}
.notice{background:var(--warn-soft);border:1px solid var(--warn);border-radius:10px;padding:10px 16px;overflow-wrap:anywhere}.notice.good{background:var(--good-soft);border-color:var(--good)}.notice.bad{background:var(--bad-soft);border-color:var(--bad)}
.empty{color:var(--quiet);padding:28px 18px;border:1px dashed var(--line);border-radius:10px;text-align:center}
.wide{overflow-x:auto;margin:12px 0;border:1px solid var(--line);border-radius:10px}
.wide{background:linear-gradient(to right,var(--card) 50%,transparent) left/40px 100% no-repeat local,linear-gradient(to left,var(--card) 50%,transparent) right/40px 100% no-repeat local,linear-gradient(to right,var(--shade),transparent) left/14px 100% no-repeat,linear-gradient(to left,var(--shade),transparent) right/14px 100% no-repeat,var(--card)}
table{border-collapse:separate;border-spacing:0;width:100%;font-size:.95rem}
caption{text-align:left;padding:10px 12px 2px;color:var(--quiet);font-size:.85rem}
td,thead th{min-width:5.2em}td.sentence{min-width:13em}td time{white-space:nowrap}th,td{padding:8px 12px;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;overflow-wrap:break-word;max-width:40em}
tr:last-child>th,tr:last-child>td{border-bottom:0}
thead th{color:var(--quiet);font-weight:500;font-size:.82rem}tbody th{font-weight:600;min-width:8em;max-width:20em}
th.number,td.number{text-align:right;font-variant-numeric:tabular-nums}td.number{white-space:nowrap}
figure{margin:14px 0;padding:12px;background:var(--card);border:1px solid var(--line);border-radius:10px;overflow:hidden}
figure svg{display:block;width:100%;height:auto}figure .medium,figure .small{display:none}figure.live>div:not(.uplot){display:none}
figcaption{padding:8px 4px 0;color:var(--quiet);font-size:.9rem;max-width:60em}
.chart-title{margin:2px 4px 8px;font-weight:600;overflow-wrap:anywhere}.uplot{font:12px system-ui,sans-serif;color:var(--ink);width:100%}.u-legend{font-size:12px}
.calls{max-width:none;display:block;margin:12px auto}.calls .call{fill:none;stroke:var(--quiet);stroke-width:1.25}.calls rect{fill:var(--card);stroke:var(--line);stroke-width:1.5}.calls .entry rect{stroke:var(--accent);stroke-width:2}.calls .bound rect{stroke:var(--warn);stroke-width:2;stroke-dasharray:5 3}.calls text{fill:var(--ink);font-size:13px;text-anchor:middle}.calls text.quiet{fill:var(--quiet);font-size:12px}
.overlay .past{fill:none;stroke:var(--quiet);stroke-width:1.25;opacity:.6}.overlay .past-0{stroke:var(--accent);stroke-width:2.25;opacity:1}.overlay .axis{stroke:var(--quiet);stroke-dasharray:3 3}.overlay text{fill:var(--quiet);font-size:12px}
details{margin:12px 0}summary{cursor:pointer;font-weight:600}
code{background:var(--ground);border:1px solid var(--line);border-radius:5px;padding:1px 6px;font-size:.92em;overflow-wrap:anywhere}
button{font:inherit;padding:6px 14px;border-radius:8px;border:1px solid var(--line);background:var(--card);color:var(--ink);cursor:pointer}
button.primary{background:var(--accent);border-color:var(--accent);color:var(--card);font-weight:600}
.login{max-width:34em;display:grid;gap:10px}.login input{font:inherit;padding:8px 10px;border:1px solid var(--quiet);border-radius:8px;background:var(--card);color:var(--ink)}
.approval{border:1px solid var(--warn);border-radius:10px;padding:0 16px 16px;margin:18px 0}
.files{list-style:none;padding:0;display:flex;gap:18px}.lessons{padding-left:1.2em;font-size:1.05rem}
.risks li,.lessons li{margin:6px 0;overflow-wrap:anywhere}
footer{max-width:1120px;margin:0 auto;padding:0 24px 40px;color:var(--quiet);font-size:.9rem}
@media (max-width:1023px){figure .large{display:none}figure .medium{display:block}}
@media (max-width:683px){main{padding:18px 12px 32px}.top{padding:10px 12px}h1{font-size:1.55rem}figure .medium{display:none}figure .small{display:block}.cards{grid-template-columns:repeat(auto-fit,minmax(140px,1fr))}.card dd{font-size:1.15rem}nav a{padding:6px 9px}th,td{padding:8px}caption{padding:10px 8px 2px}tbody th{min-width:5.2em}footer{padding:0 12px 24px}}
@media (prefers-reduced-motion:reduce){*{animation:none!important;transition:none!important;scroll-behavior:auto!important}}
@media print{:root{--ground:#fff;--card:#fff;--ink:#16202e;--quiet:#4a5563;--line:#dfe5ec}.top,.files,footer,.skip{display:none}main{max-width:none;padding:0}figure,tr,.card{break-inside:avoid}figure .large,figure .small{display:none}figure .medium,figure.live>div.medium{display:block}figure.live>.uplot,figure.live>.chart-title{display:none}.wide{overflow:visible;background:var(--card)}}
`;
