"""How the page looks: on a screen, in the dark, and on paper."""

from typing import Final

STYLE: Final = """
:root{--ink:#1c2733;--faint:#5b6875;--paper:#fff;--band:#f1f4f7;--rule:#d5dce3;
--line:#8795a3;--accent:#1f5f8b;--good:#1d6b3a;--warn:#8a5a00;--bad:#b3261e}
@media (prefers-color-scheme:dark){:root{--ink:#e5eaef;--faint:#a3afba;--paper:#161c22;
--band:#1f272f;--rule:#36424d;--line:#75838f;--accent:#7db8e0;--good:#7fd09a;
--warn:#e5b65c;--bad:#ff9d94}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:72rem;padding:2rem 1.5rem 4rem;background:var(--paper);
color:var(--ink);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;
overflow-wrap:break-word}
header{border-bottom:3px solid var(--accent);margin-bottom:1rem}
h1{font-size:2.1rem;line-height:1.2;margin:0 0 1rem}
h2{font-size:1.45rem;line-height:1.25;margin:0 0 .8rem}
h3{font-size:1.1rem;margin:1.8rem 0 .5rem}
p,ul,ol{margin:.5rem 0}
.kicker{color:var(--faint);margin:0}
nav ol{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;list-style:none;padding:0;
font-size:.9rem}
a{color:var(--accent)}
section{margin-top:3rem;padding-top:1.2rem;border-top:1px solid var(--rule)}
main>section:first-child{border-top:0;margin-top:1rem}
blockquote{margin:.8rem 0;padding:.2rem 0 .2rem 1rem;
border-left:4px solid var(--accent)}
blockquote p{font-size:1.2rem;margin:0;white-space:pre-line}
blockquote footer,.faint,figcaption{color:var(--faint);font-size:.9rem}
code{font:.88em ui-monospace,Consolas,monospace}
.fixed{white-space:nowrap}
.mark{white-space:nowrap;font-weight:600}
.good{color:var(--good)}.warn{color:var(--warn)}.bad{color:var(--bad)}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:.8rem;
list-style:none;padding:0}
.facts li{background:var(--band);border-radius:.4rem;padding:.7rem .9rem;
border-left:4px solid var(--line)}
.facts li.good{border-color:var(--good)}.facts li.warn{border-color:var(--warn)}
.facts li.bad{border-color:var(--bad)}
.facts strong{display:block;font-size:1.6rem;line-height:1.3}
.facts span{color:var(--ink);font-size:.9rem}
ol>li{margin:.45rem 0}
.grid{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{text-align:left;vertical-align:top;padding:.45rem .7rem .45rem 0;
border-bottom:1px solid var(--rule)}
th{color:var(--faint);font-weight:600}
td{min-width:6rem;max-width:28rem}
td:empty,td:has(>.mark:only-child),td:has(>.fixed:only-child){min-width:0}
.filters{display:flex;flex-wrap:wrap;gap:.4rem 1.2rem}
.filters select{font:inherit;color:inherit;background:var(--band);
border:1px solid var(--line);border-radius:.3rem;padding:.15rem .3rem}
.mk-spark{width:7rem;height:1.7rem;vertical-align:middle}
.lead{font-size:1.15rem}
figure{margin:1rem 0}
.picture{overflow-x:auto}
.picture svg{display:block;width:100%;min-width:46rem;height:auto}
@media screen and (max-width:40rem){
body{padding:1rem .8rem 3rem}
h1{font-size:1.6rem}
table,tbody,tr,td{display:block}
thead{display:none}
tr{padding:.5rem 0;border-bottom:2px solid var(--rule)}
td{border:0;padding:.1rem 0;max-width:none}
td:empty{display:none}
td::before{content:attr(data-head) ": ";color:var(--faint)}
td:first-child::before{content:none}
.mark{white-space:normal}
}
@media print{
:root{--ink:#000;--faint:#444;--paper:#fff;--band:#f1f4f7;--rule:#bbb;--line:#777;
--accent:#1f5f8b;--good:#1d6b3a;--warn:#8a5a00;--bad:#b3261e}
html{font-size:9.5pt}
body{max-width:none;padding:0}
nav,.filters{display:none}
section{border-top:0;margin-top:1.5rem}
h2,h3{break-after:avoid}
tr,li,blockquote,figure{break-inside:avoid}
.grid,.picture{overflow:visible}
.picture svg{min-width:0;max-height:20cm}
}
"""
