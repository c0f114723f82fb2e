import { ensemble } from '../../../forecasts/index.ts';
import { describeForecastModel } from '../../contracts/forecast-model.ts';

describeForecastModel(ensemble);
