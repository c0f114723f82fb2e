import { ladder, lastValue, levelProfile, seasonalNaiveDay, seasonalNaiveWeek } from '../../../forecasts/index.ts';
import { describeForecastModel } from '../../contracts/forecast-model.ts';

for (const model of [lastValue, seasonalNaiveDay, seasonalNaiveWeek, levelProfile, ladder])
  describeForecastModel(model);
