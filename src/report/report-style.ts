/** The CSS of the report page; charts carry their own. Needs no network; works in light, dark and print. */
export const reportStyle = `
:root{--ground:#f6f8fb;--card:#fff;--ink:#16202e;--quiet:#5b6675;--line:#dfe5ec;--good:#0e8a5f;--rival:#b3661a;--bad:#d03a3a}
@media (prefers-color-scheme:dark){:root{--ground:#0b1017;--card:#10161f;--ink:#f2f5f9;--quiet:#9aa7b8;--line:#263040;--good:#3fcf97;--rival:#f0a35e;--bad:#ff7b72}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
main{max-width:1120px;margin:0 auto;padding:40px 24px 64px}
h1{font-size:2.2rem;line-height:1.15;margin:.1em 0 .3em;letter-spacing:-.02em}
h2{font-size:1.2rem;margin:2.2em 0 .6em}
.kicker{margin:0;color:var(--quiet)}
.verdict{font-size:1.2rem;margin:0;max-width:46em}
.fault{color:var(--bad);font-weight:600}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(190px,1fr));gap:14px;margin:28px 0}
.card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:14px 18px}
.card dt{color:var(--quiet);font-size:.9rem}
.card dd{margin:0;font-size:1.9rem;font-weight:650;line-height:1.25;color:var(--good);font-variant-numeric:tabular-nums}
.card dd.rival{font-size:.95rem;font-weight:500;color:var(--rival)}
figure{margin:18px 0;background:var(--card);border:1px solid var(--line);border-radius:10px;padding:6px}
figure svg{display:block;width:100%;height:auto}
figure .medium,figure .small{display:none}
figcaption{color:var(--quiet);font-size:.9rem;padding:2px 14px 10px}
.card small{display:block;font-size:.8rem;line-height:1.35;margin-top:2px}
.wide{overflow-x:auto}
.wide:focus-visible{outline:2px solid var(--good);outline-offset:2px}
.hint{display:none;color:var(--quiet);font-size:.9rem;margin:0 0 6px}
.note{color:var(--quiet);font-size:.9rem;max-width:60em}
table{border-collapse:separate;border-spacing:0;width:100%;background:var(--card);border:1px solid var(--line);border-radius:10px;font-size:.95rem}
th,td{padding:8px 12px;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
tr:last-child>th,tr:last-child>td{border-bottom:0}
th[scope=row]{font-weight:600;white-space:nowrap}
thead th{color:var(--quiet);font-weight:500;font-size:.82rem}
.numbers{font-size:.82rem}
.numbers th,.numbers td{padding:7px 5px}
.numbers td,.numbers thead th{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.numbers thead th[rowspan]{vertical-align:bottom}
.numbers thead th:first-child{text-align:left}
.steps{list-style:none;margin:0;padding:14px 18px;background:var(--card);border:1px solid var(--line);border-radius:10px}
.steps li{padding:3px 0}
.steps time{display:inline-block;min-width:5.6em;color:var(--quiet);font-variant-numeric:tabular-nums}
footer{margin-top:36px;color:var(--quiet);font-size:.9rem;max-width:56em}
@media (max-width:1119px){.hint{display:block}}
@media (max-width:1023px){figure .large{display:none}figure .medium{display:block}}
@media (max-width:683px){main{padding:24px 12px 48px}h1{font-size:1.7rem}.verdict{font-size:1.05rem}figure .medium{display:none}figure .small{display:block}figcaption{padding:2px 8px 8px}.cards{grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:10px}.card{padding:12px}.card dd{font-size:1.6rem}th[scope=row]{white-space:normal}.steps time{display:block}}
@page{margin:14mm}
@page wide{size:A4 landscape;margin:14mm}
@media print{:root{--ground:#fff;--card:#fff;--ink:#16202e;--quiet:#5b6675;--line:#dfe5ec;--good:#0e8a5f;--rival:#b3661a;--bad:#d03a3a}body{background:#fff;font-size:11pt}main{max-width:none;padding:0}figure,.card,tr,.steps li{break-inside:avoid}h2{break-after:avoid}figure .large,figure .small,.hint{display:none}figure .medium{display:block}.wide{overflow:visible;page:wide}.numbers,thead th{font-size:9pt}.numbers th,.numbers td{padding:4px 5px}}
`.replaceAll('\n', '');
