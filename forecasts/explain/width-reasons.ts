import type { WidthPart } from '../explanation.ts';

/** Reasons for the width of a range, by kind, worded to follow "because". */
export const widthReasons: Readonly<Record<WidthPart['kind'], string>> = {
  base: 'ordinary days differ from their forecasts',
  live: 'a running sale leaves its curve the more, the further ahead',
  prior: 'sales differ in general, and few of this shop are known',
  scatter: 'past sales differ from what the others would have said of them',
  surprise: 'the newest sales were further from their forecasts than the ones before',
  novelty: 'no past sale was like it',
  untold: 'a peak is stated, and past sales had none that could prove it',
  disagreement: 'the stated peak and past sales disagree',
};

/** What would make a range narrower, by the kind of its width, where something would; worded to follow "with". */
export const widthMends: Readonly<Partial<Record<WidthPart['kind'], string>>> = {
  prior: 'past sales with their times',
  scatter: 'features that tell them apart',
  novelty: 'a past sale of this kind, or similarTo',
  untold: 'what was stated of past sales',
  disagreement: 'a statement nearer to what past sales showed, or none',
};
