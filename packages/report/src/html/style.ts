/** The style sheet of a report: light and dark by the reader's setting, one column on phones, ink-saving in print. */
export const STYLE = `
:root{color-scheme:light dark;--ground:#fff;--card:#f6f7f9;--ink:#1c2024;--muted:#5b6570;--line:#dde1e6;--accent:#0b63c5;--best:#e4f0ff;--warn:#9a4b00;--warn-ground:#fff4e5}
@media (prefers-color-scheme:dark){:root{--ground:#14171a;--card:#1d2125;--ink:#e7eaed;--muted:#a0a9b2;--line:#343a40;--accent:#7ab4ff;--best:#1b3552;--warn:#ffc078;--warn-ground:#332614}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
main{max-width:68rem;margin:0 auto;padding:1.5rem 1.25rem 4rem}
h1{font-size:1.75rem;line-height:1.2;margin:.5rem 0 .25rem}
h2{font-size:1.25rem;margin:2.75rem 0 .75rem;padding-top:.75rem;border-top:1px solid var(--line)}
h3{font-size:1rem;margin:0 0 .25rem}
p{margin:.5rem 0;max-width:46rem}
.muted,caption,figcaption{color:var(--muted)}
.lead{font-size:1.125rem}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:.75rem;margin:1.25rem 0;padding:0;list-style:none}
.facts li{background:var(--card);border-radius:.5rem;padding:.6rem .8rem}
.facts b{display:block;font-size:1.35rem;line-height:1.25;font-variant-numeric:tabular-nums}
.facts span{color:var(--muted);font-size:.875rem}
.glance{margin:.5rem 0;padding:0;list-style:none}
.glance li{margin:.15rem 0;padding-left:1.25em;text-indent:-1.25em}
.groups{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,19rem),1fr));gap:.75rem;margin:1rem 0;padding:0;list-style:none}
.groups li{background:var(--card);border-radius:.5rem;padding:.7rem .9rem}
.groups p{margin:.2rem 0}
.flag{white-space:nowrap}
.swatch{display:inline-block;width:.8em;height:.8em;margin-right:.45em;vertical-align:-.02em}
.swatch.circle{border-radius:50%}
.swatch.triangle{clip-path:polygon(50% 0,100% 100%,0 100%)}
.swatch.diamond{clip-path:polygon(50% 0,100% 50%,50% 100%,0 50%)}
.scroll{overflow-x:auto;margin:.75rem 0;background:linear-gradient(90deg,var(--ground) 50%,transparent) 0 0/2.5rem 100% no-repeat local,linear-gradient(270deg,var(--ground) 50%,transparent) 100% 0/2.5rem 100% no-repeat local,linear-gradient(90deg,var(--line),transparent) 0 0/1.2rem 100% no-repeat,linear-gradient(270deg,var(--line),transparent) 100% 0/1.2rem 100% no-repeat}
table{border-collapse:collapse;font-size:.875rem;font-variant-numeric:tabular-nums;overflow-wrap:normal}
caption{text-align:left;white-space:nowrap;padding-bottom:.35rem}
th,td{padding:.3rem .7rem .3rem 0;text-align:left;border-bottom:1px solid var(--line);vertical-align:top;max-width:22rem}
th:last-child,td:last-child{padding-right:.35rem}
thead th{color:var(--muted);font-weight:600;vertical-align:bottom}
tbody th{font-weight:600}
.number{text-align:right;white-space:nowrap}
td.text{white-space:nowrap}
td.prose{min-width:17rem}
.best{background:var(--best);border-radius:.25rem;padding:.1rem .3rem;font-weight:700}
.spark{display:block;color:var(--muted)}
.pictures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:1.25rem;align-items:start}
.next-to{display:flex;flex-wrap:wrap;gap:1.25rem 2.5rem;align-items:start}
.next-to>*{flex:0 1 auto;min-width:0;max-width:100%}
.next-to>figure{flex:1 1 24rem}
figure{margin:0;min-width:0}
figure.wide{grid-column:1/-1}
figure svg{display:block;max-width:100%;height:auto}
figcaption{font-size:.875rem;margin-top:.25rem}
.notes{padding:0;margin:.25rem 0;list-style:none}
.notes li{margin:.5rem 0;padding:.5rem .8rem;border-left:.25rem solid var(--line);background:var(--card);border-radius:0 .375rem .375rem 0;max-width:52rem}
.notes .warning{border-color:var(--warn);background:var(--warn-ground)}
.notes .warning b{color:var(--warn)}
pre{background:var(--card);border-radius:.5rem;padding:.75rem 1rem;overflow-x:auto;font:.8125rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
footer{margin-top:3rem;padding-top:.75rem;border-top:1px solid var(--line);font-size:.875rem;color:var(--muted)}
@media (max-width:40rem){caption,.number{white-space:normal}.number{min-width:3.4rem}tbody th{max-width:8rem;overflow-wrap:anywhere}td.text:last-child{white-space:normal;min-width:8rem}th,td{padding-right:.5rem}tbody th{position:sticky;left:0;background:var(--ground)}main{padding:1rem 1rem 3rem}h1{font-size:1.45rem}.lead{font-size:1.05rem}figure.wide .scroll svg{min-width:54rem;max-width:none}}
@media print{:root{--card:#fff;--best:#fff}body{font-size:10.5pt}main{max-width:none;padding:0}h2{break-after:avoid}figure,.groups li,.notes li,tr{break-inside:avoid}.scroll{overflow:visible;background:none}.groups li,.facts li,pre{border:1px solid var(--line)}.pictures{grid-template-columns:1fr 1fr}}
`.trim();
