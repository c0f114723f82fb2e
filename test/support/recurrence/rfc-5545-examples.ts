const day = (...dates: readonly string[]) => dates.map(date => `${date}T09:00`);

/**
 * Examples of RFC 5545 whose rules are served, from 2 September 1997, 09:00 in New York: what they show, the rule, how
 * many starts are compared, and those.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5545#section-3.8.5.3
 */
export const rfcExamples: readonly (readonly [
  title: string,
  rule: string,
  count: number,
  starts: readonly string[],
])[] = [
  [
    'daily, 10 times',
    'FREQ=DAILY;COUNT=10',
    10,
    day(
      '1997-09-02',
      '1997-09-03',
      '1997-09-04',
      '1997-09-05',
      '1997-09-06',
      '1997-09-07',
      '1997-09-08',
      '1997-09-09',
      '1997-09-10',
      '1997-09-11',
    ),
  ],
  ['every other day', 'FREQ=DAILY;INTERVAL=2', 4, day('1997-09-02', '1997-09-04', '1997-09-06', '1997-09-08')],
  [
    'every 10 days, 5 times',
    'FREQ=DAILY;INTERVAL=10;COUNT=5',
    9,
    day('1997-09-02', '1997-09-12', '1997-09-22', '1997-10-02', '1997-10-12'),
  ],
  [
    'weekly until a date',
    'FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH',
    20,
    day(
      '1997-09-02',
      '1997-09-04',
      '1997-09-09',
      '1997-09-11',
      '1997-09-16',
      '1997-09-18',
      '1997-09-23',
      '1997-09-25',
      '1997-09-30',
      '1997-10-02',
    ),
  ],
  [
    'every other week on two days, 8 times',
    'FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH',
    9,
    day('1997-09-02', '1997-09-04', '1997-09-16', '1997-09-18', '1997-09-30', '1997-10-02', '1997-10-14', '1997-10-16'),
  ],
  [
    'on the 2nd and 15th of the month',
    'FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15',
    10,
    day(
      '1997-09-02',
      '1997-09-15',
      '1997-10-02',
      '1997-10-15',
      '1997-11-02',
      '1997-11-15',
      '1997-12-02',
      '1997-12-15',
      '1998-01-02',
      '1998-01-15',
    ),
  ],
  [
    'every Tuesday, every other month',
    'FREQ=MONTHLY;INTERVAL=2;BYDAY=TU',
    8,
    day('1997-09-02', '1997-09-09', '1997-09-16', '1997-09-23', '1997-09-30', '1997-11-04', '1997-11-11', '1997-11-18'),
  ],
  [
    'the third of Tuesday to Thursday in the month',
    'FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3',
    4,
    day('1997-09-02', '1997-09-04', '1997-10-07'),
  ],
  [
    'the second last weekday of the month',
    'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2',
    5,
    day('1997-09-02', '1997-09-29', '1997-10-30', '1997-11-27', '1997-12-30'),
  ],
  [
    'Tuesdays in June to August',
    'FREQ=YEARLY;BYDAY=TU;BYMONTH=6,7,8',
    3,
    day('1997-09-02', '1998-06-02', '1998-06-09'),
  ],
  [
    'a day that a month may not have is left out',
    'FREQ=MONTHLY;BYMONTHDAY=31;COUNT=4',
    4,
    day('1997-09-02', '1997-10-31', '1997-12-31', '1998-01-31'),
  ],
  [
    'Monday of week 20',
    'FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO',
    4,
    day('1997-09-02', '1998-05-11', '1999-05-17', '2000-05-15'),
  ],
  [
    'the 1st, 100th and 200th day of the year',
    'FREQ=YEARLY;BYYEARDAY=1,100,200',
    4,
    day('1997-09-02', '1998-01-01', '1998-04-10', '1998-07-19'),
  ],
  [
    'hours of the day',
    'FREQ=DAILY;BYHOUR=9,12;BYMINUTE=0,30;COUNT=5',
    6,
    ['1997-09-02T09:00', '1997-09-02T09:30', '1997-09-02T12:00', '1997-09-02T12:30', '1997-09-03T09:00'],
  ],
];
