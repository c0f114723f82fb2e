import { benchmarkModels, ladder } from '../../../forecasts/index.ts';
import { describeForecastModel } from '../../contracts/forecast-model.ts';

for (const model of [...benchmarkModels, ladder]) describeForecastModel(model);
